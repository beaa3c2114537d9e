/** A telephone call as it goes on and after. Seconds are whole; what no source told is null, or an empty list. */
export interface CallView {
  direction: 'in' | 'out';
  state: 'ringing' | 'answered' | 'ended';
  outcome: 'answered' | 'missed' | 'busy' | 'failed' | 'voicemail' | 'abandoned' | 'cancelled' | null;
  startedAt: string | null;
  answeredAt: string | null;
  endedAt: string | null;
  /** How long they talked. */
  durationSeconds: number | null;
  /** How long the caller waited until somebody answered, or until it ended without. */
  waitSeconds: number | null;
  /** Our number that was called, or that called. */
  line: string | null;
  /** The queue as the exchange names it. */
  queue: string | null;
  /** Why it ended, in the word of its source: `normalClearing`, `16`, `no-answer`. */
  cause: string | null;
  /** Where it is known from. */
  source: 'twilio' | 'jambonz' | 'agi' | 'ami' | 'cti' | 'cdr' | 'manual' | null;
  /** What came of it, by a word of the organisation's own list. */
  disposition: string | null;
  transcript: string | null;
  /** Whom of ours it rang, in that order. */
  legs: CallLegView[];
  /** The way a caller took through a script, oldest first. */
  path: { node: string; at: string; heard: string | null }[];
  /** What was recorded, by the ids of its source; what Peyk keeps of it is asked for apart. */
  recordings: { id: string; seconds: number | null }[];
}

/** Somebody of ours whom a call rang. */
export interface CallLegView {
  id: string;
  /** The number, SIP address or extension as it was dialled; '' where nothing is known of it. */
  to: string;
  agentId: string | null;
  startedAt: string | null;
  answeredAt: string | null;
  endedAt: string | null;
  outcome: 'ringing' | 'answered' | 'no_answer' | 'busy' | 'failed' | 'cancelled' | null;
}
