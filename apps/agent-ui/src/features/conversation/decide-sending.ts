import { isProblem } from '../../api/problem.js';
import type { Waiting } from './outbox.js';

/** Longer than an answer takes: the window that sent it is gone. */
export const silenceMs = 30_000;

/** Whether nobody has decided about a message: it is safe to send it again, and nobody needs to ask for that. */
export function waitsForLink(error: unknown): boolean {
  if (!isProblem(error)) {
    return false;
  }
  const { status, code } = error;
  return (
    status === 0 || status === 429 || status === 502 || status === 503 || status === 504 || code === 'storage_away'
  );
}

/** Codes of refusals that are about the ticket, not about the message. */
const ticketCodes = new Set([
  'field_missing',
  'children_open',
  'illegal_transition',
  'finished',
  'past',
  'no_work_day',
]);

export function mayGoAlone(code: string | undefined): boolean {
  return code !== undefined && ticketCodes.has(code);
}

interface Moment {
  /** Milliseconds of the epoch. */
  now: number;
  /** This very window. */
  window: string;
}

/**
 * The oldest message of a conversation that is to be sent now. One that another window is sending keeps those behind it waiting, until
 * that window has been silent for too long.
 */
export function nextToSend(all: readonly Waiting[], person: string, { now, window: own }: Moment): Waiting | undefined {
  const line = all
    .filter((one) => one.person === person && !one.isHeld && (one.state === 'sending' || one.state === 'waiting'))
    .toSorted((a, b) => (a.message.id < b.message.id ? -1 : 1));
  const [first] = line;
  if (!first || first.state === 'waiting') {
    return first;
  }
  const isTheirs = first.by !== own && now - (first.triedAt ?? 0) < silenceMs;
  return isTheirs ? undefined : first;
}
