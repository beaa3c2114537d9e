/** Everything that one room of the hub tells the others, by name. Names are past tense; payloads carry ids, not rows. */
export interface HubEvents {
  /** An agent's role, queues, sessions or keys changed, or the account was disabled: whatever is open must be checked again. */
  'rights.changed': { agentId: string };
  /** Work waits in a queue: the router may match it. */
  'work.queued': { queueId: string };
  /** An agent may take work: came online, or ended some. */
  'agent.available': { agentId: string };
  /** A message waits to leave. */
  'delivery.queued': { channelId: string };
  /** A channel was made, changed or removed: what is held of it in memory is read again. */
  'channel.changed': { channelId: string };
  /** An address wrote for the first time: somebody may have claimed it before. */
  'address.met': { kind: string; address: string };
}

export type HubEventName = keyof HubEvents;
