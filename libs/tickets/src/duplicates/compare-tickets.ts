import { bareSubject, matchKey } from '#channels';

/** A ticket as far as it tells whether another is about the same. */
export interface ComparedTicket {
  id: string;
  subject: string;
  /** What its customer said first; '' where nobody has said anything yet. */
  text: string;
  openedAt: Date;
}

/** Why two tickets of one person may be about one problem. */
export type DuplicateReason = 'same_subject' | 'similar_text' | 'opened_together';

/** How much of the words of two texts must be the same, of those in either. */
const similar = 0.5;
/** Fewer words than this say nothing: many begin with "hello" or "سلام". */
const leastWords = 3;
const longestText = 4_000;

/**
 * The open tickets of a person that may be about the same as one of theirs, the surest first. `togetherMs`: tickets that were opened within
 * this time are told whatever they say; 0: none are.
 */
export function findDuplicates<Ticket extends ComparedTicket>(
  ticket: ComparedTicket,
  others: readonly Ticket[],
  togetherMs: number,
): { ticket: Ticket; reason: DuplicateReason }[] {
  return others
    .filter(({ id }) => id !== ticket.id)
    .map((other) => ({ ticket: other, reason: compare(ticket, other, togetherMs) }))
    .filter((one): one is { ticket: Ticket; reason: DuplicateReason } => one.reason !== null)
    .toSorted((a, b) => ranks[a.reason] - ranks[b.reason] || b.ticket.openedAt.getTime() - a.ticket.openedAt.getTime());
}

const ranks: Record<DuplicateReason, number> = { same_subject: 0, similar_text: 1, opened_together: 2 };

function compare(one: ComparedTicket, other: ComparedTicket, togetherMs: number): DuplicateReason | null {
  const [subject, otherSubject] = [wordsOf(bareSubject(one.subject)), wordsOf(bareSubject(other.subject))];
  if (subject.size > 0 && shareOf(subject, otherSubject) === 1) {
    return 'same_subject';
  }
  if (isSimilar(subject, otherSubject) || isSimilar(wordsOf(one.text), wordsOf(other.text))) {
    return 'similar_text';
  }
  const apartMs = Math.abs(one.openedAt.getTime() - other.openedAt.getTime());
  return apartMs < togetherMs ? 'opened_together' : null;
}

function wordsOf(text: string): Set<string> {
  return new Set(
    matchKey(text.slice(0, longestText))
      .split(' ')
      .filter((word) => word !== ''),
  );
}

function isSimilar(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return Math.min(one.size, other.size) >= leastWords && shareOf(one, other) >= similar;
}

/** Words in both, of those in either. */
function shareOf(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const both = [...one].filter((word) => other.has(word)).length;
  return both === 0 ? 0 : both / (one.size + other.size - both);
}
