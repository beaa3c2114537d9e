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

/** Whoever looks for a person finds them in another from now on. */
export function noteMerge(from: string, into: string): void {
  useLiveState.setState(({ mergedInto }) => ({ mergedInto: { ...mergedInto, [from]: into } }));
}

/** A person who speaks for themselves again is no longer to be looked for in another. */
export function forgetMerge(person: string): void {
  const { mergedInto } = useLiveState.getState();
  if (person in mergedInto) {
    const others = Object.entries(mergedInto).filter(([from]) => from !== person);
    useLiveState.setState({ mergedInto: Object.fromEntries(others) });
  }
}
