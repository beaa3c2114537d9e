import { problemOf, unreachable } from './problem.js';

/** How many images of other servers the page of a mail leaves out. Throws ProblemError where there is no page to show. */
export async function readBlockedImages(id: string, signal?: AbortSignal): Promise<number> {
  const response = await fetch(`/api/messages/${id}/html?images=0`, {
    credentials: 'same-origin',
    signal: signal ?? null,
  }).catch(() => {
    throw unreachable();
  });
  const text = await response.text();
  if (!response.ok) {
    throw problemOf(response.status, text);
  }
  return Number(response.headers.get('x-blocked-images') ?? 0);
}
