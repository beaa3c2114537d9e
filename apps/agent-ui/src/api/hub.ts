import type {
  AgentStatus,
  AgentView,
  CallView,
  ChannelKind,
  ChannelView,
  ConversationView,
  CustomerView,
  IdentityKind,
  ListRow,
  MessageView,
  MeView,
  Page,
  QueueView,
  TicketState,
  TicketView,
} from '#contract';
import { query, request } from './request.js';

export type ViewName = 'mine' | 'unassigned' | 'open' | 'solved' | 'all';

/** What the list shows: a view, narrowed to one queue or not. */
export interface ListFilter {
  view: ViewName;
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
  ticketId?: string;
  attachmentIds?: string[];
}

export interface LoggedCall {
  direction: CallView['direction'];
  address: string;
  startedAt: string;
  durationSeconds: number;
  outcome: NonNullable<CallView['outcome']>;
  note: string;
}

export interface TicketChange {
  version: number;
  state?: TicketState;
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
  signIn: (credentials: { email: string; password: string }) =>
    request<MeView>('/session', { method: 'POST', body: credentials }),
  signOut: () => request<void>('/session', { method: 'DELETE' }),
  me: () => request<MeView>('/me'),
  changeMe: (change: { locale?: MeView['locale']; status?: AgentStatus }) =>
    request<MeView>('/me', { method: 'PATCH', body: change }),

  queues: () => request<QueueView[]>('/queues'),
  agents: () => request<AgentView[]>('/agents'),
  channels: () => request<ChannelView[]>('/channels'),
  addChannel: (draft: ChannelDraft) => request<ChannelView>('/channels', { method: 'POST', body: draft }),
  changeChannel: (id: string, change: Partial<ChannelDraft>) =>
    request<ChannelView>(`/channels/${id}`, { method: 'PATCH', body: change }),
  removeChannel: (id: string) => request<void>(`/channels/${id}`, { method: 'DELETE' }),
  demo: () => request<{ present: boolean }>('/demo'),
  removeDemo: () => request<void>('/demo', { method: 'DELETE' }),

  rows: ({ view, queue }: ListFilter, before: string | null, signal?: AbortSignal) =>
    request<Page<ListRow>>(`/conversations${query({ view, queue, before, limit: pageSize })}`, { signal }),
  conversation: (id: string, signal?: AbortSignal) => request<ConversationView>(`/conversations/${id}`, { signal }),
  olderMessages: (id: string, before: string) =>
    request<Page<MessageView>>(`/conversations/${id}/messages${query({ before, limit: pageSize })}`),
  send: (conversation: string, message: Outgoing) =>
    request<MessageView>(`/conversations/${conversation}/messages`, { method: 'POST', body: message, key: message.id }),
  resend: (conversation: string, message: Pick<MessageView, 'conversation' | 'seq'>, key: string) =>
    request<MessageView>(`${messagePath(conversation, message)}/resend${query({ part: message.conversation })}`, {
      method: 'POST',
      key,
    }),
  moveMessage: (conversation: string, message: Pick<MessageView, 'conversation' | 'seq'>, ticketId: string) =>
    request<MessageView>(`${messagePath(conversation, message)}/ticket`, {
      method: 'POST',
      body: { ticketId, part: message.conversation },
    }),
  logCall: (conversation: string, call: LoggedCall, key: string) =>
    request<MessageView>(`/conversations/${conversation}/calls`, { method: 'POST', body: call, key }),
  read: (person: string, upTo: { conversation: string; seq: number }) =>
    request<void>(`/conversations/${person}/read`, { method: 'POST', body: upTo }),

  openTicket: (conversation: string, ticket: { subject: string; queueId: string }, key: string) =>
    request<TicketView>(`/conversations/${conversation}/tickets`, { method: 'POST', body: ticket, key }),
  changeTicket: (id: string, change: TicketChange) =>
    request<TicketView>(`/tickets/${id}`, { method: 'PATCH', body: change }),
  /** `expected` is the owner this reader saw: whoever comes second hears `already_taken`. */
  assign: (id: string, agentId: string | null, expected: string | null) =>
    request<TicketView>(`/tickets/${id}/assignment`, { method: 'POST', body: { agentId, expected } }),

  customers: (search: string, signal?: AbortSignal) =>
    request<Page<CustomerView>>(`/customers${query({ search })}`, { signal }),
  renameCustomer: (id: string, name: string) =>
    request<CustomerView>(`/customers/${id}`, { method: 'PATCH', body: { name } }),
  addIdentity: (id: string, identity: { kind: IdentityKind; address: string }) =>
    request<unknown>(`/customers/${id}/identities`, { method: 'POST', body: identity }),
  merge: (id: string, into: string) => request<unknown>(`/customers/${id}/merge`, { method: 'POST', body: { into } }),
  unmerge: (id: string) => request<unknown>(`/customers/${id}/merge`, { method: 'DELETE' }),
};

function messagePath(conversation: string, { seq }: Pick<MessageView, 'seq'>): string {
  return `/conversations/${conversation}/messages/${seq}`;
}
