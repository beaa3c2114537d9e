/** What is kept of what was said on a call. */
export interface RecordingView {
  id: string;
  /** The recording as its source names it, as in `CallView.recordings`. */
  source: string;
  /** due: on its way here · refused: nobody consented, or nothing is to be recorded · failed: it could not be had · gone: deleted here. */
  state: 'due' | 'kept' | 'refused' | 'failed' | 'gone';
  /** Why it was refused or could not be had, or what deleted it; null while it is due or kept. */
  reason:
    | 'no_consent'
    | 'caller_refused'
    | 'policy_off'
    | 'unavailable'
    | 'too_large'
    | 'not_audio'
    | 'retention'
    | 'redacted'
    | null;
  seconds: number | null;
  /** Where it is heard, relative to the hub; null unless it is kept. */
  url: string | null;
  /** kept: when it is deleted by itself; null: not by itself. */
  keepUntil: string | null;
  goneAt: string | null;
}

/** What is kept of one call. `pauses`: when nothing was recorded, because somebody said so; `resumedAt` null: still so. */
export interface CallRecordingsView {
  recordings: RecordingView[];
  pauses: { pausedAt: string; resumedAt: string | null }[];
  /** The call goes on, is recorded, and its provider can pause that. */
  canPause: boolean;
}

/** Who listened to a recording, newest first, to the minute. */
export interface RecordingAccessView {
  listens: { agentId: string; agentName: string; minute: string }[];
}

/** Whether calls are recorded, after telling so, and for how many days what was recorded is kept; null: until somebody deletes it. */
export interface QueueRecordingView {
  mode: 'off' | 'announced';
  keepDays: number | null;
}

/**
 * The same for a phone line. `queue`: as the queue of the call says · `elsewhere`: the exchange, or a call flow of the organisation's own, records
 * and tells callers so itself, by the word of the administrator who chose this.
 */
export interface ChannelRecordingView {
  mode: 'queue' | 'off' | 'announced' | 'elsewhere';
  keepDays: number | null;
}

/** A recording that lines play. */
export interface PromptView {
  name: string;
  locale: 'fa' | 'en';
  /** What is to be read aloud; '' for music, and for what nothing says. */
  text: string;
  /** own: recorded here · starter: synthesised, comes with Peyk · missing: nobody hears anything. */
  state: 'own' | 'starter' | 'missing';
  /** Which part of the library it belongs to. */
  group: 'line' | 'script' | 'engine' | 'numbers' | 'other';
  /** Keys of the scripts that play it. */
  scripts: string[];
  /** How often lines wanted it in vain; null: never. */
  wanted: number | null;
  ms: number | null;
  changedAt: string | null;
  /** Where this version is heard, relative to the hub; null where it is missing. */
  url: string | null;
}

/** The prompt library: what lines need, and what there is. */
export interface PromptLibraryView {
  prompts: PromptView[];
}
