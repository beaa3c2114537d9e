import { randomBytes } from 'node:crypto';
import { jsonReply, type LoopbackReply, type LoopbackRequest } from './loopback-server.js';
import { twilioError } from './twilio-rules.js';
import { VoiceCall, type CallerPlan, type Heard, type RungAct, type VoiceRequest } from './twilio-voice-call.js';
import { signTwilio } from './twilio-webhooks.js';

type Params = Record<string, string>;

/** A customer who calls, and what they do. */
export interface DialIn {
  from: string;
  to: string;
  acts: CallerPlan[];
  name?: string;
  sid?: string;
}

/** A call that was walked to its end. */
export interface WalkedCall {
  sid: string;
  /** Everything that the caller heard. */
  heard: Heard[];
  requests: VoiceRequest[];
  problems: string[];
}

export interface VoiceLinesOptions {
  accountSid: string;
  authToken: string;
  publicUrl: string;
  hubUrl: string;
  /** Keeps a file that can be fetched, and gives its address. */
  keep(place: string, bytes: Uint8Array, mediaType: string): string;
}

/** The voice side of an account: callers who dial in, calls that the hub makes, and what it asks of calls that live. */
export class TwilioVoiceLines {
  /** What somebody does who is rung, by their number or address; everybody answers and talks a minute unless a test says otherwise. */
  rung: (to: string) => RungAct | Promise<RungAct> = () => ({ answers: 60 });
  /** Every request of a line is made so many times more. */
  doubles = 0;
  /** How long a second of Twilio's takes here, in milliseconds. */
  secondMs = 5;
  /** Twilio waits so long for an answer; 15 seconds by its own word. */
  timeoutMs = 15_000;
  /** Whether status callbacks arrive only when a call is over, last first. */
  statusOutOfOrder = false;
  /** Whether the number has a fallback address. */
  hasFallback = true;
  /** Calls that the hub made, oldest first. */
  readonly made: VoiceCall[] = [];
  /** What the hub asked of recordings, e.g. `paused`. */
  readonly recordingActs: { callSid: string; status: string }[] = [];
  /** Every status callback and other notice that was handed over. */
  readonly told: VoiceRequest[] = [];
  private readonly live = new Map<string, VoiceCall>();

  private readonly options: VoiceLinesOptions;

  constructor(options: VoiceLinesOptions) {
    this.options = options;
  }

  /** Dials a channel's number and does what `acts` say. Resolves when the call is over and everything about it was told. */
  async dialIn(channel: string, { from, to, acts, name, sid = newSid('CA') }: DialIn): Promise<WalkedCall> {
    const base = { ...this.partiesOf(sid, from, to), Direction: 'inbound', ...(name && { CallerName: name }) };
    const url = this.way(channel, 'voice');
    const call = this.start(channel, base, { url, acts, statusUrl: this.way(channel, 'voice-status') });
    await call.done;
    const { heard, requests, problems } = call;
    return { sid, heard, requests, problems };
  }

  /** One signed request of Twilio's, whatever it says. */
  tell(publicUrl: string, params: Params): Promise<VoiceRequest> {
    return this.post(publicUrl, params);
  }

  /** Answers what lies under /Calls and /Recordings; null for any other path. */
  answer({ method, path, body }: LoopbackRequest): LoopbackReply | null {
    if (method === 'DELETE' && path.startsWith('/Recordings/')) {
      return { status: 204 };
    }
    if (method !== 'POST' || !path.startsWith('/Calls')) {
      return null;
    }
    const form = new URLSearchParams(body.toString('utf8'));
    return path === '/Calls.json' ? this.make(form) : this.change(path, form);
  }

  /** What the hub asks of a call that lives: another document, or a pause of its recording. */
  private change(path: string, form: URLSearchParams): LoopbackReply | null {
    const [, sid = '', recording] = /^\/Calls\/(CA\w+)(\/Recordings\/Twilio\.CURRENT)?\.json$/u.exec(path) ?? [];
    const call = this.live.get(sid);
    if (call === undefined || call.isOver) {
      return twilioError(400, 21220, 'Call is not in-progress. Cannot redirect.');
    }
    if (recording === undefined) {
      call.redirect(form.get('Url') ?? '');
    } else {
      this.recordingActs.push({ callSid: sid, status: form.get('Status') ?? '' });
    }
    return jsonReply(200, { sid, status: 'in-progress' });
  }

