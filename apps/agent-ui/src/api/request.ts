import { v7 as uuid } from 'uuid';
import { takeEarly } from './early.js';
import { isProblem, problemOf, unreachable } from './problem.js';
import { noteEnd, pageOwner, untilSignedIn } from './session-state.js';

interface Ask {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  /** Sent as it is, in place of a body of words. */
  file?: Blob;
  /** Names this unsafe call: the hub does it once however often it arrives. */
  key?: string;
  signal?: AbortSignal | undefined;
  /** About the session itself: it is asked whether or not somebody is signed in. */
  alwaysAsks?: boolean;
}

/**
 * One JSON call to the hub, under the session's cookie. Where the session ends while somebody works, it waits until they are signed in
 * again and asks once more: the hub did nothing of what it refused to a stranger. Throws ProblemError, and nothing else.
 */
export async function request<Answer>(path: string, ask: Ask = {}): Promise<Answer> {
  const named = { ...ask, key: ask.key ?? uuid(), owner: pageOwner() };
  if (ask.alwaysAsks === true) {
    return askOnce<Answer>(path, named);
  }
  for (;;) {
    await untilSignedIn(ask.signal);
    try {
      return await askOnce<Answer>(path, named);
    } catch (error) {
      if (!isProblem(error, 'unauthenticated') || !noteEnd()) {
        throw error;
      }
    }
  }
}

interface Named extends Ask {
  key: string;
  /** Whose page asks. */
  owner: string | undefined;
}

async function askOnce<Answer>(path: string, ask: Named): Promise<Answer> {
  const { method = 'GET', body, file, signal } = ask;
  const early = method === 'GET' ? takeEarly(path) : undefined;
  const answer =
    early ??
    fetch(`/api${path}`, {
      method,
      headers: headersOf(ask),
      credentials: 'same-origin',
      signal: signal ?? null,
      body: file ?? (body === undefined ? null : JSON.stringify(body)),
    });
  const response = await answer.catch(() => {
    throw unreachable();
  });
  const text = await response.text();
  if (!response.ok) {
    throw problemOf(response.status, text);
  }
  return (text ? JSON.parse(text) : undefined) as Answer;
}

function headersOf({ method = 'GET', body, file, key, owner }: Named): Headers {
  const headers = new Headers({ Accept: 'application/json' });
  if (owner !== undefined) {
    headers.set('X-Agent', owner);
  }
  if (method !== 'GET') {
    headers.set('Idempotency-Key', key);
  }
  if (file !== undefined) {
    headers.set('Content-Type', 'application/octet-stream');
    headers.set('X-File-Name', encodeURIComponent(file instanceof File ? file.name : 'file'));
  } else if (body !== undefined) {
    headers.set('Content-Type', 'application/json');
  }
  return headers;
}

/** A path's query part from the parameters that are set. */
export function query(parameters: Record<string, string | number | null | undefined>): string {
  const set = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return set.length ? `?${new URLSearchParams(set.map(([name, value]) => [name, String(value)])).toString()}` : '';
}
