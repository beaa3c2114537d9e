import { randomBytes } from 'node:crypto';
import {
  createFaultSwitch,
  jsonReply,
  listenOnLoopback,
  type FaultSwitch,
  type Handed,
  type LoopbackReply,
  type LoopbackRequest,
} from './loopback-server.js';
import { TwilioBooks } from './twilio-books.js';
import { objectionTo, twilioError } from './twilio-rules.js';
import type { TwilioSpec } from './twilio-spec.js';
import { TwilioVoiceLines } from './twilio-voice-lines.js';
import { TwilioWebhooks, type TwilioHook } from './twilio-webhooks.js';

/** A message that a phone received from the account. */
export interface TwilioDelivery {
  sid: string;
  to: string;
  from: string;
  body: string;
  statusCallback: string | null;
  /** Where the pictures of an MMS are to be fetched. */
  media: string[];
}

export type TwilioFault = 'unauthorized' | 'rate_limit' | 'refused' | 'server_error' | 'cut_before' | 'cut_after';

export interface TwilioOptions {
  port?: number;
  accountSid?: string;
  authToken?: string;
  /** The hub's public address as its settings name it, and where it really listens; the signature covers the first. */
  publicUrl?: string;
  hubUrl?: string;
  /** The states that a taken message reports, in this order. */
  statuses?: string[];
  retryMs?: number;
  /** Twilio's published description: what is not valid by it is refused and kept in `invalid`. */
  spec?: TwilioSpec | null;
}

/** One SMS of a customer. The same `sid` again is a repeat. */
export interface TwilioSms {
  from: string;
  to: string;
  body: string;
  sid?: string;
  media?: { bytes: Uint8Array; mediaType: string }[];
  /** The Messaging Service whose number it came to. */
  service?: string;
  /** Twilio's word on a message that stops or starts further ones. */
  optOutType?: 'STOP' | 'START' | 'HELP';
  /** Twilio has it and no webhook tells of it. */
  untold?: boolean;
}

/** One call of a customer from its first ring to its end. */
export interface TwilioCall {
  from: string;
  to: string;
  sid?: string;
  /** How it ends; completed calls were answered before. */
  end?: 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled';
  seconds?: number;
}

export interface TwilioStandIn {
  /** The baseUrl of the channel's settings. */
  url: string;
  accountSid: string;
  authToken: string;
  /** Everything that phones received, in order. */
  received: TwilioDelivery[];
  /** Every webhook handed to the hub, in order, with its answer. */
  sent: TwilioHook[];
  faults: FaultSwitch<TwilioFault, { retryAfter: number }>;
  /** What was wrong with requests by the published description. */
  invalid: string[];
  /** The account's own list of messages, from which nothing is missing. */
  books: TwilioBooks;
  receivedBy(phone: string): TwilioDelivery[];
  /** The number answered STOP: sends to it are refused with 21610. */
  optOut(phone: string): void;
  optIn(phone: string): void;
  /** Hands an SMS to the hub's /hooks/twilio/<channel>/sms. */
  sms(channel: string, sms: TwilioSms): Promise<Handed>;
  /** Walks a call through the voice and voice-status webhooks and gives the CallSid and the TwiML that the hub answered. */
  call(channel: string, call: TwilioCall): Promise<{ sid: string; twiml: string }>;
  /** Lines that are walked through TwiML, and calls that the hub makes. */
  voice: TwilioVoiceLines;
  /** Any signed webhook, for what the two above do not play. */
  hook(channel: string, path: string, params: Record<string, string>): Promise<Handed>;
  /** Reports a recording of a call. */
  recording(channel: string, call: { sid: string; bytes: Uint8Array; from: string }): Promise<Handed>;
  /** Hands every webhook over so many times more than needed. */
  repeatWebhooks(times: number): void;
  /** Resolves when no status callback is on its way. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Twilio's REST API for messages, and its webhooks with true signatures, on loopback. */
export async function startTwilio(options: TwilioOptions = {}): Promise<TwilioStandIn> {
  const account = new StandInAccount(options);
  const server = await listenOnLoopback((request) => account.answer(request), options.port);
  account.url = server.url;
  return {
    url: server.url,
    accountSid: account.sid,
    authToken: account.token,
    received: account.received,
    sent: account.hooks.sent,
    faults: account.faults,
    invalid: account.invalid,
    books: account.books,
    receivedBy: (phone) => account.received.filter(({ to }) => to === phone),
    optOut: (phone) => account.optedOut.add(phone),
    optIn: (phone) => account.optedOut.delete(phone),
    sms: (channel, sms) => account.sms(channel, sms),
    call: (channel, call) => account.call(channel, call),
    voice: account.voice,
    hook: (channel, path, params) => account.hooks.hand(channel, path, { AccountSid: account.sid, ...params }),
    recording: (channel, call) => account.recording(channel, call),
    repeatWebhooks: (times) => account.hooks.repeat(times),
    settled: () => account.hooks.settled(),
    close: async () => {
      account.hooks.stop();
      await server.close();
    },
  };
}

class StandInAccount {
  readonly sid: string;
  readonly token: string;
  url = '';
  readonly received: TwilioDelivery[] = [];
  readonly optedOut = new Set<string>();
  readonly faults: FaultSwitch<TwilioFault, { retryAfter: number }> = createFaultSwitch();
  readonly hooks: TwilioWebhooks;
  readonly voice: TwilioVoiceLines;
  readonly books: TwilioBooks;
  readonly invalid: string[] = [];
  private readonly files = new Map<string, { bytes: Buffer; mediaType: string }>();

