import type { DialResult, LineHappening } from '#channels';

/** What a tester says happened; see TrialHappeningDto. */
export interface TrialHappening {
  kind: Exclude<LineHappening['kind'], 'arrived'>;
  digits?: string;
  speech?: string;
  leg?: string;
  result?: DialResult;
  seconds?: number | null;
}

/** What a provider would tell of it. A trial has no sound, so what was left as a message has none either. */
export function readTrialHappening(told: TrialHappening): LineHappening {
  switch (told.kind) {
    case 'heard':
      return readHeard(told);
    case 'dialled':
      return readDialled(told);
    case 'recorded':
      return { kind: 'recorded', reference: null, id: null, seconds: told.seconds ?? 0 };
    case 'played':
    case 'held':
    case 'hung_up':
      return { kind: told.kind };
  }
}

function readHeard({ digits = '', speech = '' }: TrialHappening): LineHappening {
  return { kind: 'heard', digits, speech: speech.trim() };
}

function readDialled({ leg = '', result = 'failed', seconds = null }: TrialHappening): LineHappening {
  return { kind: 'dialled', leg, result, seconds };
}
