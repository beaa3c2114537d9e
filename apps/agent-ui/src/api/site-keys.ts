import type { NewSiteKeyView, SiteKeyView } from '#contract';
import { request } from './request.js';

const path = (channelId: string): string => `/channels/${channelId}/site-keys`;

/** The keys by which a site proves to its chat who is signed in there. */
export const siteKeys = {
  key: (channelId: string) => ['site-keys', channelId] as const,
  list: (channelId: string) => request<SiteKeyView[]>(path(channelId)),
  add: (channelId: string) => request<NewSiteKeyView>(path(channelId), { method: 'POST' }),
  remove: (channelId: string, kid: string) =>
    request<void>(`${path(channelId)}/${encodeURIComponent(kid)}`, { method: 'DELETE' }),
};
