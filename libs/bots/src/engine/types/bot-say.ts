import type { Locale } from '../../script/terms.js';

/** One answer that may be chosen: its label as the customer reads it, and its key on a telephone. */
export interface BotOption {
  id: string;
  label: string;
  dtmf: string | null;
}

/** What the script waits for after it spoke. `record` is a spoken or written message of any length. */
export type InputKind =
  | 'choice'
  | 'text'
  | 'digits'
  | 'number'
  | 'money'
  | 'phone'
  | 'email'
  | 'date'
  | 'date_jalali'
  | 'national_id_ir'
  | 'order_no'
  | 'yes_no'
  | 'rating'
  | 'record';

export interface BotInput {
  kind: InputKind;
  /** The answer is a secret: hide it while it is typed and in what is kept. */
  sensitive: boolean;
  /** On a telephone, the key that ends the digits; null when their number is known or any single key ends them. */
  finishOnKey: string | null;
  /** How long an answer is waited for; null: as long as the session lives. */
  timeoutMs: number | null;
}

/** A value inside a spoken sentence, to be read from recordings; `value` is ASCII digits or an ISO date. */
export interface SpokenValue {
  kind: 'digits' | 'number' | 'money' | 'date' | 'date_jalali';
  value: string;
  /** ISO 4217 or IRT (toman), of money. */
  currency?: string;
}

/** A stay on the line that only a telephone shows: a pause, a queue with music, a recording, the end of the call. */
export type LineAct =
  | { act: 'pause'; ms: number }
  | { act: 'enqueue'; queue: string | null }
  | { act: 'record'; maxMs: number }
  | { act: 'hangup' };

/**
 * One thing the script says, in the customer's language and with its values filled in, before any channel has shaped it.
 * `short` is the wording for SMS, `speech` for a voice, `audio` the recording of it.
 */
export interface BotSay {
  node: string;
  locale: Locale;
  text: string;
  short: string | null;
  speech: string | null;
  audio: string | null;
  /** What follows the recording: the values that the sentence holds, in their order. */
  values: SpokenValue[];
  media: string | null;
  options: BotOption[];
  input: BotInput | null;
  line: LineAct | null;
  /** The turn whose menu this is: a choice names it. */
  turn: number;
}
