import { request } from './request.js';

/** Everything the console asks of the hub about stepping in, one line a call. */
export const intervention = {
  takeOver: (ticket: string, body: { from: string; reason: string }) =>
    request<void>(`/tickets/${ticket}/take-over`, { method: 'POST', body }),
};
