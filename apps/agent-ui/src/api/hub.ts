import type {
  AfterSendView,
  AgentStatus,
  AgentView,
  AttemptView,
  CallView,
  ChannelCheckView,
  ChannelHealthView,
  ChannelKind,
  ChannelTestView,
  ChannelView,
  ConversationView,
  ListRow,
  MessageView,
  MeView,
  Preferences,
  Page,
  QueueView,
  RevisionView,
  TicketState,
  TicketView,
} from '#contract';
import { query, request } from './request.js';
import { readBlockedImages } from './mail-pages.js';

export type ViewName =
  | 'mine'
  | 'unassigned'
  | 'open'
  | 'waiting'
  | 'overdue'
  | 'following'
  | 'mentions'
  | 'drafts'
  | 'snoozed'
  | 'solved'
  | 'all';

/** A saved view, as it stands in the address. */
export type SavedName = `v-${string}`;

/** What the list shows: a view, narrowed to one queue or not. */
export interface ListFilter {
  view: ViewName | SavedName;
  queue: string | null;
}

/** A message as its author sends it. `id` is the author's own: sending it again changes nothing. */
export interface Outgoing {
  id: string;
  kind: 'text' | 'note';
  body: string;
  channelId?: string;
  identityId?: string;
  threadId?: string;
  subject?: string;
  cc?: string[];
  bcc?: string[];
  /** Repeat the thread below the answer. */
  quote?: boolean;
  ticketId?: string;
  attachmentIds?: string[];
  /** The latest message that the writer had before them; a colleague's answer behind it is asked about. */
  seen?: string;
  /** What becomes of its ticket in the moment in which it leaves. */
  afterwards?: AfterSendView;
}

/** What an SMS of a channel costs; null where nobody wrote a price down. */
export interface SmsTerms {
  price: { perSegment: number; currency: string } | null;
}

/** What an answer by mail starts from. */
export interface ReplyOptions {
  subject: string | null;
  from: { address: string; name: string };
  to: string;
  /** Everybody else whom the last mail of the customer was addressed to. */
  replyAll: string[];
  quote: boolean;
}

/** Where a thread of mails is to be read: its person's conversation, and its newest mail there. */
export interface ThreadPlace {
  conversation: string;
  subject: string;
  message: { id: string; at: string };
}

/** A record that a mail domain publishes, and what DNS says of it now. */
export interface MailDnsRecord {
  purpose: 'spf' | 'dkim' | 'dmarc' | 'mx' | 'return_path';
  name: string;
  type: 'TXT' | 'MX' | 'CNAME';
  /** '' while nobody can say. */
  value: string;
  status: 'ok' | 'missing' | 'different' | 'unknown';
  found: string[];
}

export interface MailDns {
  domain: string;
  records: MailDnsRecord[];
}

/** Where a mail goes, and which thread it continues. */
export interface MailGoal {
  channelId: string;
  identityId: string;
  threadId: string | null;
}

export interface LoggedCall {
  direction: CallView['direction'];
  address: string;
  startedAt: string;
  durationSeconds: number;
  outcome: NonNullable<CallView['outcome']>;
  note: string;
  /** The key of one of the organisation's own outcomes. */
  disposition?: string;
  /** Somebody is to go on with it. */
  followUp?: boolean;
  ticketId?: string;
}

export interface TicketChange {
  version: number;
  state?: TicketState;
  /** One of the organisation's own names; null: none. */
  stateNameId?: string | null;
  priority?: TicketView['priority'];
  tags?: string[];
  subject?: string;
  queueId?: string;
}

export interface ChannelDraft {
  kind: ChannelKind;
  name: string;
  queueId: string | null;
  enabled?: boolean;
  config: Record<string, unknown>;
  /** Only those typed anew: the hub keeps what it has. */
  secrets: Record<string, string>;
}

const pageSize = 50;

