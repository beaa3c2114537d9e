/** What agents see of a bot that talks, or talked, with a customer. Instants are ISO 8601 strings in UTC; ids are UUIDs. */
export interface BotSessionView {
  id: string;
  /** `active`: waits for the customer · `waiting`: waits for an answer from elsewhere · `handed_off`: people have it. */
  status: 'active' | 'waiting' | 'handed_off' | 'ended' | 'failed';
  script: { id: string; name: string; version: number };
  channel: string;
  locale: string;
  startedAt: string;
  endedAt: string | null;
  handedOffAt: string | null;
  /** Why people have it, or why it failed; '' while it talks. */
  reason: string;
  outcome: 'resolved' | 'unresolved' | 'abandoned' | 'handed_off' | null;
  turns: number;
  /** The node that waits, or spoke last. */
  node: string | null;
  /** What was learned; what is secret is masked. */
  variables: { name: string; value: unknown }[];
  /** The nodes that were walked through, oldest first. */
  path: { node: string; at: string }[];
  /** What was not understood last, oldest first. */
  misses: { node: string; text: string; at: string }[];
  /** An agent may give the conversation back to it now. */
  mayReturn: boolean;
}
