import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Program, startProgram } from './machine.js';

export const administrator = { email: 'admin@bench.test', password: 'correct horse battery' };

/** The built hub, started as a supervisor would start it: Node on its main file. */
export async function startBuiltHub(options: {
  main: string;
  dataDir: string;
  databaseUrl?: string;
  nodeFlags?: string[];
  env?: Record<string, string>;
}): Promise<Program> {
  await mkdir(options.dataDir, { recursive: true, mode: 0o755 });
  return startProgram(
    [...(options.nodeFlags ?? []), resolve(options.main)],
    {
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: options.dataDir,
      LOG_LEVEL: 'warn',
      OUTBOUND_ALLOW: '127.0.0.0/8',
      PEYK_ADMIN_EMAIL: administrator.email,
      PEYK_ADMIN_PASSWORD: administrator.password,
      ...(options.databaseUrl !== undefined && { DATABASE_URL: options.databaseUrl }),
      ...options.env,
    },
    options.dataDir,
  );
}

/** Somebody who is signed in over the API. */
export class SignedIn {
  readonly url: string;
  readonly cookie: string;

  private constructor(url: string, cookie: string) {
    this.url = url;
    this.cookie = cookie;
  }

  static async as(url: string, credentials: { email: string; password: string }): Promise<SignedIn> {
    const response = await fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify(credentials),
    });
    if (!response.ok) {
      throw new Error(`Signing in: ${response.status} ${await response.text()}`);
    }
    return new SignedIn(url, response.headers.get('set-cookie')?.split(';', 1)[0] ?? '');
  }

  /** Brings in a colleague: they are invited, and join under their own password as a person would. Returns the account's id. */
  async addColleague(
    credentials: { email: string; password: string },
    agent: { name: string; role: string; queueIds?: (string | undefined)[] },
  ): Promise<string> {
    const { id } = await this.call('POST', '/api/agents', { email: credentials.email, ...agent });
    const { link } = await this.call<{ link: string }>('POST', `/api/agents/${id}/invitation`);
    const token = link.split('#')[1] ?? '';
    const { password } = credentials;
    // From a browser of their own: joining ends the session that a browser had before.
    await new SignedIn(this.url, '').call('POST', '/api/account-links/join', { token, name: agent.name, password });
    return id;
  }

  async call<Body = { id: string }>(method: string, path: string, body?: object): Promise<Body> {
    const response = await fetch(this.url + path, {
      method,
      headers: { 'content-type': 'application/json', origin: this.url, cookie: this.cookie },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${text}`);
    }
    return (text === '' ? undefined : JSON.parse(text)) as Body;
  }
}
