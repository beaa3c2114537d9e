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
  load: ['load'] as const,
  everyPlace: ['place'] as const,
  /** Asked anew after each change: `version` is the ticket's. */
  place: (ticket: string, version: number) => ['place', ticket, version] as const,
  explain: (ticket: string) => ['explain', ticket] as const,
  everyCallback: ['callbacks'] as const,
  /** Asked anew when the timeline tells of it: `news` is the last line that does. */
  callbacks: (ticket: string, news: string | null) => ['callbacks', ticket, news] as const,
  queueWaiting: (queue: string) => ['queue-waiting', queue] as const,
  calendars: ['calendars'] as const,
  policies: ['policies'] as const,
  queueSettings: (queue: string) => ['queue-settings', queue] as const,
  queueContents: (queue: string) => ['queue-contents', queue] as const,
  agentSettings: ['agent-settings'] as const,
  skills: ['skills'] as const,
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
