import { randomUUID } from 'node:crypto';
import {
  createFaultSwitch,
  jsonReply,
  listenOnLoopback,
  postUntilTaken,
  type FaultSwitch,
  type Handed,
  type LoopbackReply,
  type LoopbackRequest,
} from './loopback-server.js';

/** A message that a phone received over the gateway. `to` is as the gateway was given it. */
export interface GatewayDelivery {
  id: string;
  to: string;
  from: string;
  text: string;
}

/** `business_error` answers 200 with a failure inside, as many gateways do. */
export type GatewayFault =
  'unauthorized' | 'rate_limit' | 'business_error' | 'server_error' | 'garbage' | 'cut_before' | 'cut_after';

export interface GatewayOptions {
  port?: number;
  apiKey?: string;
  /** Where the hub takes this gateway's pushes: <hub>/hooks/sms/<channel>. */
  hubUrl?: string;
  /** What the pushes prove themselves with, in the header x-gateway-secret. */
  inboundSecret?: string;
  retryMs?: number;
}

export interface GatewayStandIn {
  url: string;
  apiKey: string;
  inboundSecret: string;
  received: GatewayDelivery[];
  /** Everything pushed to the hub, in order. */
  sent: { fields: Record<string, string>; handed: Handed }[];
  faults: FaultSwitch<GatewayFault, { retryAfter: number }>;
  receivedBy(phone: string): GatewayDelivery[];
  /** Pushes a customer's SMS. The same id again is a repeat. */
  sms(sms: { from: string; text: string; id?: string; time?: string }): Promise<Handed>;
  /** Pushes the state of a message that was sent through here. */
  report(id: string, status: 'delivered' | 'undelivered' | 'blocked'): Promise<Handed>;
  /** Where the next pushes go, for a hub that started later. */
  pushTo(hubUrl: string): void;
  /** Settings of a channel that speaks to this gateway, without its secrets. */
  settings(): Record<string, unknown>;
  close(): Promise<void>;
}

/** An SMS gateway in the style of Iranian providers: the key in the path, form posts, success stated inside the answer. */
export async function startSmsGateway(options: GatewayOptions = {}): Promise<GatewayStandIn> {
  const gateway = new StandInGateway(options);
  const server = await listenOnLoopback((request) => gateway.answer(request), options.port);
  return {
    url: server.url,
    apiKey: gateway.apiKey,
    inboundSecret: gateway.inboundSecret,
    received: gateway.received,
    sent: gateway.sent,
    faults: gateway.faults,
    receivedBy: (phone) => gateway.received.filter(({ to }) => to === phone),
    sms: ({ from, text, id = randomUUID(), time }) =>
      gateway.push({ from, message: text, messageid: id, ...(time === undefined ? {} : { date: time }) }),
    report: (messageid, status) => gateway.push({ messageid, status }),
    pushTo: (hubUrl) => {
      gateway.hubUrl = hubUrl;
    },
    settings: () => settingsOf(server.url),
    close: async () => {
      gateway.stopped.abort();
      await server.close();
    },
  };
}

/** The field maps that describe this gateway to a channel. */
function settingsOf(url: string): Record<string, unknown> {
  const states = { delivered: 'delivered', undelivered: 'failed', blocked: 'failed' };
  return {
    driver: 'gateway',
    from: '30001234',
    request: {
      method: 'POST',
      url: `${url}/v1/{secret}/sms/send.json`,
      body: { as: 'form', fields: { receptor: '{toNational}', sender: '{from}', message: '{text}', localid: '{id}' } },
    },
    response: {
      success: { path: 'return.status', values: [200] },
      id: 'entries[0].messageid',
      error: 'return.message',
    },
    inbound: {
      proof: { as: 'header', name: 'x-gateway-secret' },
      message: { from: 'from', text: 'message', id: 'messageid', time: 'date' },
      status: { id: 'messageid', state: 'status', states },
    },
  };
}

class StandInGateway {
  readonly apiKey: string;
  readonly inboundSecret: string;
  readonly received: GatewayDelivery[] = [];
  readonly sent: { fields: Record<string, string>; handed: Handed }[] = [];
  readonly faults: FaultSwitch<GatewayFault, { retryAfter: number }> = createFaultSwitch();
  readonly stopped = new AbortController();
  hubUrl: string;
  private readonly retryMs: number;

  constructor(options: GatewayOptions) {
    this.apiKey = options.apiKey ?? 'stand-in-api-key';
    this.inboundSecret = options.inboundSecret ?? 'stand-in-inbound-secret';
    this.hubUrl = options.hubUrl ?? '';
    this.retryMs = options.retryMs ?? 100;
  }

  answer(request: LoopbackRequest): LoopbackReply {
    const fault = this.faults.take('send');
    if (fault !== null && fault.kind !== 'cut_after') {
      return faultReply(fault.kind, fault.retryAfter ?? 1);
    }
    const reply = this.take(request);
    return fault === null ? reply : 'cut';
  }

  private take(request: LoopbackRequest): LoopbackReply {
    const [, key] = /^\/v1\/([^/]+)\/sms\/send\.json$/.exec(request.path) ?? [];
    if (request.method !== 'POST' || key === undefined) {
      return stated(404, 404, 'متد نامشخص است');
    }
    if (decodeURIComponent(key) !== this.apiKey) {
      return stated(403, 403, 'کد شناسائی معتبر نمی‌باشد');
    }
    const form = new URLSearchParams(request.body.toString('utf8'));
    const to = form.get('receptor') ?? '';
    const text = form.get('message') ?? '';
    if (!/^(\+98|0)?9\d{9}$/.test(to) || text === '') {
      return stated(200, 411, 'دریافت کننده نامعتبر است');
    }
    const id = String(this.received.length + 8_792_300);
    this.received.push({ id, to, from: form.get('sender') ?? '', text });
    return jsonReply(200, {
      return: { status: 200, message: 'تایید شد' },
      entries: [{ messageid: Number(id), status: 1 }],
    });
  }

  async push(fields: Record<string, string>): Promise<Handed> {
    const post = () =>
      fetch(this.hubUrl, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-gateway-secret': this.inboundSecret,
        },
        body: new URLSearchParams(fields).toString(),
        signal: AbortSignal.any([this.stopped.signal, AbortSignal.timeout(30_000)]),
      });
    const handed = await postUntilTaken(
      post,
      { attempts: 20, firstDelayMs: this.retryMs, givesUpWhenRefused: true },
      this.stopped.signal,
    );
    this.sent.push({ fields, handed });
    return handed;
  }
}

function stated(status: number, code: number, message: string): LoopbackReply {
  return jsonReply(status, { return: { status: code, message }, entries: null });
}

function faultReply(kind: Exclude<GatewayFault, 'cut_after'>, retryAfter: number): LoopbackReply {
  switch (kind) {
    case 'unauthorized':
      return stated(403, 403, 'کد شناسائی معتبر نمی‌باشد');
    case 'rate_limit':
      return jsonReply(429, { return: { status: 429, message: 'slow down' } }, { 'retry-after': String(retryAfter) });
    case 'business_error':
      return stated(200, 418, 'اعتبار حساب شما کافی نیست');
    case 'server_error':
      return { status: 502, body: 'Bad Gateway' };
    case 'garbage':
      return { status: 200, body: '<html>maintenance</html>' };
    case 'cut_before':
      return 'cut';
  }
}
