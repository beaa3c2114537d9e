import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { Address, InboundMessage, MailReport } from '#channels';
import { Database, type Transaction } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { LiveFeed } from '../live/live-feed.service.js';
import {
  awayUntil,
  keepReport,
  noteHearsay,
  reportedMessage,
  softFailures,
  suppressAddress,
  tryLater,
  type ReportedRow,
} from './mail-reports.query.js';
import { Receipts } from './receipts.service.js';

/** What a report is about: the thread and ticket of a message of ours, and who it had gone to. */
export interface Concern {
  threadId: string | null;
  ticketId: string | null;
  recipient: Address;
  /** It had gone to an address that its person only claims, which no mail must make somebody's. */
  isClaimed: boolean;
}

type Recipient = MailReport['recipients'][number];

/** When a message that failed for a passing reason is tried again; after the last one it stays failed. */
const tryAgainMs = [30 * 60_000, 3 * 60 * 60_000, 12 * 60 * 60_000];
/** A full mailbox, or any trouble that the server itself calls passing. */
const passing = /^(?:4\.|5\.2\.2$)/u;

/**
 * Takes what servers and mailboxes report about mail of ours to the message that it concerns. A report is a stranger's word, so it
 * moves that message only, and silences an address only if that very message had gone to it.
 */
@Injectable()
export class MailReports {
  constructor(
    private readonly database: Database,
    private readonly live: LiveFeed,
    private readonly receipts: Receipts,
    private readonly bus: EventBus,
  ) {}

  /**
   * Before the reporting mail is stored, so that a crash in between brings it again; what it says is written once however often it
   * comes. `threadId` is what a signed token proves. @returns null when it is about nothing that we know.
   */
  async take(channelId: string, event: InboundMessage, threadId: string | null): Promise<Concern | null> {
    const { report } = event;
    if (!report) {
      return null;
    }
    if (report.kind === 'away') {
      await this.noteAbsence(event, report);
      return null;
    }
    const row = await this.find(channelId, event, report, threadId);
    if (!row) {
      return null;
    }
    const { conversation_id: conversation, since } = await this.database.transaction((tx) =>
      this.write(tx, channelId, { event, report, row }),
    );
    await this.live.moved([{ conversation, since }]);
    return {
      threadId: row.thread_id,
      ticketId: row.ticket_id,
      recipient: { kind: row.identity_kind, address: row.address },
      isClaimed: row.retired,
    };
  }

  private async find(
    channelId: string,
    { mail }: InboundMessage,
    { about, recipients }: MailReport,
    threadId: string | null,
  ): Promise<ReportedRow | null> {
    const quoted = [mail?.inReplyTo ?? null, ...(mail?.references ?? [])].filter((id) => id !== null).slice(0, 50);
    const addresses = recipients.map(({ address }) => address);
    const parameters = [channelId, about, quoted, threadId, addresses];
    const [row] = await this.database.query<ReportedRow>(reportedMessage, parameters);
    return row ?? null;
  }

  private async write(
    tx: Transaction,
    channelId: string,
    { event, report, row }: { event: InboundMessage; report: MailReport; row: ReportedRow },
  ): Promise<{ conversation_id: string; since: number }> {
    const [talk] = await tx.query<{ rev: number }>('select rev from conversation where id = $1 for no key update', [
      row.conversation_id,
    ]);
    const known = knownOf(report, row);
    if (known.length === 0) {
      await this.note(tx, report, row);
    }
    for (const recipient of known) {
      const told = [report.kind, recipient.hard, recipient.status, recipient.diagnostic.slice(0, 500)];
      const kept = await tx.query(keepReport, [
        uuid(),
        channelId,
        event.externalId ?? event.mail?.messageId ?? '',
        row.conversation_id,
        row.seq,
        recipient.address,
        ...told,
      ]);
      if (kept.length > 0) {
        await this.act(tx, channelId, { report, row, recipient });
      }
    }
    return { conversation_id: row.conversation_id, since: talk?.rev ?? 0 };
  }

  /** A report that names the mail itself is worth its words, even if mail was passed on and the address is none of ours. */
  private async note(tx: Transaction, { kind, about, recipients }: MailReport, row: ReportedRow): Promise<void> {
    if (kind !== 'bounce' || about === null || about !== row.mail_id) {
      return;
    }
    const words = recipients.map(({ address, diagnostic }) => `${address}: ${diagnostic || 'The mail was returned.'}`);
    if (words.length > 0) {
      await tx.query(noteHearsay, [row.conversation_id, row.seq, words.join(' | ').slice(0, 500)]);
    }
  }

  private async act(
    tx: Transaction,
    channelId: string,
    { report, row, recipient }: { report: MailReport; row: ReportedRow; recipient: Recipient },
  ): Promise<void> {
    const isBounce = report.kind === 'bounce';
    const said = recipient.diagnostic || (isBounce ? 'The mail was returned.' : 'The recipient complained.');
    if (!isBounce || recipient.hard) {
      const reason = isBounce ? 'bounce' : 'complaint';
      const message = [row.conversation_id, row.seq];
      const { address } = recipient;
      const held = await tx.query(suppressAddress, [uuid(), 'email', address, reason, said.slice(0, 500), ...message]);
      if (held.length > 0) {
        this.bus.emitAfterCommit(tx, 'address.changed', { kind: 'email', address });
      }
    }
    if (isBounce) {
      const words = recipient.address === row.address ? said : `${recipient.address}: ${said}`;
      await this.receipts.fail(tx, {
        conversationId: row.conversation_id,
        seq: row.seq,
        code: 'bounced',
        error: words,
        address: recipient.address,
      });
      await this.tryAgain(tx, channelId, { row, recipient, words });
    }
  }

  /** For the one whom it did not reach: the others have it. */
  private async tryAgain(
    tx: Transaction,
    channelId: string,
    { row, recipient, words }: { row: ReportedRow; recipient: Recipient; words: string },
  ): Promise<void> {
    if (recipient.hard || !passing.test(recipient.status)) {
      return;
    }
    const { conversation_id: conversation, seq, thread_id: thread, address, mail_id: mail } = row;
    const [count] = await tx.query<{ n: number }>(softFailures, [conversation, seq, recipient.address]);
    const delay = tryAgainMs[(count?.n ?? 1) - 1];
    if (delay !== undefined) {
      const place = [uuid(), conversation, seq, channelId, thread, address, mail];
      await tx.query(tryLater, [...place, delay, recipient.address, words]);
      this.bus.emitAfterCommit(tx, 'delivery.queued', { channelId });
    }
  }

  /** Somebody else's mail program may say anything of somebody; only what the sender's domain does not disown counts. */
  private async noteAbsence({ from, flags }: InboundMessage, { awayUntil: end }: MailReport): Promise<void> {
    if (end !== null && !flags.includes('forged')) {
      const noted = await this.database.query(awayUntil, [from.address, end]);
      if (noted.length > 0) {
        this.bus.emit('address.changed', { kind: 'email', address: from.address });
      }
    }
  }
}

/** Those of a report's addresses that the message had gone to, hidden copies too. */
function knownOf({ recipients }: MailReport, { address, cc, bcc }: ReportedRow): Recipient[] {
  const went = new Set([address, ...(cc ?? []), ...(bcc ?? [])]);
  return recipients.filter((recipient) => went.has(recipient.address));
}