  /** An agent is rung first; if they answer, the hub says what the call goes on with. */
  private make(form: URLSearchParams): LoopbackReply {
    const sid = newSid('CA');
    const base = { ...this.partiesOf(sid, form.get('From') ?? '', form.get('To') ?? ''), Direction: 'outbound-api' };
    const url = form.get('Url') ?? '';
    const channel = /\/hooks\/twilio\/([^/]+)\//u.exec(url)?.[1] ?? '';
    void Promise.resolve(this.rung(form.get('To') ?? '')).then((act) => {
      const statusUrl = form.get('StatusCallback');
      if (typeof act === 'object') {
        this.made.push(this.start(channel, base, { url, acts: [], statusUrl }));
      } else if (statusUrl !== null) {
        return this.post(statusUrl, { ...base, CallStatus: act, SequenceNumber: '1' });
      }
      return undefined;
    });
    return jsonReply(201, { sid, status: 'queued' });
  }

  private start(
    channel: string,
    base: Params,
    { url, acts, statusUrl }: { url: string; acts: CallerPlan[]; statusUrl: string | null },
  ): VoiceCall {
    const later: (() => Promise<unknown>)[] = [];
    const world = {
      post: (to: string, params: Params) => this.postOrKeep(to, params, later),
      doubles: () => this.doubles,
      rung: (to: string) => this.rung(to),
      keepRecording: () => this.keepRecording(),
      newSid: () => newSid('CA'),
      secondMs: this.secondMs,
      fallbackUrl: this.hasFallback ? this.way(channel, 'voice-fallback') : null,
    };
    const call = new VoiceCall(world, base, { url, params: {} }, { acts, statusUrl });
    this.live.set(base['CallSid'] ?? '', call);
    const settled = call.done.then(async () => {
      for (const tell of later.toReversed()) {
        await tell();
      }
    });
    return Object.assign(call, { done: settled });
  }

  private async postOrKeep(url: string, params: Params, later: (() => Promise<unknown>)[]): Promise<VoiceRequest> {
    const isStatus = url.includes('/voice-status');
    if (isStatus && this.statusOutOfOrder) {
      later.push(() => this.post(url, params));
      return { path: 'voice-status', query: {}, params, status: 200, body: '', ms: 0 };
    }
    return this.post(url, params);
  }

  /** One signed request, once; status null: no answer in time. */
  private async post(publicUrl: string, params: Params): Promise<VoiceRequest> {
    const { authToken, hubUrl, publicUrl: ours } = this.options;
    const at = performance.now();
    const answer = await fetch(publicUrl.replace(ours, hubUrl), {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': signTwilio(authToken, publicUrl, params),
      },
      body: new URLSearchParams(params).toString(),
      signal: AbortSignal.timeout(this.timeoutMs),
    }).then(
      async (response) => ({ status: response.status, body: await response.text() }),
      () => ({ status: null, body: '' }),
    );
    const { pathname, searchParams } = new URL(publicUrl);
    const path = pathname.split('/').at(-1) ?? '';
    const told = { path, query: Object.fromEntries(searchParams), params, ...answer, ms: performance.now() - at };
    this.told.push(told);
    return told;
  }

  private keepRecording(): { sid: string; url: string } {
    const sid = newSid('RE');
    return { sid, url: this.options.keep(`/Recordings/${sid}`, Buffer.from('RIFF recorded'), 'audio/x-wav') };
  }

  private partiesOf(sid: string, from: string, to: string): Params {
    return { CallSid: sid, AccountSid: this.options.accountSid, From: from, To: to, ApiVersion: '2010-04-01' };
  }

  private way(channel: string, name: string): string {
    return `${this.options.publicUrl}/hooks/twilio/${channel}/${name}`;
  }
}

function newSid(prefix: string): string {
  return prefix + randomBytes(16).toString('hex');
}
