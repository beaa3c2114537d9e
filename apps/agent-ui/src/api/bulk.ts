import { v7 as uuid } from 'uuid';
import type { BulkAct, BulkRunView } from '#contract';
import type { ListFilter } from './hub.js';
import { request } from './request.js';

/** Which tickets are meant: those named, or all of a list as of an instant. */
export type BulkTarget = { tickets: string[] } | { filter: ListFilter; before: string };

/** One act on many tickets, worked off by the hub. */
export const bulk = {
  ask: (target: BulkTarget, act: BulkAct) =>
    request<BulkRunView>('/bulk', { method: 'POST', body: { id: uuid(), target: written(target), act } }),
  mine: (signal?: AbortSignal) => request<BulkRunView[]>('/bulk', { signal }),
  read: (run: string) => request<BulkRunView>(`/bulk/${run}`),
  undo: (run: string) => request<BulkRunView>(`/bulk/${run}/undo`, { method: 'POST' }),
};

/** A saved view goes by its id; in the address of its page a prefix stands before it. */
function written(target: BulkTarget): object {
  if ('tickets' in target) {
    return target;
  }
  const { view, queue } = target.filter;
  const list = view.startsWith('v-') ? { saved: view.slice(2) } : { view };
  return { filter: { ...list, ...(queue === null ? {} : { queue }), before: target.before } };
}
