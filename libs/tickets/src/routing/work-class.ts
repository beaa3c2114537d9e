import type { ChannelKind } from '#channels';

/** How much of an agent a piece of work takes: a class with its own cap, and units of the common budget of 100. */
export type WorkClass = 'voice' | 'chat' | 'async';

export interface WorkSize {
  class: WorkClass;
  /** Units of an agent's budget. */
  weight: number;
}

export const workSizes: Record<WorkClass, WorkSize> = {
  voice: { class: 'voice', weight: 100 },
  chat: { class: 'chat', weight: 30 },
  async: { class: 'async', weight: 5 },
};

/** What a message on this channel asks of an agent. A logged call is a thing to follow up, not a voice on the line. */
export function workSizeOf(channel: ChannelKind): WorkSize {
  return channel === 'web' || channel === 'telegram' ? workSizes.chat : workSizes.async;
}
