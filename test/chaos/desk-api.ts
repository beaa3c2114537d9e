import { setTimeout as sleep } from 'node:timers/promises';
import type { ConversationView, ListRow, MessageView, Page } from '#contract';

export interface ApiAnswer<Body> {
  status: number;
  body: Body;
}

/** Answers after which a client tries again. */
const again = new Set([408, 425, 429, 500, 502, 503, 504]);

/** What goes with a call that is repeated until it is answered. */
export interface Wish {
  body?: unknown;
  headers?: Record<string, string>;
  withinMs?: number;
  /** Codes of problems that pass by themselves. */
  unless?: string[];
}

/** The hub's API as an agent's client uses it: one session, calls that are repeated until there is an answer. */
export class DeskApi {
  readonly url: string;
  cookie = '';

  constructor(url: string) {
    this.url = url;
  }

  async signIn(email: string, password: string): Promise<void> {
    const response = await fetch(`${this.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.url },
      body: JSON.stringify({ email, password }),
    });
    if (!response.ok) {
      throw new Error(`The hub refused the sign-in: ${String(response.status)} ${await response.text()}`);
    }
    this.cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .join('; ');
  }

  /** One try. Rejects when there is no answer. */
  async once<Body>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer<Body>> {
    const isFile = body instanceof Uint8Array;
    const type = isFile ? 'application/octet-stream' : 'application/json';
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        cookie: this.cookie,
        origin: this.url,
        ...(body === undefined ? {} : { 'content-type': type }),
        ...headers,
      },
      body: body === undefined ? null : isFile ? Buffer.from(body) : JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as Body };
  }

  /** Tries until there is an answer that means something. */
  async until<Body>(method: string, path: string, wish: Wish = {}): Promise<ApiAnswer<Body>> {
    const { body, headers, withinMs = 60_000, unless = [] } = wish;
    const giveUpAt = performance.now() + withinMs;
    for (;;) {
      const answer = await this.once<Body>(method, path, body, headers).catch(() => null);
      if (answer !== null && !passes(answer, unless)) {
        return answer;
      }
      if (performance.now() > giveUpAt) {
        throw new Error(`${method} ${path} was not answered within ${String(withinMs)} ms: ${JSON.stringify(answer)}`);
      }
      await sleep(100);
    }
  }

  async get<Body>(path: string): Promise<Body> {
    const { status, body } = await this.until<Body>('GET', path);
    if (status !== 200) {
      throw new Error(`GET ${path}: ${String(status)} ${JSON.stringify(body)}`);
    }
    return body;
  }

  async create<Body>(path: string, body: unknown): Promise<Body> {
    const answer = await this.until<Body>('POST', path, { body });
    if (answer.status >= 300) {
      throw new Error(`POST ${path}: ${String(answer.status)} ${JSON.stringify(answer.body)}`);
    }
    return answer.body;
  }

  /** Ids of all conversations that have a ticket. */
  async conversations(): Promise<string[]> {
    const ids = new Set<string>();
    let before: string | null = null;
    do {
      const place: string = before === null ? '' : `&before=${encodeURIComponent(before)}`;
      const page: Page<ListRow> = await this.get(`/api/conversations?view=all&limit=100${place}`);
      page.rows.forEach(({ conversation }) => ids.add(conversation));
      before = page.next;
    } while (before !== null);
    return [...ids];
  }

  /** A person's whole timeline, oldest first. */
  async timeline(conversation: string): Promise<MessageView[]> {
    const rows: MessageView[] = [];
    let before: string | null = null;
    do {
      const place: string = before === null ? '' : `&before=${encodeURIComponent(before)}`;
      const page: Page<MessageView> = await this.get(`/api/conversations/${conversation}/messages?limit=100${place}`);
      rows.push(...page.rows);
      before = page.next;
    } while (before !== null);
    return rows.toReversed();
  }

  open(conversation: string): Promise<ConversationView> {
    return this.get(`/api/conversations/${conversation}`);
  }
}

function passes({ status, body }: ApiAnswer<unknown>, codes: string[]): boolean {
  const code = (body as { code?: string } | null)?.code;
  return again.has(status) || (code !== undefined && codes.includes(code));
}
