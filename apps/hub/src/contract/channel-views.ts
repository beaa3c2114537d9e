/** One thing that a check of a channel tried, in the order in which it happened. `code` is stable; `text` is plain English. */
export interface ChannelCheckStep {
  step: string;
  state: 'ok' | 'failed' | 'skipped';
  code: string;
  text: string;
  ms: number;
}

/** What a check of a channel found. A kind that has nothing to try says that its settings can be used. */
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

/**
 * What is wrong with a channel at present. silent: nothing came in for longer than is usual; lagging: messages leave late; expiring
 * and expired: of its password or token; broken: it does not work at all.
 */
export interface ChannelAlarmView {
  kind: 'silent' | 'lagging' | 'expiring' | 'expired' | 'broken';
  since: string;
}

/** What is watched of a channel. */
export interface ChannelWatchView {
  /** Hours without anything coming in after which it alarms, once something came in at all; null: never. */
  silenceHours: number | null;
  /** The day on which its password, token or app registration ends; ISO date, null when nobody wrote one down. */
  credentialsExpire: string | null;
}

/** A channel among the others, as the settings list them. */
export interface ChannelStatusView extends ChannelHealthView {
  channelId: string;
  alarms: ChannelAlarmView[];
  watch: ChannelWatchView;
}

/** One message on its way out over a channel, newest first in the channel's log. */
export interface ChannelDeliveryView {
  id: string;
  at: string;
  /** The conversation row and place of the message; the person is opened by it. */
  conversation: string;
  seq: number;
  address: string;
  state: 'queued' | 'sending' | 'sent' | 'unconfirmed' | 'parked' | 'failed' | 'cancelled';
  attempts: number;
  /** When it is tried next; null when it is not. */
  dueAt: string | null;
  error: { code: string; text: string } | null;
  /** It may be sent again: by an agent's click, as a new delivery. */
  mayResend: boolean;
}

/** What a gateway's settings make of a push that somebody pasted, and of a message that would be sent. */
export interface MapTrialView {
  /** Every value in the push with the path that a map would name it by. */
  fields: { path: string; value: string }[];
  reading:
    | { type: 'message'; from: string; text: string; id: string | null; sentAt: string | null }
    | { type: 'receipt'; of: string; state: string; error: string | null }
    | { type: 'ignored'; reason: string }
    /** `reason` says in plain English what is missing. */
    | { type: 'unreadable'; reason: string };
  /** Stars stand for secrets. */
  sends: { method: string; url: string; headers: Record<string, string>; body: string | null };
}

/** Where a simulated message went. */
export interface SimulatedView {
  message: string;
  conversation: string;
}
