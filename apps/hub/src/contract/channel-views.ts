/** One thing that a check of a channel tried, in the order in which it happened. `code` is stable; `text` is plain English. */
export interface ChannelCheckStep {
  step: string;
  state: 'ok' | 'failed' | 'skipped';
  code: string;
  text: string;
  ms: number;
}

/** What a check of a channel found. A kind that has nothing to try gives no steps and is ok. */
export interface ChannelCheckView {
  ok: boolean;
  steps: ChannelCheckStep[];
}

/** How a test message fared: whether its provider took it, and why not. */
export interface ChannelTestView {
  ok: boolean;
  code: string;
  text: string;
}

/** How a channel is doing. Instants are null where nothing is known, or nothing happened lately. */
export interface ChannelHealthView {
  /** green: it works as far as is known; yellow: nothing is known of it yet; red: `problem` says why not; off: switched off. */
  light: 'green' | 'yellow' | 'red' | 'off';
  problem: string | null;
  problemAt: string | null;
  /** When its mailbox or its provider was last asked for news. */
  polledAt: string | null;
  lastInAt: string | null;
  lastOutAt: string | null;
  lastOutError: { code: string; text: string; at: string } | null;
  /** Messages that wait to leave, and how long the oldest of them is overdue, in seconds. */
  waiting: number;
  lagSeconds: number;
}
