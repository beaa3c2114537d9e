import { create } from 'zustand';
import type { PresenceFrame } from '#contract';

interface LiveState {
  link: 'connecting' | 'up' | 'down';
  storage: 'up' | 'down';
  /** Teammates by conversation, this reader among them. */
  presence: Record<string, PresenceFrame['agents']>;
  /** Customers who are typing, and until when that may be believed. */
  typing: Record<string, number>;
  /** Where a conversation went when two customers became one. */
  mergedInto: Record<string, string>;
}

/** What is true now and nowhere stored: it is empty again after a reload. */
export const useLiveState = create<LiveState>()(() => ({
  link: 'connecting',
  storage: 'up',
  presence: {},
  typing: {},
  mergedInto: {},
}));
