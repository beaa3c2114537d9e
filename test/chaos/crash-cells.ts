import type { ChannelName } from './history.js';

/** How a cell makes the hub reach its point. */
export type Drive =
  | 'message'
  | 'file'
  | 'reply'
  | 'keyed reply'
  | 'reply with file'
  | 'resend'
  | 'spooled'
  | 'spooled, then replayed'
  | 'receipt'
  | 'migration';

/** What must be true in the end. Only what is named is compared. */
export interface Ending {
  /** Rows of the mark in timelines, and messages that the agent was shown for it. */
  rows?: number;
  shown?: number;
  /** The message's delivery. */
  state?: string | null;
  /** Copies at the customer, and how many different messages they are to them. */
  copies?: number;
  distinct?: number;
  callState?: string | null;
  /** Files of the message, each as "state bytes". */
  files?: string[];
  /** Live holds of the message's ticket. */
  holds?: number;
  /** Promises about the message's ticket that run. */
  promises?: number;
  /** What the last call of the agent's client was answered. */
  answer?: number;
}

export interface CrashCell {
  point: string;
  channel: ChannelName;
  drive: Drive;
  /** Each of them is right: where two of them are, a statement may or may not have left before the process died. */
  endings: Ending[];
}

const all: ChannelName[] = ['email', 'sms', 'telegram', 'web', 'phone', 'messages'];
const answered: ChannelName[] = ['email', 'sms', 'telegram', 'web', 'messages'];
const sent: ChannelName[] = ['email', 'sms', 'telegram', 'messages'];
const posted: ChannelName[] = ['sms', 'phone', 'messages'];

/** Channels on which a second copy would be a second message. */
const blind: ReadonlySet<ChannelName> = new Set(['sms', 'telegram']);

/** The bytes of the file that cells send. */
export const fileOfCells = Buffer.from('a file of a crash cell\n');

const oneFile = [`stored ${String(fileOfCells.length)}`];

const settled: Partial<Record<ChannelName, string>> = { sms: 'delivered', web: 'read' };

/** How a reply stands that nothing disturbed: who reports receipts has reported them. */
function settledState(channel: ChannelName): string {
  return settled[channel] ?? 'sent';
}

function storedOnce(channel: ChannelName): Ending {
  return { rows: 1, shown: 1, ...(channel === 'phone' && { callState: 'ended' }) };
}

function arrivedOnce(channel: ChannelName): Ending {
  return { rows: 1, shown: 1, answer: 201, copies: 1, distinct: 1, state: settledState(channel) };
}

/** The process died with the send claimed and nothing handed over. Who can tell a repeat gets it now. */
function neverHandedOver(channel: ChannelName): Ending {
  return blind.has(channel)
    ? { ...arrivedOnce(channel), copies: 0, distinct: 0, state: 'unconfirmed' }
    : arrivedOnce(channel);
}

/** The provider took it and the process died before it could say so. Who can tell a repeat gets it again, under the same name. */
function handedOver(channel: ChannelName): Ending {
  return blind.has(channel)
    ? { ...arrivedOnce(channel), state: 'unconfirmed' }
    : { ...arrivedOnce(channel), copies: 2 };
}

interface Plan {
  points: string[];
  channels: ChannelName[];
  drive: Drive;
  endings: (channel: ChannelName) => Ending[];
}

