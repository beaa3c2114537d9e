import type { InboundCall, InboundMessage, MessageFlag } from '#channels';

/**
 * What mail may do to tickets, and calls.
 *
 * `work`: joins, reopens or opens one. `apart`: opens one where there is none to join, else changes none. `quiet`: opens none and
 * changes none. Whatever it may do, it is on the person's timeline.
 */
export type Treatment = 'work' | 'apart' | 'quiet';

const quietFlags: readonly MessageFlag[] = ['out_of_office', 'newsletter', 'bounce', 'complaint'];

/**
 * Mail that nobody wrote must not wake anybody: reports, absences and newsletters stay quiet. A machine's own mail (a web form, an
 * alarm) and a mail that its alleged sender's domain disowns may be all there is of a matter, so they can begin one, not move one.
 * Of calls, those that are over for long and come out of an exchange's records stay quiet.
 */
export function treatmentOf({ event, quiet }: { event: InboundMessage | InboundCall; quiet?: boolean }): Treatment {
  if (event.type !== 'message') {
    return quiet === true ? 'quiet' : 'work';
  }
  if (quiet === true || isQuiet(event)) {
    return 'quiet';
  }
  return event.flags.includes('automatic') || event.flags.includes('forged') ? 'apart' : 'work';
}

function isQuiet({ flags, report, raw }: InboundMessage): boolean {
  return (
    (report ?? null) !== null ||
    flags.some((flag) => quietFlags.includes(flag)) ||
    (flags.includes('automatic') && isReadReceipt(raw))
  );
}

/** A mail program's word that a mail was opened, or thrown away unread (RFC 8098): worth a line, and nobody's work. */
function isReadReceipt(raw: Uint8Array): boolean {
  const type = headOf(raw).find((field) => /^content-type[ \t]*:/iu.test(field)) ?? '';
  return /multipart\/report\b/iu.test(type) && /report-type\s?=\s?"?disposition-notification/iu.test(type);
}

/** A message joins a ticket in these states without changing anything of it. */
export function isUnmoved(state: string): boolean {
  return state === 'new' || state === 'open';
}

const mostMails = 20;
const windowMs = 10 * 60_000;
/** A mail that was received longer ago comes out of a backlog, and no loop runs that slowly. */
const backlogMs = 60 * 60_000;
const mostCorrespondents = 10_000;

/**
 * Counts what each correspondent sends within ten minutes, each mail once. What it holds is worth ten minutes and belongs to the
 * node that reads the mailbox: after a restart the brake is only late.
 */
export class FloodBrake {
  private readonly seen = new Map<string, Map<string, number>>();

  /**
   * Whether this mail is one too many; those that are too many are not counted. `receivedAt` is a word of our own mailbox, for a mail
   * that waited there; null for one that comes straight in. Times in milliseconds of the Unix epoch.
   */
  isFlood(correspondent: string, mail: { id: string; receivedAt: number | null }, now: number): boolean {
    if (mail.receivedAt !== null && mail.receivedAt < now - backlogMs) {
      return false;
    }
    const mails = this.seen.get(correspondent) ?? new Map<string, number>();
    for (const [id, at] of mails) {
      if (at <= now - windowMs) {
        mails.delete(id);
      }
    }
    const isFlood = mails.size >= mostMails && !mails.has(mail.id);
    if (!isFlood) {
      mails.set(mail.id, mails.get(mail.id) ?? now);
    }
    this.seen.delete(correspondent);
    this.seen.set(correspondent, mails);
    this.forget();
    return isFlood;
  }

  /** Those who were silent longest go first. */
  private forget(): void {
    const oldest = this.seen.size > mostCorrespondents ? this.seen.keys().next().value : undefined;
    if (oldest !== undefined) {
      this.seen.delete(oldest);
    }
  }
}

/**
 * Who a mail counts for. An address is counted apart for each degree to which it is believed, so that nobody who only writes its name
 * uses up what its owner may send.
 */
export function correspondentOf(channelId: string, { from, flags }: Pick<InboundMessage, 'from' | 'flags'>): string {
  const doubt = flags.find((flag) => flag === 'forged' || flag === 'unverified') ?? '';
  return [channelId, from.trust, doubt, from.address].join(' ');
}

const longestHead = 64 * 1024;

/**
 * When the server that keeps a mailbox took a mail, by the Received field that it put on top; null when it put none there. The fields
 * below it and the sender's own Date are what anybody may write.
 */
export function receivedAt(raw: Uint8Array): number | null {
  const top = headOf(raw).find((field) => /^received[ \t]*:/iu.test(field)) ?? '';
  const at = Date.parse(
    top
      .slice(top.lastIndexOf(';') + 1)
      .replace(/\([^()]*\)/gu, '')
      .trim(),
  );
  return top.includes(';') && !Number.isNaN(at) ? at : null;
}

/** The fields of a mail's head, unfolded. */
function headOf(raw: Uint8Array): string[] {
  const head = Buffer.from(raw.subarray(0, longestHead)).toString('latin1');
  return (head.split(/\r?\n\r?\n/u)[0] ?? '').replace(/\r?\n[ \t]+/gu, ' ').split(/\r?\n/u);
}
