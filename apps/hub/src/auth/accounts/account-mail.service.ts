import { Injectable } from '@nestjs/common';
import { ChannelError, type EmailSettings, type OutboundMessage, type OutgoingMail, type Sql } from '#channels';
import { HubConfig } from '#config';
import { Database } from '../../database/database.js';
import { Log } from '../../platform/operations/log.js';
import { SecretBox, type SealedPlace } from '../../platform/secret-box.js';
import { dressOf } from '../../settings/brand/brand.js';
import { Brands } from '../../settings/brand/brands.service.js';
import { ChannelDirectory, type OpenChannel } from '../../settings/channel-directory.service.js';
import type { LinkKind, MadeLink } from './account-links.js';
import { linkMail } from './link-mail.js';

export interface Addressee {
  email: string;
  name: string;
  locale: 'en' | 'fa';
}

/** How long whoever sends a link by mail may take, before another one tries. */
export const patience = `interval '2 minutes'`;

/** The one that is under way counts, so that what ends the process each time is not tried for ever. */
export const mostTries = 8;

/**
 * Sends links to their owners over the first mailbox that is on. They are colleagues and no customers: nothing of it goes on a timeline
 * or through the outbox. A link that did not leave is kept sealed beside its hash for a few more tries (AccountMailSweeper), and no
 * longer than it holds.
 */
@Injectable()
export class AccountMail {
  constructor(
    private readonly channels: ChannelDirectory,
    private readonly config: HubConfig,
    private readonly database: Database,
    private readonly box: SecretBox,
    private readonly brands: Brands,
    private readonly log: Log,
  ) {}

  /** A link in a mail needs the hub's own address: it is never taken from what a request says. */
  get canMail(): boolean {
    return this.config.publicUrl !== null && this.mailbox() !== null;
  }

  /** The link as it can be passed on. */
  addressOf({ path }: Pick<MadeLink, 'path'>): string {
    return `${this.config.publicUrl ?? ''}${path}`;
  }

  /** Keeps a link to be sent, in the transaction that makes it: a process that dies before the mail left leaves it to the next try. */
  async keep(tx: Sql, { id, path }: MadeLink): Promise<void> {
    if (this.canMail) {
      await tx.query(
        `update account_link set unsent = $2, unsent_at = clock_timestamp() + ${patience}, unsent_tries = 1 where id = $1`,
        [id, this.box.seal(path, placeOf(id))],
      );
    }
  }

  /** The link as it was kept. Throws SealBroken. */
  open(id: string, unsent: Uint8Array): string {
    return this.box.open(unsent, placeOf(id));
  }

  /** Says whether the mail left. Whoever asked can pass the link on in another way, so a mailbox in trouble is no failure of theirs. */
  async send(kind: LinkKind, link: Pick<MadeLink, 'id' | 'path'>, to: Addressee): Promise<boolean> {
    const mailbox = this.mailbox();
    if (this.config.publicUrl === null || mailbox?.adapter.send === undefined) {
      return false;
    }
    try {
      await mailbox.adapter.send(this.compose(kind, mailbox, link, to), mailbox.account);
      await this.database.query(
        `update account_link set mailed_at = clock_timestamp(), unsent = null, unsent_at = null
         where id = $1 and used_at is null and revoked_at is null`,
        [link.id],
      );
      return true;
    } catch (error) {
      const reason = error instanceof ChannelError ? error.code : String(error);
      this.log.warn('A link to an account could not be sent by mail.', { kind, reason, channelId: mailbox.id });
      await this.wait(link.id, error);
      return false;
    }
  }

  /** The next try comes later and later; after the last one, or where the server wants no such mail at all, the link is forgotten. */
  private async wait(id: string, error: unknown): Promise<void> {
    const isFinal = error instanceof ChannelError && error.retry === 'never';
    await this.database
      .query(
        `update account_link set
           unsent = case when $2 or unsent_tries >= ${mostTries} then null else unsent end,
           unsent_at = case when $2 or unsent_tries >= ${mostTries} then null
                       else clock_timestamp() + interval '7.5 seconds' * power(2, unsent_tries) end
         where id = $1 and unsent is not null`,
        [id, isFinal],
      )
      .catch(() => undefined);
  }

  private compose(
    kind: LinkKind,
    { account }: OpenChannel,
    link: Pick<MadeLink, 'id' | 'path'>,
    to: Addressee,
  ): OutboundMessage {
    const { subject, text } = linkMail(kind, { ...to, link: this.addressOf(link) });
    const { address } = account.settings as EmailSettings;
    const mail: OutgoingMail = {
      // The same for every try of a link: a mailbox that got it twice after all shows it once.
      messageId: `<${link.id}@${address.split('@').at(-1) ?? 'localhost'}>`,
      inReplyTo: null,
      references: [],
      subject,
      cc: [],
      threadToken: null,
      dress: dressOf(this.brands.now),
    };
    return {
      id: link.id,
      to: { kind: 'email', address: to.email },
      toName: to.name,
      text,
      attachments: [],
      mail,
      replyTo: null,
    };
  }

  private mailbox(): OpenChannel | null {
    return (
      this.channels
        .all()
        .filter(
          ({ kind, enabled, problem, adapter }) => kind === 'email' && enabled && problem === null && 'send' in adapter,
        )
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))[0] ?? null
    );
  }
}

function placeOf(id: string): SealedPlace {
  return { table: 'account_link', row: id, column: 'unsent' };
}
