import type { ReadMarks } from '#contract';
import { request } from './request.js';

/** How far the reader has read. */
export const reading = {
  /** Everything of the person from this message on is unread again. */
  unread: (person: string, message: string) =>
    request<ReadMarks>(`/conversations/${person}/unread`, { method: 'POST', body: { message } }),
};
