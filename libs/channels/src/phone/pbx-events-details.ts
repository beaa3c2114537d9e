import type { CallDetails, CallLeg } from '../message.js';
import { namesOf, textOf, type Fields } from './pbx-events-fields.js';

/** What an event tells besides the call's state: our line, the queue, the cause, and a leg for each person whom it names. */
export function detailsOf(fields: Fields, event: string, at: Date): CallDetails {
  const isIn = textOf(fields, ['direction']) === 'in';
  const words: [string, string][] = [
    ['line', textOf(fields, [isIn ? 'to' : 'from'])],
    ['queue', textOf(fields, ['queue'])],
    ['cause', textOf(fields, ['cause'])],
  ];
  return {
    source: 'cti',
    ...Object.fromEntries(words.filter(([, value]) => value !== '')),
    legs: legsOf(fields, event, at.toISOString()),
  };
}

/** A person is known by name, and by the answering number where no name is told; both are told of the same leg where both are there. */
function legsOf(fields: Fields, event: string, at: string): CallLeg[] {
  const names = namesOf(fields);
  const number = textOf(fields, ['answeringNumber']);
  // The number is one person's: which of several it belongs to, nobody says.
  const isOfOne = names.length === 1;
  const ids = names.length > 0 ? names : [number].filter((id) => id !== '');
  return ids.map((id) => ({
    id,
    to: isOfOne && number !== '' ? number : id,
    agentId: null,
    startedAt: event === 'newCall' ? at : null,
    answeredAt: event === 'answer' ? at : null,
    endedAt: event === 'hangup' ? at : null,
    outcome: outcomeOf(event, textOf(fields, ['cause'])),
  }));
}

const ends: Record<string, CallLeg['outcome']> = {
  busy: 'busy',
  cancel: 'cancelled',
  noAnswer: 'no_answer',
  congestion: 'failed',
  notFound: 'failed',
  forwarded: 'cancelled',
};

function outcomeOf(event: string, cause: string): CallLeg['outcome'] {
  switch (event) {
    case 'newCall':
      return 'ringing';
    case 'answer':
      return 'answered';
    default:
      return Object.hasOwn(ends, cause) ? (ends[cause] ?? null) : null;
  }
}
