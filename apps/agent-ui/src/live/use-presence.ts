import type { PresenceFrame } from '#contract';
import { useLiveState } from './live-state.js';

const nobody: PresenceFrame['agents'] = [];

/** Teammates who are in a conversation now, without the reader. */
export function useTeammates(conversation: string, readerId: string): PresenceFrame['agents'] {
  const agents = useLiveState(({ presence }) => presence[conversation]) ?? nobody;
  return agents.filter(({ id }) => id !== readerId);
}

export function useCustomerIsTyping(conversation: string): boolean {
  return useLiveState(({ typing }) => Boolean(typing[conversation]));
}
