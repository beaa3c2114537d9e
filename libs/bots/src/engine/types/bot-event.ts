/** Why a lookup or a ticket brought no value: too slow, broken, nothing found, or not allowed. */
export type LookupError = 'timeout' | 'failed' | 'absent' | 'refused';

/** What happens to a conversation that a script holds. `turn` of a choice is the turn whose menu offered it. */
export type BotHappening =
  | { kind: 'start' }
  | { kind: 'text'; text: string }
  | { kind: 'choice'; turn: number; option: string }
  | { kind: 'digits'; digits: string }
  | { kind: 'file'; mediaType: string }
  /** The time named by `BotState.wakeAt` has come and nobody said anything. */
  | { kind: 'silence' }
  /** The answer to an effect with `awaitsResult`; `effect` is its id. */
  | { kind: 'result'; effect: string; ok: true; value: unknown }
  | { kind: 'result'; effect: string; ok: false; error: LookupError }
  /** An agent gave the conversation back. */
  | { kind: 'resume' }
  | { kind: 'hangup' };

/** One happening, at `at` milliseconds of the epoch. Plain JSON. */
export type BotEvent = BotHappening & { at: number };
