import type { ListFilter } from './hub.js';

/** The names of what is cached. The live client patches by these, so they are written here and nowhere else. */
export const keys = {
  setup: ['setup'] as const,
  me: ['me'] as const,
  queues: ['queues'] as const,
  agents: ['agents'] as const,
  channels: ['channels'] as const,
  demo: ['demo'] as const,
  everyList: ['rows'] as const,
  list: (filter: ListFilter) => ['rows', filter] as const,
  everyConversation: ['conversation'] as const,
  conversation: (id: string) => ['conversation', id] as const,
  customers: (search: string) => ['customers', search] as const,
};
