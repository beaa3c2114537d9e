import type { InboundCall, InboundMessage, MessageFlag } from '#channels';

/**
 * What mail may do to tickets.
 *
 * `work`: joins, reopens or opens one. `apart`: opens one where there is none to join, else changes none. `quiet`: opens none and
 * changes none. Whatever it may do, it is on the person's timeline.
 */
export type Treatment = 'work' | 'apart' | 'quiet';

const quietFlags: readonly MessageFlag[] = ['out_of_office', 'newsletter', 'bounce', 'complaint'];

/**
 * Mail that nobody wrote must not wake anybody: reports, absences and newsletters stay quiet. A machine's own mail (a web form, an
 * alarm) and a mail that its alleged sender's domain disowns may be all there is of a matter, so they can begin one, not move one.
 */
export function treatmentOf({ event, quiet }: { event: InboundMessage | InboundCall; quiet?: boolean }): Treatment {
  if (event.type !== 'message') {
    return 'work';
  }
  if (quiet === true || isQuiet(event)) {
    return 'quiet';
  }
  return event.flags.includes('automatic') || event.flags.includes('forged') ? 'apart' : 'work';
}

function isQuiet({ flags, report }: InboundMessage): boolean {
  return (report ?? null) !== null || flags.some((flag) => quietFlags.includes(flag));
}

/** A message joins a ticket in these states without changing anything of it. */
export function isUnmoved(state: string): boolean {
  return state === 'new' || state === 'open';
}

const mostMails = 20;
const windowMs = 10 * 60_000;
/** A mail that was written longer ago comes out of a backlog, and no loop runs that slowly. */
const backlogMs = 60 * 60_000;
const mostCorrespondents = 10_000;

/**
 * Counts what each correspondent sends within ten minutes, each mail once. What it holds is worth ten minutes and belongs to the
 * node that reads the mailbox: after a restart the brake is only late.
 */
export class FloodBrake {
  private readonly seen = new Map<string, Map<string, number>>();

  /** Whether this mail is one too many. Times in milliseconds of the Unix epoch. */
  isFlood(correspondent: string, mail: { id: string; sentAt: number | null }, now: number): boolean {
    if (mail.sentAt !== null && mail.sentAt < now - backlogMs) {
      return false;
    }
    const mails = this.seen.get(correspondent) ?? new Map<string, number>();
    for (const [id, at] of mails) {
      if (at <= now - windowMs) {
        mails.delete(id);
      }
    }
    mails.set(mail.id, mails.get(mail.id) ?? now);
    this.seen.delete(correspondent);
    this.seen.set(correspondent, mails);
    this.forget();
    return mails.size > mostMails;
  }

  /** Those who were silent longest go first. */
  private forget(): void {
    const oldest = this.seen.size > mostCorrespondents ? this.seen.keys().next().value : undefined;
    if (oldest !== undefined) {
      this.seen.delete(oldest);
    }
  }
}