const plans: Plan[] = [
  {
    points: ['intake.after-meet', 'intake.before-commit', 'intake.after-commit', 'intake.after-emit'],
    channels: all,
    drive: 'message',
    endings: (channel) => [storedOnce(channel)],
  },
  {
    points: ['webhook.before-store', 'webhook.before-answer'],
    channels: posted,
    drive: 'message',
    endings: (channel) => [storedOnce(channel)],
  },
  {
    points: ['mail.before-store', 'mail.before-answer'],
    channels: ['email'],
    drive: 'message',
    endings: (channel) => [storedOnce(channel)],
  },
  {
    points: ['poller.before-store', 'poller.before-cursor', 'poller.after-cursor'],
    channels: ['telegram'],
    drive: 'message',
    endings: (channel) => [storedOnce(channel)],
  },
  {
    points: ['visitor.before-answer'],
    channels: ['web'],
    drive: 'message',
    endings: (channel) => [storedOnce(channel)],
  },
  {
    points: ['call.before-commit', 'call.after-commit'],
    channels: ['phone'],
    drive: 'message',
    endings: (channel) => [storedOnce(channel)],
  },
  {
    points: ['routing.before-match', 'routing.after-match'],
    channels: all,
    drive: 'message',
    endings: (channel) => [{ ...storedOnce(channel), holds: 1 }],
  },
  {
    points: ['sla.before-commit', 'sla.between-turns'],
    channels: ['sms', 'web', 'phone'],
    drive: 'message',
    endings: (channel) => [{ ...storedOnce(channel), promises: 1 }],
  },
  {
    points: ['reports.before-commit', 'reports.between-turns'],
    channels: ['messages'],
    drive: 'message',
    endings: (channel) => [storedOnce(channel)],
  },
  {
    points: ['attachment.mid-write', 'attachment.before-rename', 'attachment.after-rename'],
    channels: ['email', 'sms', 'telegram', 'messages'],
    drive: 'file',
    endings: (channel) => [{ ...storedOnce(channel), files: oneFile }],
  },
  {
    points: ['media.after-claim', 'media.before-settle', 'media.after-settle'],
    channels: ['sms', 'telegram'],
    drive: 'file',
    endings: (channel) => [{ ...storedOnce(channel), files: oneFile }],
  },
  {
    points: ['reply.before-commit'],
    channels: answered,
    drive: 'reply',
    endings: (channel) => [arrivedOnce(channel)],
  },
  {
    // The commit wakes the relay, which runs beside: it may have come to any point of its own by then.
    points: ['reply.after-commit'],
    channels: answered,
    drive: 'reply',
    endings: (channel) => [arrivedOnce(channel), neverHandedOver(channel), handedOver(channel)],
  },
  {
    // A writer who repeats under the same Idempotency-Key after a crash is served, not told to wait.
    points: ['reply.before-commit'],
    channels: ['web', 'messages'],
    drive: 'keyed reply',
    endings: (channel) => [arrivedOnce(channel)],
  },
  {
    points: ['upload.after-row'],
    channels: ['email', 'telegram', 'web', 'messages'],
    drive: 'reply with file',
    endings: (channel) => [{ ...arrivedOnce(channel), files: oneFile }],
  },
  {
    points: ['delivery.after-claim', 'delivery.before-send'],
    channels: sent,
    drive: 'reply',
    endings: (channel) => [neverHandedOver(channel)],
  },
  {
    points: ['delivery.after-send', 'delivery.before-settle'],
    channels: sent,
    drive: 'reply',
    endings: (channel) => [handedOver(channel)],
  },
  { points: ['delivery.after-settle'], channels: sent, drive: 'reply', endings: (channel) => [arrivedOnce(channel)] },
  {
    points: ['receipt.after-keep', 'receipt.after-raise'],
    channels: ['sms'],
    drive: 'receipt',
    endings: () => [{ rows: 1, shown: 1, copies: 1, state: 'read' }],
  },
  {
    points: ['resend.before-commit'],
    channels: ['sms', 'telegram'],
    drive: 'resend',
    endings: (channel) => [{ rows: 1, shown: 1, answer: 200, copies: 2, distinct: 2, state: settledState(channel) }],
  },
  {
    // Committed, but the agent's client did not hear so: its repeat is refused, for the message is on its way or has arrived. Where the
    // hub died while it was sending, that copy is in doubt as the first was, and whoever asks for another gets another.
    points: ['resend.after-commit'],
    channels: ['sms', 'telegram'],
    drive: 'resend',
    endings: (channel) => [
      { rows: 1, shown: 1, copies: 2, distinct: 2, state: settledState(channel) },
      { rows: 1, shown: 1, copies: 1, distinct: 1, state: 'unconfirmed' },
      { rows: 1, shown: 1, answer: 200, copies: 3, distinct: 3, state: settledState(channel) },
    ],
  },
  {
    points: ['spool.before-write', 'spool.after-write'],
    channels: ['email', ...posted],
    drive: 'spooled',
    endings: (channel) => [storedOnce(channel)],
  },
  {
    points: ['spool.after-replayed', 'spool.before-empty'],
    channels: ['email', ...posted],
    drive: 'spooled, then replayed',
    endings: (channel) => [storedOnce(channel)],
  },
  {
    points: ['migration.before-commit', 'migration.after-all'],
    channels: ['messages'],
    drive: 'migration',
    endings: () => [{}],
  },
];

/** Every named crash point on every channel that reaches it, and how each must end. */
export const crashCells: CrashCell[] = plans.flatMap(({ points, channels, drive, endings }) =>
  points.flatMap((point) => channels.map((channel) => ({ point, channel, drive, endings: endings(channel) }))),
);

/**
 * Points at which no hub dies here, and the specs in which one does: webhooks go to no address of this machine, whatever is allowed, so
 * those specs put another way out in their place; and offers and steps need a queue of their own.
 */
export const shownElsewhere: Readonly<Record<string, string>> = {
  'bot.before-commit': 'test/api/bots-crash.spec.ts',
  'bot.lookup-answered': 'test/api/bots-crash.spec.ts',
  'line.accepted': 'test/api/phone-lines.spec.ts',
  'line.before-commit': 'test/api/phone-lines.spec.ts',
  'transfer.stored': 'test/api/calls-unanswered.spec.ts',
  'offer.before-commit': 'test/api/routing-faults.spec.ts',
  'routing.before-step-commit': 'test/api/routing-faults.spec.ts',
  'backup.before-rename': 'test/api/operations.spec.ts',
  'restore.between-tables': 'test/api/operations.spec.ts',
  'erasure.before-commit': 'test/api/privacy.spec.ts',
  'erasure.before-files': 'test/api/privacy.spec.ts',
  'erasure.before-end': 'test/api/privacy.spec.ts',
  'outreach.before-person-commit': 'test/api/outreach-crash.spec.ts',
  'outreach.after-person-commit': 'test/api/outreach-crash.spec.ts',
  'export.before-part-commit': 'test/api/reports-crash.spec.ts',
  'export.after-part-commit': 'test/api/reports-crash.spec.ts',
  'history.after-read-commit': 'test/api/history-import.spec.ts',
  'history.after-portion-commit': 'test/api/history-import.spec.ts',
  'report-mail.after-claim': 'test/api/reports-crash.spec.ts',
  'report-mail.after-send': 'test/api/reports-crash.spec.ts',
  'rule.before-turn-commit': 'test/api/rules-crash.spec.ts',
  'rule.between-turns': 'test/api/rules-crash.spec.ts',
  'rule.before-run-commit': 'test/api/rules-crash.spec.ts',
  'webhook.before-fan-out-commit': 'test/api/webhooks-crash.spec.ts',
  'webhook.before-post': 'test/api/webhooks-crash.spec.ts',
  'webhook.after-post': 'test/api/webhooks-crash.spec.ts',
};
