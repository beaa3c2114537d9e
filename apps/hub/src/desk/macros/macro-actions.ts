import type { BrokenAction } from '#contract';
import { readActions, Unreadable, type TicketAction } from '#tickets';
import { invalid } from '../../platform/errors/api-error.js';

export type StoredActions = { actions: TicketAction[] } | { broken: BrokenAction[] };

/** Actions as they were stored, maybe by another version of the hub. */
export function readStored(written: unknown): StoredActions {
  try {
    return { actions: readActions(written) };
  } catch (error) {
    if (error instanceof Unreadable) {
      const index = Number(error.field.split('.')[1] ?? 0);
      return { broken: [{ index: Number.isNaN(index) ? 0 : index, what: 'unreadable' }] };
    }
    throw error;
  }
}

/** Actions as somebody wrote them; the refusal names the first thing that is wrong. */
export function readWritten(written: unknown): TicketAction[] {
  try {
    return readActions(written);
  } catch (error) {
    throw error instanceof Unreadable ? invalid(error.field, error.detail) : error;
  }
}
