import { z } from 'zod';

/** Parts of long messages that wait for the others; kept with the cursor, so that what was confirmed outlives a crash. */
export const waitingParts = z.record(
  z.string(),
  z.object({ at: z.number(), total: z.number(), from: z.string(), texts: z.record(z.string(), z.string()) }),
);
export type WaitingParts = z.infer<typeof waitingParts>;

/** A part of a long message, or a message that is whole. */
export interface Piece {
  from: string;
  to: string;
  text: string;
  part: { reference: number; total: number; number: number } | null;
}

/** A message with all its parts, or with those that came in time. */
export interface Gathered {
  from: string;
  text: string;
}

/** One whose missing parts nobody waits for any more, under a name that stays. */
export interface Late extends Gathered {
  name: string;
}

const missing = '…';

/** Puts a piece to those that wait. @returns the message that it completes, else null; and what waits from now on. */
export function gather(
  waiting: WaitingParts,
  piece: Piece,
  now: number,
): { whole: Gathered | null; waiting: WaitingParts } {
  const { part, from, text } = piece;
  if (part === null) {
    return { whole: { from, text }, waiting };
  }
  const key = [from, piece.to, part.reference, part.total].join(' ');
  const { [key]: known, ...others } = waiting;
  const texts = { ...known?.texts, [String(part.number)]: text };
  const entry = { at: known?.at ?? now, total: part.total, from, texts };
  return Object.keys(texts).length < part.total
    ? { whole: null, waiting: { ...others, [key]: entry } }
    : { whole: { from, text: joined(entry) }, waiting: others };
}

/** Gives up waiting for parts that are overdue: what came of their messages is shown, with a mark for each gap. */
export function giveUp(waiting: WaitingParts, before: number): { late: Late[]; waiting: WaitingParts } {
  const entries = Object.entries(waiting);
  const late = entries
    .filter(([, { at }]) => at <= before)
    .map(([key, entry]) => ({ from: entry.from, text: joined(entry), name: `late ${key} ${String(entry.at)}` }));
  return { late, waiting: Object.fromEntries(entries.filter(([, { at }]) => at > before)) };
}

function joined({ total, texts }: WaitingParts[string]): string {
  return Array.from({ length: total }, (_, index) => texts[String(index + 1)] ?? missing).join('');
}
