import { v7 as uuid } from 'uuid';
import { problemOf, unreachable } from './problem.js';

interface Ask {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  /** Names this unsafe call: the hub does it once however often it arrives. */
  key?: string;
  signal?: AbortSignal | undefined;
}

/** One JSON call to the hub, under the session's cookie. Throws ProblemError, and nothing else. */
export async function request<Answer>(path: string, ask: Ask = {}): Promise<Answer> {
  const { method = 'GET', body, key = uuid(), signal } = ask;
  const headers = new Headers({ Accept: 'application/json' });
  if (method !== 'GET') {
    headers.set('Idempotency-Key', key);
  }
  if (body !== undefined) {
    headers.set('Content-Type', 'application/json');
  }
  const response = await fetch(`/api${path}`, {
    method,
    headers,
    credentials: 'same-origin',
    signal: signal ?? null,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    throw unreachable();
  });
  const text = await response.text();
  if (!response.ok) {
    throw problemOf(response.status, text);
  }
  return (text ? JSON.parse(text) : undefined) as Answer;
}

/** A path's query part from the parameters that are set. */
export function query(parameters: Record<string, string | number | null | undefined>): string {
  const set = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return set.length ? `?${new URLSearchParams(set.map(([name, value]) => [name, String(value)])).toString()}` : '';
}
