/** A message of a written channel. `choices[].id` is the id on the wire; a channel without buttons has them in `body` as well. */
export interface WrittenMessage {
  kind: 'message';
  /** What the customer reads; for SMS with its numbered menu, for e-mail with its links. */
  body: string;
  choices: { id: string; label: string }[];
  /** E-mail only. Links hold placeholders `{{choice:<wire id>}}` for the addresses that the hub signs. */
  html?: string;
  /** SMS only: how many parts it is sent, and paid, as. */
  smsParts?: number;
  /** A file of the script's to send along. */
  media: string | null;
}

/** One step of a telephone conversation; every voice provider is written from this list. */
export type VoiceStep =
  /** A recording. `words`: what to say in place of it, and of the recordings of its values behind it, where one of them is not there. */
  | { play: string; words?: string }
  | { say: string; locale: string }
  | {
      gather: {
        dtmf: boolean;
        speech: boolean;
        /** Words that speech recognition should expect. */
        hints: string[];
        /** How many keys are waited for; null: until `finishOnKey` or silence. */
        numDigits: number | null;
        finishOnKey: string | null;
        timeoutMs: number | null;
        locale: string;
        turn: number;
      };
    }
  | { pause: { ms: number } }
  | { enqueue: { queue: string | null } }
  | { record: { maxMs: number } }
  | { hangup: true };

/** What a turn becomes on the telephone. */
export interface VoiceTurn {
  kind: 'voice';
  steps: VoiceStep[];
}

export type Rendered = WrittenMessage | VoiceTurn;
