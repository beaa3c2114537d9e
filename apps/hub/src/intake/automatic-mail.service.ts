import { Injectable } from '@nestjs/common';
import type { InboundMessage } from '#channels';
import { Database } from '../database/database.js';
import { MailReports, type Concern } from '../delivery/mail-reports.service.js';
import { ThreadTokens } from '../delivery/thread-tokens.service.js';
import { ChannelDirectory, isPolled } from '../settings/channel-directory.service.js';
import type { QuietPlace } from './plan-acceptance.js';
import { correspondentOf, FloodBrake, receivedAt, treatmentOf } from './quiet-mail.js';

/** A mail with what is known of it besides its own words. */
export interface ReadMail {
  event: InboundMessage;
  threadId: string | null;
  /** It may change no ticket and open none. */
  quiet: boolean;
  concern: Concern | null;
}

/** What mail that nobody wrote means before and after it is stored. A person's mail passes through here without a single query. */
@Injectable()
export class AutomaticMail {
  private readonly brake = new FloodBrake();

  constructor(
    private readonly database: Database,
    private readonly reports: MailReports,
    private readonly tokens: ThreadTokens,
    private readonly channels: ChannelDirectory,
  ) {}

  /**
   * Takes a report to the message that it is about, and puts its own mail beside that message: in its thread, with the identity it
   * had gone to, so that a mail server becomes no customer. @returns null for a mail of ours that came back, which is there already,
   * and for a report about an address that somebody only claims: the message says what it said, and as a mail from there it would
   * make a customer who owns the address.
   */
  async read(channelId: string, event: InboundMessage, threadId: string | null): Promise<ReadMail | null> {
    if (await this.isOwn(channelId, event)) {
      return null;
    }
    const concern = event.flags.includes('forged') ? null : await this.reports.take(channelId, event, threadId);
    if (concern?.isClaimed) {
      return null;
    }
    if (concern) {
      const from = { ...concern.recipient, trust: 'unauthenticated' as const, name: '' };
      return { event: { ...event, from }, threadId: concern.threadId, quiet: true, concern };
    }
    if (event.mail === null || !this.isFlood(channelId, event)) {
      return { event, threadId, quiet: false, concern };
    }
    const flags = event.flags.includes('automatic') ? event.flags : [...event.flags, 'automatic' as const];
    return { event: { ...event, flags }, threadId, quiet: true, concern };
  }

  /** Where a mail that may change nothing belongs all the same; undefined for what people write, and for what is forged. */
  placeOf({ event, quiet, concern }: ReadMail): QuietPlace | undefined {
    const { mail, flags } = event;
    if (mail === null || flags.includes('forged') || treatmentOf({ event, quiet }) === 'work') {
      return undefined;
    }
    const ids = [mail.inReplyTo, ...mail.references].filter((id) => id !== null);
    return { ticketId: concern?.ticketId ?? null, quotedIds: ids.slice(0, 50) };
  }

  /** Only what comes from an address of ours under an id that we signed is looked up. */
  private async isOwn(channelId: string, { mail, flags }: InboundMessage): Promise<boolean> {
    const id = mail?.messageId ?? null;
    if (id === null || !flags.includes('automatic') || this.tokens.mailOf(id) === null) {
      return false;
    }
    const rows = await this.database.query(
      `select 1 from message where channel_id = $1 and mail_id = $2 and direction = 'out' limit 1`,
      [channelId, id],
    );
    return rows.length > 0;
  }

  private isFlood(channelId: string, event: InboundMessage): boolean {
    const id = event.externalId ?? event.mail?.messageId ?? '';
    const channel = this.channels.find(channelId);
    const at = channel && isPolled(channel) ? receivedAt(event.raw) : null;
    return this.brake.isFlood(correspondentOf(channelId, event), { id, receivedAt: at }, Date.now());
  }
}
