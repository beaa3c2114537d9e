import type {
  DryRunView,
  Page,
  RuleActionView,
  RuleConditionView,
  RuleEventView,
  RuleRunView,
  RuleView,
} from '#contract';
import { query, request } from './request.js';

/** What a rule says. */
export interface RuleTerms {
  event: RuleEventView;
  conditions: RuleConditionView;
  actions: RuleActionView[];
  stops: boolean;
  maxPerHour: number;
}

export interface RuleChange {
  version: number;
  name?: string;
  enabled?: boolean;
  terms?: RuleTerms;
}

/** Rules, what they did and what they would have done, one line a call. */
export const rules = {
  list: (signal?: AbortSignal) => request<RuleView[]>('/rules', { signal }),
  add: (rule: RuleTerms & { name: string; enabled: boolean }) =>
    request<RuleView>('/rules', { method: 'POST', body: rule }),
  change: (id: string, change: RuleChange) => request<RuleView>(`/rules/${id}`, { method: 'PATCH', body: change }),
  remove: (id: string) => request<void>(`/rules/${id}`, { method: 'DELETE' }),
  order: (ids: string[]) => request<RuleView[]>('/rules/order', { method: 'PUT', body: { ids } }),
  dryRun: (terms: RuleTerms, ruleId: string | null, over: { events: number; days: number }) =>
    request<DryRunView>('/rules/dry-run', { method: 'POST', body: { terms, over, ...(ruleId && { ruleId }) } }),
  log: (id: string, before: string | null, signal?: AbortSignal) =>
    request<Page<RuleRunView>>(`/rules/${id}/log${query({ before, limit: 20 })}`, { signal }),
};
