import { v7 as uuid } from 'uuid';
import type { Sql } from '#channels';
import type { Role } from '#contract';
import { SessionService } from '../../apps/hub/src/auth/sessions/session.service.js';
import type { TestHub } from './start-hub.js';

let count = 0;

/** A number no row of this test file has had: for names and addresses. */
function next(): number {
  count += 1;
  return count;
}

export interface AgentWish {
  email?: string;
  name?: string;
  role?: Role;
  passwordHash?: string | null;
  disabled?: boolean;
}

export interface BuiltAgent {
  id: string;
  email: string;
  name: string;
  role: Role;
}

export async function buildAgent(sql: Sql, wish: AgentWish = {}): Promise<BuiltAgent> {
  const number = next();
  const agent = {
    id: uuid(),
    email: wish.email ?? `agent${number}@peyk.test`,
    name: wish.name ?? `Agent ${number}`,
    role: wish.role ?? 'agent',
  };
  await sql.query(
    `insert into agent (id, email, name, role, password_hash, disabled_at) values ($1, $2, $3, $4, $5, case when $6 then clock_timestamp() end)`,
    [agent.id, agent.email, agent.name, agent.role, wish.passwordHash ?? null, wish.disabled ?? false],
  );
  return agent;
}

export interface CalledFile {
  name: string;
  content: string | Uint8Array;
  /** Bytes of any kind unless it is said. */
  type?: string;
}

/** A call to the hub's API. `body` goes out as JSON; a browser's own headers are there unless `headers` says otherwise. */
export interface Call {
  method?: string;
  body?: unknown;
  /** The body is this file, as a browser uploads it. */
  file?: CalledFile;
  headers?: Record<string, string>;
}

export interface Answered<Body = unknown> {
  status: number;
  headers: Headers;
  text: string;
  body: Body;
}

/** Someone who calls the hub: knows its address and keeps a cookie or a key. */
export class Caller {
  constructor(
    private readonly url: string,
    readonly credentials: Record<string, string> = {},
  ) {}

  async call<Body = Record<string, unknown>>(path: string, call: Call = {}): Promise<Answered<Body>> {
    const sent = sentBy(call);
    const response = await fetch(this.url + path, {
      method: call.method ?? (sent === null ? 'GET' : 'POST'),
      headers: { ...sent?.headers, ...this.credentials, ...call.headers },
      redirect: 'manual',
      ...(sent && { body: sent.body }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (isJson && text !== '' ? JSON.parse(text) : text) as Body,
    };
  }
}

function sentBy({
  body,
  file,
}: Call): { headers: Record<string, string>; body: string | Uint8Array<ArrayBuffer> } | null {
  if (file !== undefined) {
    const { name, content, type = 'application/octet-stream' } = file;
    return {
      headers: { 'content-type': type, 'x-file-name': encodeURIComponent(name) },
      body: typeof content === 'string' ? content : new Uint8Array(content),
    };
  }
  return body === undefined ? null : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** Nobody. */
export function stranger(hub: Pick<TestHub, 'url'>): Caller {
  return new Caller(hub.url);
}

/** An agent with a session, without the way over a password. */
export async function signedIn(hub: Pick<TestHub, 'url' | 'app' | 'database'>, agentId: string): Promise<Caller> {
  const token = await hub.app.get(SessionService).begin(hub.database, agentId);
  // A hub with an https address knows the session by the second name.
  return new Caller(hub.url, { cookie: `peyk=${token}; __Host-peyk=${token}` });
}
