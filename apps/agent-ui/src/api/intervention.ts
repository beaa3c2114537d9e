import type { AgentStatus, AgentWorkView, BulkRunView } from '#contract';
import { request } from './request.js';

/** What a supervisor may set: whether somebody is there is not theirs to say. */
export type ForcedStatus = Exclude<AgentStatus, 'offline'>;

/** Everything the console asks of the hub about stepping in, one line a call. */
export const intervention = {
  takeOver: (ticket: string, body: { from: string; reason: string }) =>
    request<void>(`/tickets/${ticket}/take-over`, { method: 'POST', body }),
  work: (agent: string, signal?: AbortSignal) => request<AgentWorkView>(`/agents/${agent}/work`, { signal }),
  handOver: (agent: string, body: { id: string; to: string | null }) =>
    request<BulkRunView>(`/agents/${agent}/hand-over`, { method: 'POST', body }),
  setStatus: (agent: string, body: { status: ForcedStatus; reason: string }) =>
    request<void>(`/agents/${agent}/status`, { method: 'PUT', body }),
};
