import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { ChannelError, type EmailSettings, type OutboundMessage } from '#channels';
import { HubConfig } from '#config';
import { Database } from '../../database/database.js';
import { Log } from '../../platform/operations/log.js';
import { ChannelDirectory, type OpenChannel } from '../../settings/channel-directory.service.js';
import type { LinkKind, MadeLink } from './account-links.js';
import { linkMail } from './link-mail.js';

export interface Addressee {
  email: string;
  name: string;
  locale: 'en' | 'fa';
}

/**
 * Sends links to their owners over the first mailbox that is on. They are colleagues and no customers: nothing of it goes on a timeline
 * or through the outbox, and whoever gets none asks for another.
 */
@Injectable()
export class AccountMail {
  constructor(
    private readonly channels: ChannelDirectory,
    private readonly config: HubConfig,
    private readonly database: Database,
    private readonly log: Log,
  ) {}

  /** A link in a mail needs the hub's own address: it is never taken from what a request says. */
  get canMail(): boolean {
    return this.config.publicUrl !== null && this.mailbox() !== null;
  }

  /** The link as it can be passed on. */
  addressOf({ path }: MadeLink): string {
    return `${this.config.publicUrl ?? ''}${path}`;
  }

  /** Says whether the mail left. Whoever asked can pass the link on in another way, so a mailbox in trouble is no failure of theirs. */
  async send(kind: LinkKind, link: MadeLink, to: Addressee): Promise<boolean> {
    const mailbox = this.mailbox();
    if (this.config.publicUrl === null || mailbox?.adapter.send === undefined) {
      return false;
    }
    try {
      await mailbox.adapter.send(this.compose(kind, mailbox, link, to), mailbox.account);
      await this.database.query(
        'update account_link set mailed_at = clock_timestamp() where id = $1 and used_at is null and revoked_at is null',
        [link.id],
      );
      return true;
    } catch (error) {
      const reason = error instanceof ChannelError ? error.code : String(error);
      this.log.warn('A link to an account could not be sent by mail.', { kind, reason, channelId: mailbox.id });
      return false;
    }
  }

  private compose(kind: LinkKind, { account }: OpenChannel, link: MadeLink, to: Addressee): OutboundMessage {
    const id = uuid();
    const { subject, text } = linkMail(kind, { ...to, link: this.addressOf(link) });
    const { address } = account.settings as EmailSettings;
    return {
      id,
      to: { kind: 'email', address: to.email },
      toName: to.name,
      text,
      attachments: [],
      mail: {
        messageId: `<${id}@${address.split('@').at(-1) ?? 'localhost'}>`,
        inReplyTo: null,
        references: [],
        subject,
        cc: [],
        threadToken: null,
      },
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
