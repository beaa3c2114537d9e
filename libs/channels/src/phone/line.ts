/**
 * The line of a caller whom Peyk itself answers, in one form for every voice provider. A provider hands in what happened and plays what
 * comes back; it decides nothing.
 */

/** What happened on a line since its last reply. */
export type LineHappening =
  | { kind: 'arrived'; from: string; to: string; name: string }
  /** The answer to a `gather`: keys, words, or, with both empty, silence. */
  | { kind: 'heard'; digits: string; speech: string }
  /** A `record` is over. `reference`: where the adapter can fetch it; null where nothing was said. */
  | { kind: 'recorded'; reference: string | null; id: string | null; seconds: number }
  /** What was to be played, or waited for, is over, and nothing was asked. */
  | { kind: 'played' }
  /** A stretch of `hold` is over. */
  | { kind: 'held' }
  | { kind: 'dialled'; leg: string; result: DialResult; seconds: number | null }
  | { kind: 'hung_up' };

export type DialResult = 'answered' | 'busy' | 'no_answer' | 'failed' | 'cancelled';

/** How an agent is reached: a number in E.164, a SIP address, or an extension of the organisation's exchange. */
export interface AgentEndpoint {
  kind: 'number' | 'sip' | 'extension';
  address: string;
}

/** One step on a line, in its order. Names of recordings are those of the prompt library. */
export type LineStep =
  { play: string; locale: string } | { say: string; locale: string } | { pause: { ms: number } } | LineStop;

/** What a reply ends with: every reply has exactly one, as its last step. */
export type LineStop =
  | {
      gather: {
        dtmf: boolean;
        speech: boolean;
        /** Words that speech recognition should expect. */
        hints: string[];
        /** How many keys are waited for; null: until `finishOnKey` or silence. */
        numDigits: number | null;
        finishOnKey: string | null;
        timeoutMs: number;
        locale: string;
      };
    }
  /** Music for so long, or until the line is nudged; then `held`. */
  | { hold: { music: string | null; maxMs: number } }
  /** Rings somebody of ours and joins the two; then `dialled`. The caller hears music or ringing meanwhile. */
  | { dial: { leg: string; to: AgentEndpoint; timeoutSecs: number; callerId: string | null; record: boolean } }
  | { record: { maxMs: number; finishOnKey: string | null } }
  /** Nothing to ask: comes back by itself, as `played`, after so long. */
  | { again: { afterMs: number } }
  | { hangup: true };

/** What a line plays next. `turn` counts up; whatever happens next names it. */
export interface LineReply {
  turn: number;
  steps: LineStep[];
}
