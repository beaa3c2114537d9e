import type { CallContent } from '#channels';
import type { CallFacts } from './missed-calls.query.js';

/** What a call means for whoever is to be called back: they called in vain, or were talked to. Null: neither, or not yet. */
export type CallMeaning = 'missed' | 'talked' | null;

/** How an incoming call ends that nobody answered. One that left a message has a ticket of its own. */
const vain: ReadonlySet<CallContent['outcome']> = new Set([
  'missed',
  'abandoned',
  'busy',
  'cancelled',
  'failed',
] as const);

/**
 * Whether somebody was talked to. A line that Peyk answers is taken up at once, so there only a leg of ours counts, and who hung up on a
 * menu was not waiting for anybody. Elsewhere the source's word does. Who was handed over and then left while they waited has talked with
 * somebody who could not help.
 */
export function meaningOf({
  call,
  isLine,
  leftWaiting,
  handed,
}: Pick<CallFacts, 'call' | 'isLine' | 'leftWaiting' | 'handed'>): CallMeaning {
  if (
    isLine ? hasAnsweredLeg(call, leftWaiting ? handed : []) : call.answeredAt !== null || call.outcome === 'answered'
  ) {
    return 'talked';
  }
  if (call.direction === 'out' || call.state !== 'ended') {
    return null;
  }
  return (isLine ? leftWaiting : vain.has(call.outcome)) ? 'missed' : null;
}

function hasAnsweredLeg({ details }: CallContent, without: readonly string[]): boolean {
  return (details?.legs ?? []).some(({ id, outcome }) => outcome === 'answered' && !without.includes(id));
}
