import type { ChannelRecordingView, QueueRecordingView } from '#contract';
import type { RecordingPolicy } from './consent-steps.js';

const usualDays = 90;

/** What a queue says of recording, with what it leaves out: nothing is recorded unless somebody says so. */
export function queueTerms(stored: Partial<QueueRecordingView>): QueueRecordingView {
  return { mode: stored.mode ?? 'off', keepDays: stored.keepDays === undefined ? usualDays : stored.keepDays };
}

/** What is stored of a line's word. `declared`: who said when that callers are told elsewhere. */
export type StoredLine = Partial<ChannelRecordingView> & { declared?: string };

/** What a line says of recording; it leaves that to the queue unless somebody says otherwise. */
export function channelTerms(stored: Partial<ChannelRecordingView>): ChannelRecordingView {
  return { mode: stored.mode ?? 'queue', keepDays: stored.keepDays === undefined ? usualDays : stored.keepDays };
}

/** What counts for a call: its line's own word where that has one, else its queue's, else nothing is recorded. */
export function policyOf(channel: StoredLine | null, queue: Partial<QueueRecordingView> | null): RecordingPolicy {
  const { mode, keepDays } = channelTerms(channel ?? {});
  if (mode === 'queue') {
    return queueTerms(queue ?? {});
  }
  // Where Peyk itself speaks, only what it says counts.
  return { mode: mode === 'elsewhere' ? 'off' : mode, keepDays };
}

/** By whose word callers are told on a line on which Peyk does not speak; null: by nobody's. */
export function declaredOn(channel: StoredLine | null): string | null {
  return channel?.mode === 'elsewhere' ? (channel.declared ?? null) : null;
}
