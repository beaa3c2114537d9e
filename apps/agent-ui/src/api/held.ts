import type { HeldMessageView } from '#contract';
import type { Outgoing } from './hub.js';
import { request } from './request.js';

/** Messages that can be taken back for some seconds, one line a call. */
export const held = {
  hold: (person: string, message: Outgoing, seconds: number) =>
    request<HeldMessageView>(`/conversations/${person}/held-messages`, {
      method: 'POST',
      body: { ...message, seconds },
      key: message.id,
    }),
  list: () => request<HeldMessageView[]>('/me/held-messages'),
  /** `anyway`: also where a colleague has answered since; `alone`: its ticket stays as it is. */
  sendNow: (id: string, how: { anyway?: boolean; alone?: boolean } = {}) =>
    request<HeldMessageView>(`/held-messages/${id}/send`, { method: 'POST', body: how }),
  takeBack: (id: string) => request<HeldMessageView>(`/held-messages/${id}`, { method: 'DELETE' }),
};