  private readonly options: TwilioOptions;

  constructor(options: TwilioOptions) {
    this.options = options;
    this.sid = options.accountSid ?? 'AC00000000000000000000000000000001';
    this.token = options.authToken ?? 'stand-in-auth-token';
    this.books = new TwilioBooks(this.sid);
    const places = placesOf(options);
    this.hooks = new TwilioWebhooks({
      authToken: this.token,
      ...places,
      retryMs: options.retryMs ?? 100,
    });
    this.voice = new TwilioVoiceLines({
      accountSid: this.sid,
      authToken: this.token,
      ...places,
      keep: (place, bytes, mediaType) => this.url + this.keep(place, bytes, mediaType),
    });
  }

  answer(request: LoopbackRequest): LoopbackReply {
    const fault = this.faults.take(request.method === 'POST' ? 'messages' : 'files');
    if (fault !== null && fault.kind !== 'cut_after') {
      return faultReply(fault.kind, fault.retryAfter ?? 1);
    }
    const reply = this.isAuthorized(request) ? this.perform(request) : twilioError(401, 20003, 'Authenticate');
    return fault === null ? reply : 'cut';
  }

  private isAuthorized(request: LoopbackRequest): boolean {
    const expected = `Basic ${Buffer.from(`${this.sid}:${this.token}`).toString('base64')}`;
    return request.headers['authorization'] === expected;
  }

  private perform(request: LoopbackRequest): LoopbackReply {
    const home = `/2010-04-01/Accounts/${this.sid}`;
    const file = request.method === 'GET' ? this.files.get(request.path) : undefined;
    if (file !== undefined) {
      return { status: 200, headers: { 'content-type': file.mediaType }, body: file.bytes };
    }
    const faults = this.options.spec?.faultsIn(request) ?? [];
    if (faults.length > 0) {
      this.invalid.push(...faults);
      return twilioError(422, 20001, faults.join('; '));
    }
    if (request.method === 'POST' && request.path === `${home}/Messages.json`) {
      return this.take(request);
    }
    const voiced = this.voice.answer({ ...request, path: request.path.slice(home.length) });
    return (
      voiced ??
      this.look(request, home) ??
      twilioError(404, 20404, `The requested resource ${request.path} was not found`)
    );
  }

  private look({ method, path, query }: LoopbackRequest, home: string): LoopbackReply | null {
    if (method !== 'GET') {
      return null;
    }
    return path === `${home}.json`
      ? jsonReply(200, { sid: this.sid, status: 'active', friendly_name: 'Stand-in', type: 'Full' })
      : this.books.answer(path.slice(home.length), query);
  }

  private take(request: LoopbackRequest): LoopbackReply {
    const form = new URLSearchParams(request.body.toString('utf8'));
    const objection = objectionTo(form, request.headers['content-type'] ?? '', this.optedOut);
    if (objection !== null) {
      return objection;
    }
    const delivery = {
      sid: newSid('SM'),
      to: form.get('To') ?? '',
      from: form.get('From') ?? form.get('MessagingServiceSid') ?? '',
      body: form.get('Body') ?? '',
      statusCallback: form.get('StatusCallback'),
      media: form.getAll('MediaUrl'),
    };
    this.received.push(delivery);
    this.books.add({
      sid: delivery.sid,
      direction: 'outbound-api',
      from: form.get('From') ?? '',
      to: delivery.to,
      body: delivery.body,
      status: 'queued',
      errorCode: null,
      service: form.get('MessagingServiceSid'),
      media: [],
      at: new Date(),
    });
    this.hooks.report(delivery, this.options.statuses ?? ['sent', 'delivered'], this.sid);
    const { sid, to, from, body } = delivery;
    return jsonReply(201, { sid, account_sid: this.sid, to, from, body, status: 'queued', error_code: null });
  }

