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

/** A message in the line's outbox. `receptor` is as it was given. */
export interface KavenegarMessage {
  messageid: number;
  receptor: string;
  sender: string;
  message: string;
  status: number;
  date: number;
}

/** `business_error` states a failure inside an answer with status 200. */
export type KavenegarFault =
  'unauthorized' | 'rate_limit' | 'business_error' | 'server_error' | 'cut_before' | 'cut_after';

export interface KavenegarOptions {
  port?: number;
  apiKey?: string;
  line?: string;
  inboundSecret?: string;
  hubUrl?: string;
  retryMs?: number;
}

export interface KavenegarStandIn {
  url: string;
  apiKey: string;
  inboundSecret: string;
  received: KavenegarMessage[];
  faults: FaultSwitch<KavenegarFault, { stated: number }>;
  /** Kavenegar's methods in the order in which they were called. */
  calls: string[];
  /** Where pushes go: <hub>/hooks/sms/<channel>. */
  pushTo(url: string): void;
  /** A customer's SMS, left unread at the line, and pushed where pushes go somewhere. */
  sms(sms: { from: string; text: string; id?: number }): Promise<Handed>;
  /** The state of a message, to be asked for, and pushed where `tell` is true. */
  settle(id: number, status: number, tell?: boolean): Promise<Handed>;
  /** Settings of a channel that speaks to this stand-in, without its secrets. */
  settings(): Record<string, unknown>;
  close(): Promise<void>;
}

/** Kavenegar's REST API on loopback: what it states is inside the answer, whatever HTTP says. */
export async function startKavenegar(options: KavenegarOptions = {}): Promise<KavenegarStandIn> {
  const account = new Account(options);
  const server = await listenOnLoopback((request) => account.answer(request), options.port);
  return {
    url: server.url,
    apiKey: account.apiKey,
    inboundSecret: account.inboundSecret,
    received: account.outbox,
    faults: account.faults,
    calls: account.calls,
    pushTo: (url) => void (account.hubUrl = url),
    sms: (sms) => account.sms(sms),
    settle: (id, status, tell = false) => account.settle(id, status, tell),
    settings: () => ({ driver: 'kavenegar', from: account.line, baseUrl: server.url }),
    close: async () => {
      account.stopped.abort();
      await server.close();
    },
  };
}

interface Arrived {
  messageid: number;
  sender: string;
  receptor: string;
  message: string;
  date: number;
  isRead: boolean;
}

class Account {
  readonly apiKey: string;
  readonly inboundSecret: string;
  readonly line: string;
  readonly outbox: KavenegarMessage[] = [];
  readonly inbox: Arrived[] = [];
  readonly calls: string[] = [];
  readonly faults: FaultSwitch<KavenegarFault, { stated: number }> = createFaultSwitch();
  readonly stopped = new AbortController();
  hubUrl: string;
  private readonly retryMs: number;
  private next = 8_792_343;

  constructor(options: KavenegarOptions) {
    this.apiKey = options.apiKey ?? 'stand-in-kavenegar-key';
    this.inboundSecret = options.inboundSecret ?? 'stand-in-push-secret';
    this.line = options.line ?? '10004346';
    this.hubUrl = options.hubUrl ?? '';
    this.retryMs = options.retryMs ?? 100;
  }

  answer(request: LoopbackRequest): LoopbackReply {
    const [, key = '', method = ''] = /^\/v1\/([^/]+)\/([a-z]+\/[a-z]+)\.json$/.exec(request.path) ?? [];
    this.calls.push(method);
    const fault = this.faults.take(method);
    if (fault !== null && fault.kind !== 'cut_after') {
      return faultReply(fault.kind, fault.stated ?? 418);
    }
    const reply =
      decodeURIComponent(key) === this.apiKey
        ? this.perform(method, fieldsOf(request))
        : stated(403, 'کد شناسائی API-Key معتبر نمی‌باشد');
    return fault === null ? reply : 'cut';
  }

  private perform(method: string, fields: URLSearchParams): LoopbackReply {
    switch (method) {
      case 'sms/send':
        return this.send(fields);
      case 'sms/status':
        return this.statuses(fields);
      case 'sms/selectoutbox':
        return this.selectOutbox(fields);
      case 'sms/receive':
        return this.receive(fields);
      case 'account/info':
        return entries([{ remaincredit: 1_500_000, expiredate: 1_900_000_000, type: 'Master' }]);
      default:
        return stated(404, 'متدی با این نام پیدا نشده‌است');
    }
  }

