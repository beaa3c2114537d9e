import { expect } from '@jest/globals';
import { Caller } from './build-rows.js';

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** A browser that signs in by a provider: it keeps cookies for each place, and follows no redirect that it is not told to. */
export class OidcBrowser {
  private readonly jars = new Map<string, Map<string, string>>();

  /** `door` is the provider's at the hub. */
  constructor(private readonly door: string) {}

  cookiesOf(url: string): string {
    return [...this.jarOf(url)].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Where it is sent to, or why not. */
  async begin(to?: string): Promise<string> {
    const answer = await this.ask(this.door, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to }),
    });
    const told = (await answer.json()) as { location?: string; code?: string };
    return told.location ?? `refused ${String(answer.status)} ${told.code ?? ''}`;
  }

  /** Through the provider's pages, up to the address that it leads back to. */
  async passProvider(location: string): Promise<string> {
    let url = location;
    while (!url.startsWith(this.door)) {
      const answer = await this.ask(url);
      const next = answer.headers.get('location');
      if (next === null) {
        throw new Error(`The provider leads nowhere: ${String(answer.status)} ${await answer.text()}`);
      }
      url = new URL(next, url).href;
    }
    return url;
  }

  /** Comes back to the hub. Returns what the sign-in page is told. */
  async comeBack(url: string): Promise<Record<string, string>> {
    const answer = await this.ask(url);
    const [page, told] = (answer.headers.get('location') ?? '').split('#');
    expect([answer.status, page, answer.headers.get('referrer-policy')]).toEqual([303, '/login', 'no-referrer']);
    return Object.fromEntries(new URLSearchParams(told));
  }

  async signIn(to?: string): Promise<Record<string, string>> {
    return this.comeBack(await this.passProvider(await this.begin(to)));
  }

  caller(): Caller {
    return new Caller(new URL(this.door).origin, { cookie: this.cookiesOf(this.door) });
  }

  private async ask(url: string, asked: Asked = {}): Promise<Response> {
    const headers = { ...asked.headers, cookie: this.cookiesOf(url) };
    const response = await fetch(url, { ...asked, headers, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.jarOf(url).set(name, value);
    }
    return response;
  }

  private jarOf(url: string): Map<string, string> {
    const { origin } = new URL(url);
    const jar = this.jars.get(origin) ?? new Map<string, string>();
    this.jars.set(origin, jar);
    return jar;
  }
}
