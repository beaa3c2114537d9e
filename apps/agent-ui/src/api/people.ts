import type {
  CustomerLinkView,
  CustomerView,
  IdentityKind,
  MergePreview,
  Page,
  StartLinkView,
  SuggestionsView,
} from '#contract';
import { query, request } from './request.js';

/** A customer, and the conversation they are opened by. */
export type FoundCustomer = CustomerView & { conversation: string };

/** Whose value stays: that of the customer who is merged, or of the one on top. */
export type Side = MergePreview['conflicts'][number]['chosen'];

export interface MergeChoices {
  name?: Side;
  locale?: Side;
  tier?: Side;
  tz?: Side;
  /** Custom fields by their names. */
  fields?: Record<string, Side>;
}

/** Whom the list of customers shows. */
export interface CustomerFilter {
  search: string;
  tier?: number | undefined;
  blocked?: 'yes' | undefined;
}

/** Somebody who never wrote, with the ticket to write them under. */
export interface NewCustomer {
  name: string;
  locale: 'en' | 'fa';
  email?: string;
  phone?: string;
  subject: string;
  queueId: string;
  /** Also where somebody has such an address already. */
  evenIfKnown: boolean;
}

export interface MergeOrder {
  into: string;
  choices: MergeChoices;
  reason: string;
}

/** Everything the console asks of the hub about who is who, one line a call. Ids are customers' unless a name says otherwise. */
export const people = {
  find: (search: string, signal?: AbortSignal) =>
    request<Page<FoundCustomer>>(`/customers${query({ search })}`, { signal }),
  list: ({ search, tier, blocked }: CustomerFilter, before: string | null, signal?: AbortSignal) =>
    request<Page<FoundCustomer>>(
      `/customers${query({ search, tier: tier === undefined ? null : String(tier), blocked, before, limit: 50 })}`,
      { signal },
    ),
  /** The few who fit best, for who is still typing. */
  few: (search: string, signal?: AbortSignal) =>
    request<Page<FoundCustomer>>(`/customers${query({ search, limit: 6 })}`, { signal }),
  open: (customer: NewCustomer, key: string) =>
    request<FoundCustomer & { ticket: string }>('/customers', { method: 'POST', body: customer, key }),
  get: (id: string, signal?: AbortSignal) => request<FoundCustomer>(`/customers/${id}`, { signal }),
  rename: (id: string, name: string) => request<CustomerView>(`/customers/${id}`, { method: 'PATCH', body: { name } }),
  setTier: (id: string, tier: number) => request<CustomerView>(`/customers/${id}`, { method: 'PATCH', body: { tier } }),

  claim: (id: string, identity: { kind: IdentityKind; address: string }) =>
    request<CustomerView>(`/customers/${id}/identities`, { method: 'POST', body: identity }),
  confirm: (id: string, claim: string) =>
    request<CustomerView>(`/customers/${id}/claims/${claim}/confirm`, { method: 'POST' }),
  dismissClaim: (id: string, claim: string) =>
    request<CustomerView>(`/customers/${id}/claims/${claim}`, { method: 'DELETE' }),
  share: (id: string, identity: string, shared: boolean) =>
    request<CustomerView>(`/customers/${id}/identities/${identity}`, { method: 'PATCH', body: { shared } }),
  retire: (id: string, identity: string) =>
    request<CustomerView>(`/customers/${id}/identities/${identity}`, { method: 'DELETE' }),
  liftSuppression: (id: string, identity: string) =>
    request<CustomerView>(`/customers/${id}/identities/${identity}/suppression`, { method: 'DELETE' }),

  suggestions: (id: string, signal?: AbortSignal) =>
    request<SuggestionsView>(`/customers/${id}/suggestions`, { signal }),
  dismissSuggestion: (id: string, customer: string) =>
    request<void>(`/customers/${id}/suggestions/dismiss`, { method: 'POST', body: { customer } }),
  previewMerge: (id: string, into: string, signal?: AbortSignal) =>
    request<MergePreview>(`/customers/${id}/merge-preview`, { method: 'POST', body: { into }, signal }),
  merge: (id: string, order: MergeOrder) =>
    request<CustomerView>(`/customers/${id}/merge`, { method: 'POST', body: order }),
  /** `root` is the customer it was seen merged into: another one means that things moved meanwhile. */
  undoMerge: (id: string, root: string) =>
    request<CustomerView>(`/customers/${id}/merge?root=${root}`, { method: 'DELETE' }),

  block: (id: string, reason: string) =>
    request<CustomerView>(`/customers/${id}/block`, { method: 'POST', body: { reason } }),
  unblock: (id: string) => request<CustomerView>(`/customers/${id}/block`, { method: 'DELETE' }),

  links: (id: string, signal?: AbortSignal) => request<CustomerLinkView[]>(`/customers/${id}/links`, { signal }),
  makeLink: (id: string, link: { identityId: string; hours: number }) =>
    request<CustomerLinkView>(`/customers/${id}/links`, { method: 'POST', body: link }),
  revokeLink: (id: string, link: string) => request<void>(`/customers/${id}/links/${link}`, { method: 'DELETE' }),
  startLinks: (id: string, signal?: AbortSignal) =>
    request<StartLinkView[]>(`/customers/${id}/start-links`, { signal }),
  makeStartLink: (id: string, link: { channelId: string; hours: number }) =>
    request<StartLinkView>(`/customers/${id}/start-links`, { method: 'POST', body: link }),
  revokeStartLink: (id: string, link: string) =>
    request<void>(`/customers/${id}/start-links/${link}`, { method: 'DELETE' }),
};