  private send(fields: URLSearchParams): LoopbackReply {
    const [receptor, sender, message] = ['receptor', 'sender', 'message'].map((name) => fields.get(name) ?? '') as [
      string,
      string,
      string,
    ];
    if (!/^(09\d{9}|00\d{8,15})$/.test(receptor)) {
      return stated(411, 'گیرنده نامعتبر است');
    }
    if (sender !== this.line) {
      return stated(412, 'فرستنده نامعتبر است');
    }
    if (message === '') {
      return stated(413, 'پیام خالی است و یا طول پیام بیش از حد مجاز می‌باشد');
    }
    const sent = { messageid: this.newId(), receptor, sender, message, status: 1, date: unix() };
    this.outbox.push(sent);
    return entries([{ ...sent, statustext: 'در صف ارسال', cost: 120 }]);
  }

  private statuses(fields: URLSearchParams): LoopbackReply {
    const ids = (fields.get('messageid') ?? '').split(',').map(Number);
    return entries(
      ids.map((id) => ({
        messageid: id,
        status: this.outbox.find(({ messageid }) => messageid === id)?.status ?? 100,
        statustext: '',
      })),
    );
  }

  private selectOutbox(fields: URLSearchParams): LoopbackReply {
    const [from, to] = [Number(fields.get('startdate')), Number(fields.get('enddate'))];
    return entries(this.outbox.filter(({ date }) => date >= from && date <= to));
  }

  /** Reading marks as read, as the real one does. */
  private receive(fields: URLSearchParams): LoopbackReply {
    const wantsRead = fields.get('isread') === '1';
    const rows = this.inbox.filter(
      ({ isRead, receptor }) => isRead === wantsRead && receptor === fields.get('linenumber'),
    );
    const found = rows.slice(-100).map(({ messageid, sender, receptor, message, date }) => ({
      messageid,
      sender,
      receptor,
      message,
      date,
    }));
    rows.forEach((row) => (row.isRead = true));
    return entries(found);
  }

  async sms({ from, text, id = this.newId() }: { from: string; text: string; id?: number }): Promise<Handed> {
    this.inbox.push({
      messageid: id,
      sender: from,
      receptor: this.line,
      message: text,
      date: unix(),
      isRead: false,
    });
    return await this.push({ messageid: String(id), from, to: this.line, message: text });
  }

  async settle(id: number, status: number, tell: boolean): Promise<Handed> {
    const sent = this.outbox.find(({ messageid }) => messageid === id);
    if (sent) {
      sent.status = status;
    }
    return tell ? await this.push({ messageid: String(id), status: String(status) }) : null;
  }

  private async push(fields: Record<string, string>): Promise<Handed> {
    if (this.hubUrl === '') {
      return null;
    }
    const post = () =>
      fetch(`${this.hubUrl}?key=${encodeURIComponent(this.inboundSecret)}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields).toString(),
        signal: AbortSignal.any([this.stopped.signal, AbortSignal.timeout(30_000)]),
      });
    const patience = { attempts: 20, firstDelayMs: this.retryMs, givesUpWhenRefused: true };
    return await postUntilTaken(post, patience, this.stopped.signal);
  }

  private newId(): number {
    this.next += 1;
    return this.next;
  }
}

function fieldsOf({ method, query, body }: LoopbackRequest): URLSearchParams {
  return method === 'GET' ? query : new URLSearchParams(body.toString('utf8'));
}

function unix(): number {
  return Math.floor(Date.now() / 1000);
}

function entries(rows: unknown[]): LoopbackReply {
  return jsonReply(200, { return: { status: 200, message: 'تایید شد' }, entries: rows });
}

function stated(code: number, message: string, status = 200): LoopbackReply {
  return jsonReply(status, { return: { status: code, message }, entries: null });
}

function faultReply(kind: Exclude<KavenegarFault, 'cut_after'>, code: number): LoopbackReply {
  switch (kind) {
    case 'unauthorized':
      return stated(403, 'کد شناسائی API-Key معتبر نمی‌باشد', 403);
    case 'rate_limit':
      return stated(451, 'فراخوانی بیش از حد در بازه زمانی مشخص');
    case 'business_error':
      return stated(code, 'عملیات ناموفق');
    case 'server_error':
      return { status: 502, body: 'Bad Gateway' };
    case 'cut_before':
      return 'cut';
  }
}