/** Everything the console asks of the hub, one line a call. */
export const hub = {
  setup: () => request<{ needed: boolean }>('/setup'),
  setUp: (owner: { token: string; email: string; name: string; password: string; locale: MeView['locale'] }) =>
    request<MeView>('/setup', { method: 'POST', body: owner }),
  signOut: () => request<void>('/session', { method: 'DELETE', alwaysAsks: true }),
  /** Why nobody is signed in here any more. */
  sessionEnd: () =>
    request<{ reason: 'none' | 'over' | 'switched_off' | 'other' }>('/session/end', { alwaysAsks: true }),
  me: (signal?: AbortSignal) => request<MeView>('/me', { signal }),
  changeMe: (change: {
    locale?: MeView['locale'];
    status?: AgentStatus;
    phone?: MeView['phone'];
    preferences?: Partial<Preferences>;
    currentPassword?: string;
    newPassword?: string;
  }) => request<MeView>('/me', { method: 'PATCH', body: change }),

  queues: () => request<QueueView[]>('/queues'),
  agents: () => request<AgentView[]>('/agents'),
  channels: () => request<ChannelView[]>('/channels'),
  addChannel: (draft: ChannelDraft) => request<ChannelView>('/channels', { method: 'POST', body: draft }),
  changeChannel: (id: string, change: Partial<Omit<ChannelDraft, 'kind'>>) =>
    request<ChannelView>(`/channels/${id}`, { method: 'PATCH', body: change }),
  checkChannel: (id: string) => request<ChannelCheckView>(`/channels/${id}/check`, { method: 'POST' }),
  sendTest: (id: string, to: string) =>
    request<ChannelTestView>(`/channels/${id}/test-message`, { method: 'POST', body: { to } }),
  channelHealth: (id: string) => request<ChannelHealthView>(`/channels/${id}/health`),
  mailDns: (id: string) => request<MailDns>(`/channels/${id}/dns`),
  makeDkimKey: (id: string, selector: string) =>
    request<MailDns>(`/channels/${id}/dkim`, { method: 'POST', body: { selector } }),
  removeChannel: (id: string) => request<void>(`/channels/${id}`, { method: 'DELETE' }),
  demo: () => request<{ present: boolean }>('/demo'),
  removeDemo: () => request<void>('/demo', { method: 'DELETE' }),

  rows: ({ view, queue }: ListFilter, before: string | null, signal?: AbortSignal) =>
    request<Page<ListRow>>(`/conversations${query({ ...listOf(view), queue, before, limit: pageSize })}`, { signal }),
  /** Of these tickets, those that the view shows: one that is saved, 'waiting' or 'overdue'. */
  rowsAmong: ({ view, queue }: ListFilter, tickets: readonly string[]) =>
    request<Page<ListRow>>(`/conversations${query({ ...listOf(view), queue, tickets: tickets.join() })}`),
  conversation: (id: string, signal?: AbortSignal) => request<ConversationView>(`/conversations/${id}`, { signal }),
  olderMessages: (id: string, before: string, limit = pageSize) =>
    request<Page<MessageView>>(`/conversations/${id}/messages${query({ before, limit })}`),
  send: (conversation: string, message: Outgoing) =>
    request<MessageView>(`/conversations/${conversation}/messages`, { method: 'POST', body: message, key: message.id }),
  attempts: (id: string, signal?: AbortSignal) => request<AttemptView[]>(`/messages/${id}/attempts`, { signal }),
  replyOptions: (conversation: string, goal: MailGoal, signal?: AbortSignal) =>
    request<ReplyOptions>(`/conversations/${conversation}/reply-options${query({ ...goal })}`, { signal }),
  smsTerms: (channel: string, signal?: AbortSignal) => request<SmsTerms>(`/channels/${channel}/sms-terms`, { signal }),
  resend: (conversation: string, message: Pick<MessageView, 'conversation' | 'seq'>, key: string) =>
    request<MessageView>(`${messagePath(conversation, message)}/resend${query({ part: message.conversation })}`, {
      method: 'POST',
      key,
    }),
  logCall: (conversation: string, call: LoggedCall, key: string) =>
    request<MessageView>(`/conversations/${conversation}/calls`, { method: 'POST', body: call, key }),
  revisions: (id: string, signal?: AbortSignal) => request<RevisionView[]>(`/messages/${id}/revisions`, { signal }),
  blockedImages: (id: string, signal?: AbortSignal) => readBlockedImages(id, signal),
  threadPlace: (id: string) => request<ThreadPlace>(`/threads/${id}/place`),
  read: (person: string, upTo: { conversation: string; seq: number }) =>
    request<void>(`/conversations/${person}/read`, { method: 'POST', body: upTo }),

  openTicket: (conversation: string, ticket: { subject: string; queueId: string }, key: string) =>
    request<TicketView>(`/conversations/${conversation}/tickets`, { method: 'POST', body: ticket, key }),
  changeTicket: (id: string, change: TicketChange) =>
    request<TicketView>(`/tickets/${id}`, { method: 'PATCH', body: change }),
  /** `expected` is the owner this reader saw: whoever comes second hears `already_taken`. */
  assign: (id: string, agentId: string | null, expected: string | null) =>
    request<TicketView>(`/tickets/${id}/assignment`, { method: 'POST', body: { agentId, expected } }),
};

export function isSaved(view: string): view is SavedName {
  return view.startsWith('v-');
}

function listOf(view: ListFilter['view']) {
  return isSaved(view) ? { saved: view.slice(2) } : { view };
}

function messagePath(conversation: string, { seq }: Pick<MessageView, 'seq'>): string {
  return `/conversations/${conversation}/messages/${seq}`;
}
