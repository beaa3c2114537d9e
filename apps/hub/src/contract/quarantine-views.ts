import type { ChannelKind } from './views.js';

/** An event that waits for a better reader or for somebody to look at it. */
export interface QuarantinedEvent {
  id: string;
  channel: { id: string; kind: ChannelKind; name: string };
  receivedAt: string;
  /** In English, from whatever could not take it. */
  why: string;
  bytes: number;
  /** The stub that stands for it on a timeline; null when it is on none. */
  message: { id: string; conversation: string } | null;
}
