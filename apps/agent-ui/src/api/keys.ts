import type { ListFilter, MailGoal } from './hub.js';

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
  /** Asked anew for every mail that comes: `last` is the newest. */
  replyOptions: (conversation: string, goal: MailGoal, last: string) =>
    ['reply-options', conversation, goal, last] as const,
  smsTerms: (channel: string) => ['sms-terms', channel] as const,
  channelHealth: (channel: string) => ['channel-health', channel] as const,
  channelStatus: ['channel-status'] as const,
  channelLog: (channel: string) => ['channel-log', channel] as const,
  calendars: ['calendars'] as const,
  policies: ['policies'] as const,
  webhooks: ['webhooks'] as const,
  webhookLog: (webhook: string) => ['webhook-log', webhook] as const,
  mailDns: (channel: string) => ['mail-dns', channel] as const,
  /** Asked anew after each change: `edited` is the last. */
  revisions: (message: string, edited: string) => ['revisions', message, edited] as const,
  mailPage: (message: string) => ['mail-page', message] as const,
  customers: (search: string) => ['customers', search] as const,
  everySuggestion: ['suggestions'] as const,
  suggestions: (customer: string) => ['suggestions', customer] as const,
  mergePreview: (from: string, into: string) => ['merge-preview', from, into] as const,
  links: (customer: string) => ['links', customer] as const,
  startLinks: (customer: string) => ['start-links', customer] as const,
};
