import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { jsonReply, listenOnLoopback, type LoopbackReply, type LoopbackRequest } from './loopback-server.js';

type Json = Record<string, unknown>;
type Verb = Json & { verb: string };

/** What a caller does at a question; who has nothing more to do hangs up. */
export type JambonzAct = { press: string } | { speak: string } | 'silence' | 'hang_up';

export interface JambonzOptions {
  publicUrl: string;
  hubUrl: string;
  webhookSecret?: string;
  apiKey?: string;
}

export interface JambonzWalk {
  sid: string;
  /** Everything that was played, said or rung, in order: `say …`, `play …`, `music`, `rings …`, `hangup`. */
  heard: string[];
  problems: string[];
}

export interface JambonzStandIn {
  /** The base address of its REST API. */
  url: string;
  accountSid: string;
  webhookSecret: string;
  apiKey: string;
  /** Who is rung answers and talks so many seconds, or does not answer. */
  rung: (target: Json) => number | 'busy' | 'no-answer';
  /** What the hub asked of the REST API. */
  asked: { method: string; path: string; body: Json }[];
  dialIn(channel: string, call: { from: string; to: string; acts: JambonzAct[] }): Promise<JambonzWalk>;
  close(): Promise<void>;
}

/** How long a second of its takes here. */
const secondMs = 5;

/** A jambonz server on loopback that walks the verbs of its applications, as far as Peyk writes them. */
export async function startJambonz(options: JambonzOptions): Promise<JambonzStandIn> {
  const live = new Map<string, Walk>();
  const standIn: Omit<JambonzStandIn, 'url' | 'close' | 'dialIn'> = {
    accountSid: randomUUID(),
    webhookSecret: options.webhookSecret ?? 'stand-in-webhook-secret',
    apiKey: options.apiKey ?? 'stand-in-key',
    rung: () => 30,
    asked: [],
  };
  const server = await listenOnLoopback((request) => answer(request, standIn, live));
  const shown: JambonzStandIn = {
    ...standIn,
    url: server.url,
    close: () => server.close(),
    dialIn: async (channel, { from, to, acts }) => {
      const sid = randomUUID();
      const base = { call_sid: sid, account_sid: standIn.accountSid, direction: 'inbound', from, to };
      const post = (url: string, body: Json) => posted(url, body, { ...options, secret: standIn.webhookSecret });
      const walk = new Walk({ base, post, rung: (target) => shown.rung(target), acts: [...acts] });
      live.set(sid, walk);
      await walk.live(`${options.publicUrl}/hooks/jambonz/${channel}`);
      return { sid, heard: walk.heard, problems: walk.problems };
    },
  };
  return shown;
}

function answer(
  { method, path, headers, body }: LoopbackRequest,
  { apiKey, accountSid, asked }: Pick<JambonzStandIn, 'apiKey' | 'accountSid' | 'asked'>,
  live: Map<string, Walk>,
): LoopbackReply {
  if (headers['authorization'] !== `Bearer ${apiKey}` || !path.startsWith(`/Accounts/${accountSid}/Calls`)) {
    return jsonReply(401, { msg: 'unauthorized' });
  }
  const wish = JSON.parse(body.toString('utf8')) as Json;
  asked.push({ method, path, body: wish });
  if (method === 'POST') {
    return jsonReply(201, { sid: randomUUID() });
  }
  const walk = live.get(path.split('/').at(-1) ?? '');
  if (!walk) {
    return jsonReply(404, { msg: 'no such call' });
  }
  walk.fetch((wish['call_hook'] as { url: string }).url);
  return { status: 202 };
}

interface Hub {
  publicUrl: string;
  hubUrl: string;
  secret: string;
}

async function posted(
  url: string,
  body: Json,
  { publicUrl, hubUrl, secret }: Hub,
): Promise<{ status: number; verbs: Verb[] }> {
  const bytes = JSON.stringify(body);
  const seconds = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', secret).update(`${seconds}.${bytes}`).digest('hex');
  const answered = await fetch(url.replace(publicUrl, hubUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'jambonz-signature': `t=${seconds},v1=${signature}` },
    body: bytes,
    signal: AbortSignal.timeout(15_000),
  });
  const text = await answered.text();
  return { status: answered.status, verbs: answered.status === 200 ? (JSON.parse(text) as Verb[]) : [] };
}

interface WalkWorld {
  base: Json;
  post(url: string, body: Json): Promise<{ status: number; verbs: Verb[] }>;
  rung(target: Json): number | 'busy' | 'no-answer';
  acts: JambonzAct[];
}

type Go = { url: string; body: Json };

class Walk {
  readonly heard: string[] = [];
  readonly problems: string[] = [];
  private fetched: (go: Go) => void = () => undefined;
  private statusUrl = '';

  private readonly world: WalkWorld;