  async sms(channel: string, message: TwilioSms): Promise<Handed> {
    const { from, to, body, sid = newSid('SM'), media = [], service, optOutType } = message;
    this.book({ ...message, sid, media });
    const files = media.flatMap(({ bytes, mediaType }, index) => {
      const path = this.keep(`/Messages/${sid}/Media/ME${String(index)}`, bytes, mediaType);
      return [
        [`MediaUrl${String(index)}`, this.url + path],
        [`MediaContentType${String(index)}`, mediaType],
      ];
    });
    if (message.untold) {
      return null;
    }
    return await this.hooks.hand(channel, 'sms', {
      ...(service && { MessagingServiceSid: service }),
      ...(optOutType && { OptOutType: optOutType }),
      MessageSid: sid,
      SmsSid: sid,
      SmsMessageSid: sid,
      AccountSid: this.sid,
      From: from,
      To: to,
      Body: body,
      NumMedia: String(media.length),
      NumSegments: '1',
      ApiVersion: '2010-04-01',
      ...(Object.fromEntries(files) as Record<string, string>),
    });
  }

  private book({ from, to, body, sid = '', media = [], service }: TwilioSms): void {
    this.books.add({
      sid,
      direction: 'inbound',
      from,
      to,
      body,
      status: 'received',
      errorCode: null,
      service: service ?? null,
      media: media.map(({ mediaType }, index) => ({ sid: `ME${String(index)}`, mediaType })),
      at: new Date(),
    });
  }

  async call(channel: string, { from, to, sid = newSid('CA'), end = 'completed', seconds = 42 }: TwilioCall) {
    const call = {
      CallSid: sid,
      AccountSid: this.sid,
      From: from,
      To: to,
      Direction: 'inbound',
      ApiVersion: '2010-04-01',
    };
    const answer = await this.hooks.hand(channel, 'voice', { ...call, CallStatus: 'ringing' });
    const states = end === 'completed' ? ['ringing', 'in-progress', 'completed'] : ['ringing', end];
    for (const [index, CallStatus] of states.entries()) {
      const duration: Record<string, string> = CallStatus === 'completed' ? { CallDuration: String(seconds) } : {};
      const step = {
        SequenceNumber: String(index),
        Timestamp: new Date().toUTCString(),
        CallbackSource: 'call-progress-events',
      };
      await this.hooks.hand(channel, 'voice-status', { ...call, ...step, ...duration, CallStatus });
    }
    return { sid, twiml: answer?.body ?? '' };
  }

  recording(channel: string, { sid, bytes, from }: { sid: string; bytes: Uint8Array; from: string }): Promise<Handed> {
    const recordingSid = newSid('RE');
    const path = this.keep(`/Recordings/${recordingSid}`, bytes, 'audio/wav');
    return this.hooks.hand(channel, `recording?party=${encodeURIComponent(from)}`, {
      CallSid: sid,
      AccountSid: this.sid,
      RecordingSid: recordingSid,
      RecordingUrl: this.url + path,
      RecordingStatus: 'completed',
      RecordingDuration: '7',
      RecordingChannels: '1',
    });
  }

  private keep(place: string, bytes: Uint8Array, mediaType: string): string {
    const path = `/2010-04-01/Accounts/${this.sid}${place}`;
    this.files.set(path, { bytes: Buffer.from(bytes), mediaType });
    return path;
  }
}

function placesOf({ publicUrl, hubUrl }: TwilioOptions): { publicUrl: string; hubUrl: string } {
  return { publicUrl: publicUrl ?? hubUrl ?? '', hubUrl: hubUrl ?? publicUrl ?? '' };
}

function faultReply(kind: Exclude<TwilioFault, 'cut_after'>, retryAfter: number): LoopbackReply {
  switch (kind) {
    case 'unauthorized':
      return twilioError(401, 20003, 'Authenticate');
    case 'rate_limit':
      return twilioError(429, 20429, 'Too Many Requests', { 'retry-after': String(retryAfter) });
    case 'refused':
      return twilioError(400, 21211, "The 'To' number is not a valid phone number.");
    case 'server_error':
      return twilioError(503, 20503, 'Service unavailable');
    case 'cut_before':
      return 'cut';
  }
}

function newSid(prefix: string): string {
  return prefix + randomBytes(16).toString('hex');
}
