import type { CallView } from './call-views.js';

/**
 * The telephone of a tester: a call to a phone channel with no provider between. `turn` is given back with whatever happens next.
 * Everything that is played comes in its order; what is waited for is the last step.
 */
export interface TrialCallView {
  callId: string;
  turn: number;
  steps: TrialStepView[];
  /** The conversation that the call is in; null where it is in none. */
  conversation: string | null;
  /** The way through the script so far. */
  path: CallView['path'];
}

export type TrialStepView =
  /** A recording. `url`: where this page may play it; null: nobody recorded it. `text`: what it says, where the hub knows; '' else. */
  | { kind: 'play'; name: string; url: string | null; text: string; locale: string }
  | { kind: 'say'; text: string; locale: string }
  | { kind: 'pause'; ms: number }
  /** Waits for keys, for words, or for either. `digits`: how many keys; null: until `finishOnKey` or silence. */
  | {
      kind: 'gather';
      keys: boolean;
      speech: boolean;
      digits: number | null;
      finishOnKey: string | null;
      timeoutMs: number;
    }
  | { kind: 'hold'; maxMs: number; music: string | null }
  /** Somebody of ours is rung. `agent`: by name, '' where nobody knows whose phone it is. */
  | {
      kind: 'dial';
      leg: string;
      to: { kind: 'number' | 'sip' | 'extension'; address: string };
      agent: string;
      timeoutSecs: number;
      records: boolean;
    }
  | { kind: 'record'; maxMs: number; finishOnKey: string | null }
  | { kind: 'again'; afterMs: number }
  | { kind: 'hangup' };
