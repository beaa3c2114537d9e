import type { BrandView } from '#contract';
import { request } from './request.js';

export type BrandDraft = Pick<BrandView, 'name' | 'footer' | 'accent'>;

export const brandKeys = { brand: ['brand'] as const };

/** What the organisation looks like, one line a call. */
export const brand = {
  read: (signal?: AbortSignal) => request<BrandView>('/brand', { signal }),
  change: (version: number, draft: BrandDraft) =>
    request<BrandView>('/brand', { method: 'PUT', body: { ...draft, version } }),
  putLogo: (content: string) => request<BrandView>('/brand/logo', { method: 'PUT', body: { content } }),
  removeLogo: () => request<BrandView>('/brand/logo', { method: 'DELETE' }),
};
