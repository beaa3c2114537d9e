/** Something said between a supervisor and an agent beside a conversation. It is no message, and stands nowhere else. */
export interface WhisperView {
  id: string;
  /** Whom it is said to; in an answer, who says it. */
  agent: { id: string; name: string };
  by: { id: string; name: string };
  words: string;
  at: string;
  /** When the agent said that they saw it; null on answers. */
  seenAt: string | null;
}

/** An agent who wants help with a person, until they, a supervisor or the end of their work lowers it. */
export interface RaisedHandView {
  id: string;
  agent: { id: string; name: string };
  words: string;
  raisedAt: string;
  /** The supervisor who is on it. */
  takenBy: { id: string; name: string } | null;
}

/** What of steering concerns the reader in a conversation. */
export interface SteeringView {
  /** Supervisors who watch, where the organisation tells of it. */
  watchers: { id: string; name: string }[];
  /** Between supervisors and the reader, oldest first. */
  whispers: WhisperView[];
  hand: RaisedHandView | null;
  /** They have work of this person, so they may ask for help with it. */
  mayRaise: boolean;
}

/** The same for a supervisor who watches. */
export interface WatchView {
  /** Everybody who watches now, the reader among them. */
  watchers: { id: string; name: string; since: string }[];
  /** Who has the person's work, the latest first: those can be whispered to. */
  workers: { id: string; name: string; ticket: { id: string; number: number; prefix: string } }[];
  /** All of the conversation, oldest first. */
  whispers: WhisperView[];
  hands: RaisedHandView[];
}

/** Where an agent has whispers that they did not say they saw. */
export interface UnseenWhispersView {
  /** The person, by their root's conversation. */
  conversation: string;
  customer: { id: string; name: string };
  by: { id: string; name: string };
  count: number;
}

export interface SteeringRulesView {
  /** Agents see that, and by whom, a conversation of theirs is watched. */
  tellWatched: boolean;
}

/** Something of these changed; what it is now is asked for, so that no words pass through a frame. */
export interface SteeringFrame {
  conversation: string;
  kind: 'watch' | 'whisper' | 'hand';
}