  constructor(world: WalkWorld) {
    this.world = world;
  }

  /** The REST API takes the call to another application. */
  fetch(url: string): void {
    this.fetched({ url, body: {} });
  }

  async live(home: string): Promise<void> {
    this.statusUrl = `${home}/status`;
    let next: Go | 'end' = { url: `${home}/call`, body: { call_status: 'trying' } };
    while (next !== 'end') {
      next = await this.walk(await this.ask(next));
    }
    await this.ask({ url: this.statusUrl, body: { call_status: 'completed', duration: 7 } });
  }

  private async ask({ url, body }: Go): Promise<Verb[]> {
    const { status, verbs } = await this.world.post(url, { call_status: 'in-progress', ...this.world.base, ...body });
    if (status !== 200) {
      this.problems.push(`${url}: ${String(status)}`);
    }
    return verbs;
  }

  private async walk(verbs: Verb[]): Promise<Go | 'end'> {
    for (const verb of verbs) {
      const step = await this.perform(verb);
      if (step !== 'on') {
        return step;
      }
    }
    return 'end';
  }

  private async perform(verb: Verb): Promise<Go | 'end' | 'on'> {
    const hook = (verb['actionHook'] ?? '') as string;
    switch (verb.verb) {
      case 'say':
      case 'play':
        this.hear(verb);
        return 'on';
      case 'pause':
        await sleep(Number(verb['length']) * secondMs);
        return 'on';
      case 'redirect':
        return { url: hook, body: {} };
      case 'gather':
        return this.gather(verb, hook);
      case 'enqueue':
        return this.enqueue(verb, hook);
      case 'dial':
        return this.dial(verb, hook);
      case 'hangup':
        this.heard.push('hangup');
        return 'end';
      default:
        this.problems.push(`jambonz knows no ${verb.verb}`);
        return 'end';
    }
  }

  private hear(verb: Json): void {
    const texts = [(verb['text'] ?? []) as string | string[]].flat();
    const urls = [(verb['url'] ?? []) as string | string[]].flat();
    this.heard.push(...texts.map((text) => `say ${text}`), ...urls.map((url) => `play ${url}`));
  }

  private gather(verb: Verb, url: string): Go | 'end' {
    [verb['say'], verb['play']].filter((prompt) => prompt !== undefined).forEach((prompt) => this.hear(prompt as Json));
    const act = this.world.acts.shift() ?? 'hang_up';
    if (act === 'hang_up') {
      return 'end';
    }
    const input = verb['input'] as string[];
    if (typeof act === 'object' && 'press' in act && input.includes('digits')) {
      return { url, body: { digits: act.press, reason: 'dtmfDetected' } };
    }
    if (typeof act === 'object' && 'speak' in act && input.includes('speech')) {
      const speech = { is_final: true, alternatives: [{ transcript: act.speak, confidence: 0.9 }] };
      return { url, body: { speech, reason: 'speechDetected' } };
    }
    return { url, body: { reason: 'timeout' } };
  }

  private async enqueue(verb: Verb, url: string): Promise<Go | 'end'> {
    if (this.world.acts[0] === 'hang_up') {
      await this.ask({ url, body: { queue_result: 'hangup' } });
      return 'end';
    }
    const waiting = await this.ask({ url: String(verb['waitHook']), body: {} });
    this.heard.push('music');
    const length = Number(waiting.find((one) => one.verb === 'pause')?.['length'] ?? 10);
    const fetched = new Promise<Go>((resolve) => (this.fetched = resolve));
    const step = await Promise.race([sleep(length * secondMs, null), fetched]);
    return step ?? { url, body: { queue_result: 'leave' } };
  }

  /** Whoever is rung has a call of their own, which the status webhook tells of; a caller who is fetched leaves them. */
  private async dial(verb: Verb, url: string): Promise<Go> {
    const [target = {}] = verb['target'] as Json[];
    this.heard.push(`rings ${String(target['number'] ?? target['sipUri'] ?? target['name'])}`);
    const act = this.world.rung(target);
    const child = { call_sid: randomUUID(), parent_call_sid: this.world.base['call_sid'], direction: 'outbound' };
    const tell = (status: string) => this.ask({ url: this.statusUrl, body: { ...child, call_status: status } });
    if (typeof act !== 'number') {
      await tell(act);
      return { url, body: { dial_call_sid: child.call_sid, dial_call_status: act } };
    }
    await tell('in-progress');
    const fetched = new Promise<Go>((resolve) => (this.fetched = resolve));
    const timer = new AbortController();
    const talk = sleep(act * secondMs, null, { signal: timer.signal }).catch(() => null);
    const away = await Promise.race([talk, fetched]);
    timer.abort();
    await tell('completed');
    return away ?? { url, body: { dial_call_sid: child.call_sid, dial_call_status: 'completed' } };
  }
}
