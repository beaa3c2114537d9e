/** `alone`: nobody of ours may hear of it · `team`: the tester lets it ring those it would ring. */
export type Trial = 'alone' | 'team';

const beginnings: Record<Trial, string> = { alone: 'try ', team: 'try-team ' };

/** Names the call of a tester's telephone. No provider gives a call such an id. */
export function trialCallId(trial: Trial, id: string): string {
  return `${beginnings[trial]}${id}`;
}

/** Whether a call was made by a tester's telephone, and whom it may reach; null for a real one. */
export function trialOf(callId: string): Trial | null {
  return (['alone', 'team'] as const).find((trial) => callId.startsWith(beginnings[trial])) ?? null;
}
