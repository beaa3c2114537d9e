import type { BotSessionView } from '#contract';
import { request } from './request.js';

/** The bot that talks, or talked, with a customer. */
export const bots = {
  latest: (conversation: string, signal?: AbortSignal) =>
    request<{ session: BotSessionView | null }>(`/conversations/${conversation}/bot`, { signal }),
  giveBack: (conversation: string) =>
    request<BotSessionView>(`/conversations/${conversation}/bot/return`, { method: 'POST' }),
};
