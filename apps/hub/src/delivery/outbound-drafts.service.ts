import { Injectable } from '@nestjs/common';
import { ChannelError, type ClaimedDelivery, type OutboundMessage } from '#channels';
import { Database } from '../database/database.js';
import { FileStorage } from '../platform/storage/file-storage.js';
import { dressOf } from '../settings/brand/brand.js';
import { Brands } from '../settings/brand/brands.service.js';
import type { OpenChannel } from '../settings/channel-directory.service.js';
import { composeOutbound } from './compose-outbound.js';
import { MediaLinks } from './media-links.service.js';
import { outboundMessage, type OutboundRow } from './outbound.query.js';
import { SendPermits } from './send-permits.service.js';
import { ThreadTokens } from './thread-tokens.service.js';

const suppressedWords = {
  bounce:
    'Nothing is sent to this address: an earlier message came back because it is not there. Lift the block to try again.',
  complaint: 'Nothing is sent to this address: its owner complained about an earlier message.',
};

/** Makes of a claimed delivery what its adapter sends. */
@Injectable()
export class OutboundDrafts {
  constructor(
    private readonly database: Database,
    private readonly storage: FileStorage,
    private readonly tokens: ThreadTokens,
    private readonly permits: SendPermits,
    private readonly media: MediaLinks,
    private readonly brands: Brands,
  ) {}

  /** Throws ChannelError for a message that must not leave, or not to whom it is for. */
  async prepare(delivery: ClaimedDelivery, channel: OpenChannel): Promise<OutboundMessage> {
    const [row] = await this.database.query<OutboundRow>(outboundMessage, [
      delivery.conversationId,
      delivery.seq,
      delivery.id,
    ]);
    if (!row || row.redacted) {
      throw new ChannelError('withdrawn', 'The message was withdrawn before it left.', { retry: 'never' });
    }
    if (row.reachable === 'opted_out' || row.reachable === 'blocked') {
      throw new ChannelError(row.reachable, 'The customer does not accept messages here.', { retry: 'never' });
    }
    if (row.gone) {
      throw new ChannelError('address_gone', 'This address is no longer the customer’s.', { retry: 'never' });
    }
    if (row.suppressed !== null && isForSuppressed(row, delivery)) {
      throw new ChannelError('suppressed', suppressedWords[row.suppressed], { retry: 'never' });
    }
    const { fromName = '' } = channel.account.settings as { fromName?: string };
    const outlet = {
      address: delivery.address,
      threadToken: delivery.threadId === null ? null : this.tokens.tokenFor(delivery.threadId),
      accountName: fromName,
      instance: this.tokens.instance,
      dress: dressOf(this.brands.now),
      sentParts: delivery.sentParts,
      linkTo: this.linksFor(channel),
    };
    return this.permits.grant(delivery, channel, composeOutbound(withoutSilent(row), outlet, this.storage));
  }

  /** Providers of SMS fetch the files of a message themselves. */
  private linksFor({ kind }: OpenChannel): ((fileId: string) => string | undefined) | null {
    return kind === 'sms' ? (fileId) => this.media.linkTo(fileId) : null;
  }
}

/** A further try for others does not stop because the customer's own address takes nothing. */
function isForSuppressed({ only_to: onlyTo }: OutboundRow, { address }: ClaimedDelivery): boolean {
  return onlyTo === null || onlyTo.includes(address);
}

/** A copy goes to nobody whose server or who themselves said that nothing more should come. */
function withoutSilent(row: OutboundRow): OutboundRow {
  const heard = (addresses: string[] = []) => addresses.filter((address) => !row.silent.includes(address));
  const { cc, bcc, ...content } = row.content;
  return { ...row, content: { ...content, ...(cc && { cc: heard(cc) }), ...(bcc && { bcc: heard(bcc) }) } };
}
