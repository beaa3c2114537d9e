import type { TicketView } from '#contract';
import type { ListFilter, MailGoal } from './hub.js';

type TicketStanding = Pick<TicketView, 'id' | 'state' | 'parentId' | 'mergedInto'>;

/** The names of what is cached. The live client patches by these, so they are written here and nowhere else. */
export const keys = {
  setup: ['setup'] as const,
  start: ['start'] as const,
  me: ['me'] as const,
  queues: ['queues'] as const,
  agents: ['agents'] as const,
  channels: ['channels'] as const,
  demo: ['demo'] as const,
  notices: ['notices'] as const,
  unreadNotices: ['notices-unread'] as const,
  views: ['views'] as const,
  viewCounts: ['view-counts'] as const,
  board: ['board'] as const,
  steeringAnywhere: ['steering'] as const,
  everySteering: (person: string) => ['steering', person] as const,
  /** Asked anew when the work goes to somebody else: `standing` says who has it. */
  steering: (person: string, standing: string) => ['steering', person, standing] as const,
  everyWatch: ['watch'] as const,
  watch: (person: string) => ['watch', person] as const,
  unseenWhispers: ['unseen-whispers'] as const,
  hands: ['hands'] as const,
  steeringRules: ['steering-rules'] as const,
  everyList: ['rows'] as const,
  draftList: ['rows', { view: 'drafts' }] as const,
  list: (filter: ListFilter) => ['rows', filter] as const,
  search: (q: string) => ['search', q] as const,
  customerSearch: (q: string) => ['customer-search', q] as const,
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
  liveCall: ['live-call'] as const,
  /** Asked anew after each change of the call's message. */
  callRecordings: (conversation: string, seq: number, rev: number) =>
    ['call-recordings', conversation, seq, rev] as const,
  recordingListens: (recording: string) => ['recording-listens', recording] as const,
  prompts: ['prompts'] as const,
  recordingPolicy: (of: string) => ['recording-policy', of] as const,
  everyPlace: ['place'] as const,
  /** Asked anew after each change: `version` is the ticket's. */
  place: (ticket: string, standing: string) => ['place', ticket, standing] as const,
  explain: (ticket: string) => ['explain', ticket] as const,
  stateNames: ['state-names'] as const,
  everyTicketKin: ['ticket-kin'] as const,
  /** Asked anew when the ticket itself became something else. */
  ticketKin: ({ id, state, parentId, mergedInto }: TicketStanding) =>
    ['ticket-kin', id, state, parentId, mergedInto] as const,
  ticketMerge: (ticket: string, into: string) => ['ticket-kin', 'merge', ticket, into] as const,
  everyBot: ['bot'] as const,
  /** Asked anew when the timeline tells of it: `news` is the last line that does. */
  bot: (conversation: string, news: string | null) => ['bot', conversation, news] as const,
  everyCallback: ['callbacks'] as const,
  /** Asked anew when the timeline tells of it: `news` is the last line that does. */
  callbacks: (ticket: string, news: string | null) => ['callbacks', ticket, news] as const,
  outreach: ['outreach'] as const,
  segments: ['segments'] as const,
  contactWishes: (conversation: string) => ['contact-wishes', conversation] as const,
  outreachLimits: ['outreach-limits'] as const,
  /** Asked anew after each change: `version` is the outreach's. */
  outreachPreview: (outreach: string, version: number) => ['outreach-preview', outreach, version] as const,
  /** Asked anew once it is in another state: `changed` is when it came there. */
  outreachFigures: (outreach: string, changed: string) => ['outreach-figures', outreach, changed] as const,
  outreachPeople: (outreach: string, changed: string, state: string | null) =>
    ['outreach-people', outreach, changed, state] as const,
  ticketFields: ['ticket-fields'] as const,
  everyProperties: ['ticket-properties'] as const,
  /** Asked anew after each change: `version` is the ticket's. */
  properties: (ticket: string, version: number) => ['ticket-properties', ticket, version] as const,
  everyTag: ['tags'] as const,
  tags: (search: string | null) => ['tags', search] as const,
  queueTickets: (queue: string) => ['queue-tickets', queue] as const,
  queueWaiting: (queue: string) => ['queue-waiting', queue] as const,
  calendars: ['calendars'] as const,
  policies: ['policies'] as const,
  rules: ['rules'] as const,
  ruleLog: (rule: string) => ['rule-log', rule] as const,
  queueSettings: (queue: string) => ['queue-settings', queue] as const,
  queueContents: (queue: string) => ['queue-contents', queue] as const,
  agentSettings: ['agent-settings'] as const,
  accountRules: ['account-rules'] as const,
  ownSessions: ['own-sessions'] as const,
  ownIdentities: ['own-identities'] as const,
  signInWays: ['sign-in-ways'] as const,
  signInSettings: ['sign-in-settings'] as const,
  secondFactor: ['second-factor'] as const,
  skills: ['skills'] as const,
  webhooks: ['webhooks'] as const,
  ownRoles: ['own-roles'] as const,
  apiKeys: ['api-keys'] as const,
  audit: ['audit'] as const,
  system: ['system'] as const,
  systemAlarm: ['system', 'alarm'] as const,
  webhookLog: (webhook: string) => ['webhook-log', webhook] as const,
  mailDns: (channel: string) => ['mail-dns', channel] as const,
  /** Asked anew after each change: `edited` is the last. */
  revisions: (message: string, edited: string) => ['revisions', message, edited] as const,
  mailPage: (message: string) => ['mail-page', message] as const,
  customer: (id: string) => ['customers', 'one', id] as const,
  customerList: (filter: object) => ['customers', 'list', filter] as const,
  fewCustomers: (search: string) => ['customers', 'few', search] as const,
  customers: (search: string) => ['customers', search] as const,
  everySuggestion: ['suggestions'] as const,
  suggestions: (customer: string) => ['suggestions', customer] as const,
  mergePreview: (from: string, into: string) => ['merge-preview', from, into] as const,
  links: (customer: string) => ['links', customer] as const,
  startLinks: (customer: string) => ['start-links', customer] as const,
  surveys: ['surveys'] as const,
  /** Asked anew when the timeline tells of it: `news` is the last line that does. */
  ticketSurveys: (ticket: string, news: string) => ['ticket-surveys', ticket, news] as const,
  surveySummary: (filter: object) => ['survey-summary', filter] as const,
  surveyAnswers: (filter: object) => ['survey-answers', filter] as const,
};
