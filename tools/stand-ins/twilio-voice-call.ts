import { setTimeout as sleep } from 'node:timers/promises';
import { parseTwiml, type TwimlElement } from './twilio-voice-twiml.js';

type Params = Record<string, string>;

/**
 * What a caller does when something is asked of them; one for each question or recording. `leave`: a message of so many seconds.
 * Who has nothing more to do hangs up.
 */
export type CallerAct = { press: string } | { speak: string } | { leave: number } | 'silence' | 'hang_up';

/** An act, or whoever decides on it when it is due. */
export type CallerPlan = CallerAct | (() => CallerAct | Promise<CallerAct>);

/** What somebody does who is rung. `answers`: talks for so many seconds. */
export type RungAct = { answers: number } | 'busy' | 'no-answer' | 'failed';

/** Something that a caller noticed, in order. */
export type Heard =
  | { play: string }
  | { say: string; language: string }
  | { music: string | null }
  | { rings: string }
  | { talks: string; seconds: number }
  | 'beep'
  | 'pause'
  | 'hang_up'
  /** Twilio gave up on the hub. */
  | 'application error';

/** A request that Twilio made about a call, with what came back. */
export interface VoiceRequest {
  path: string;
  query: Params;
  params: Params;
  status: number | null;
  body: string;
  ms: number;
}

/** What a call needs of the account that it belongs to. */
export interface VoiceWorld {
  post(publicUrl: string, params: Params): Promise<VoiceRequest>;
  /** Every request of a line is made so many times more, and all must be answered alike. */
  doubles(): number;
  rung(to: string): RungAct | Promise<RungAct>;
  keepRecording(): { sid: string; url: string };
  newSid(): string;
  /** How long a second of Twilio's takes here, in milliseconds. */
  secondMs: number;
  fallbackUrl: string | null;
}

type Go = { url: string; params: Params };
/** Where a verb leads: on to the next one, to another document, or to the end of the call. */
type Step = 'on' | 'end' | Go;

const unreadable = { name: 'Response', attributes: {}, children: [], text: '' };

/** One call that Twilio walks through documents. */
export class VoiceCall {
  readonly heard: Heard[] = [];
  readonly requests: VoiceRequest[] = [];
  /** What Twilio, or this stand-in's own care, has against the hub's answers. */
  readonly problems: string[] = [];
  isOver = false;
  private acts: CallerPlan[];
  private sequence = 0;
  private fetched: (go: Go) => void = () => undefined;
  private interruption = this.listen();
  readonly done: Promise<void>;
  private readonly world: VoiceWorld;
  private readonly base: Params;

  constructor(
    world: VoiceWorld,
    base: Params,
    start: Go,
    { acts, statusUrl }: { acts: CallerPlan[]; statusUrl: string | null },
  ) {
    this.world = world;
    this.base = base;
    this.acts = [...acts];
    this.done = this.live(start, statusUrl);
  }

  /** Somebody asked over REST that the call hear something else. */
  redirect(url: string): void {
    this.fetched({ url, params: {} });
  }

  private listen(): Promise<Go> {
    return new Promise((resolve) => {
      this.fetched = resolve;
    });
  }

  private async live(start: Go, statusUrl: string | null): Promise<void> {
    const report = async (CallStatus: string, more: Params = {}) => {
      if (statusUrl !== null) {
        await this.report(statusUrl, { CallStatus, ...more });
      }
    };
    await report('ringing');
    const first = { ...start, params: { CallStatus: 'ringing', ...start.params } };
    let next: Step = first;
    let isAnswered = false;
    while (next !== 'end' && next !== 'on') {
      const document = await this.fetch(next);
      if (!isAnswered) {
        isAnswered = true;
        await report('in-progress');
      }
      next = document === null ? 'end' : await this.walk(document);
    }
    this.isOver = true;
    await report('completed', { CallDuration: '7' });
  }

  private async report(url: string, params: Params): Promise<void> {
    const SequenceNumber = String(this.sequence++);
    await this.world.post(url, { ...this.base, ...params, SequenceNumber, Timestamp: new Date().toUTCString() });
  }

  /** The document behind an address, from the fallback address where the first gives none; null where neither does. */
  private async fetch({ url, params }: Go): Promise<TwimlElement | null> {
    const answer = await this.ask(url, params);
    const document = this.read(answer);
    if (document !== null) {
      return document;
    }
    const { fallbackUrl } = this.world;
    if (fallbackUrl === null || url.startsWith(fallbackUrl)) {
      this.heard.push('application error');
      return null;
    }
    return this.fetch({
      url: fallbackUrl,
      params: { ErrorCode: answer.status === null ? '11205' : '11200', ErrorUrl: url },
    });
  }

  private async ask(url: string, params: Params): Promise<VoiceRequest> {
    const whole = { CallStatus: 'in-progress', ...this.base, ...params };
    const copies = Array.from({ length: this.world.doubles() + 1 }, () => this.world.post(url, whole));
    const answers = await Promise.all(copies);
    this.requests.push(...answers);
    const bodies = new Set(answers.map(({ body }) => body));
    if (bodies.size > 1) {
      this.problems.push(`a repeat of ${url} was answered in another way: ${[...bodies].join(' / ')}`);
    }
    return answers[0] as VoiceRequest;
  }

  private read({ status, body, path }: VoiceRequest): TwimlElement | null {
    if (status !== 200) {
      this.problems.push(`${path}: ${String(status)}`);
      return null;
    }
    try {
      return parseTwiml(body);
    } catch (error) {
      this.problems.push(`${path}: ${String(error)}`);
      return null;
    }
  }

  private async walk(document: TwimlElement): Promise<Step> {
    for (const verb of document.children) {
      const step = await this.perform(verb);
      if (step !== 'on') {
        return step;
      }
    }
    this.heard.push('hang_up');
    return 'end';
  }

  private async perform(verb: TwimlElement): Promise<Step> {
    switch (verb.name) {
      case 'Play':
      case 'Say':
      case 'Pause':
        return this.hear(verb);
      case 'Gather':
        return this.gather(verb);
      case 'Record':
        return this.record(verb);
      case 'Enqueue':
        return this.enqueue(verb);
      case 'Dial':
        return this.dial(verb);
      case 'Redirect':
        return { url: verb.text, params: {} };
      case 'Hangup':
        this.heard.push('hang_up');
        return 'end';
      default:
        this.problems.push(`Twilio knows no ${verb.name}`);
        return 'end';
    }
  }

  /** A redirection over REST cuts everything short that takes time. */
  private async hear(verb: TwimlElement): Promise<Step> {
    if (verb.name === 'Play') {
      this.heard.push({ play: verb.text });
    } else if (verb.name === 'Say') {
      this.checkSay(verb);
      this.heard.push({ say: verb.text, language: verb.attributes['language'] ?? '' });
    } else {
      this.heard.push('pause');
      return (await this.during(Number(verb.attributes['length'] ?? 1))) ?? 'on';
    }
    return 'on';
  }

  private checkSay({ text, attributes }: TwimlElement): void {
    if (text.length > 4096 || /^fa\b/u.test(attributes['language'] ?? '')) {
      this.problems.push(`Twilio cannot say this: ${attributes['language'] ?? ''} ${text.slice(0, 40)}`);
    }
  }

  /** Waits so many of Twilio's seconds; a redirection that comes meanwhile. */
  private async during(seconds: number): Promise<Go | null> {
    const timer = new AbortController();
    const wait = sleep(seconds * this.world.secondMs, null, { signal: timer.signal }).catch(() => null);
    const step = await Promise.race([wait, this.interruption]);
    timer.abort();
    if (step !== null) {
      this.interruption = this.listen();
    }
    return step;
  }

  private async act(): Promise<CallerAct> {
    const plan = this.acts.shift() ?? 'hang_up';
    return typeof plan === 'function' ? plan() : plan;
  }

  /** Whether the caller, who waits, hangs up; whatever else they mean to do is for the next question. */
  private async givesUp(): Promise<boolean> {
    if (this.acts.length === 0) {
      return false;
    }
    const act = await this.act();
    this.acts.unshift(act);
    return act === 'hang_up';
  }

  private async gather(verb: TwimlElement): Promise<Step> {
    const act = await this.act();
    for (const prompt of verb.children) {
      await this.hear(prompt);
    }
    if (act === 'hang_up') {
      return 'end';
    }
    const { action = '', input = 'dtmf', actionOnEmptyResult } = verb.attributes;
    const said = answerTo(act, input);
    if (Object.keys(said).length === 0) {
      return actionOnEmptyResult === 'true' ? { url: action, params: {} } : 'on';
    }
    return { url: action, params: said };
  }

  private async record({ attributes }: TwimlElement): Promise<Step> {
    this.heard.push('beep');
    const act = await this.act();
    if (typeof act !== 'object' || !('leave' in act)) {
      return act === 'hang_up' ? 'end' : 'on';
    }
    const seconds = Math.min(act.leave, Number(attributes['maxLength'] ?? 3600));
    await this.during(seconds);
    const { sid, url } = this.world.keepRecording();
    const recording = { RecordingSid: sid, RecordingUrl: url, RecordingDuration: String(seconds) };
    await this.tellRecording(attributes['recordingStatusCallback'], recording);
    return { url: attributes['action'] ?? '', params: { ...recording, Digits: 'hangup' } };
  }

  private async tellRecording(url: string | undefined, recording: Params): Promise<void> {
    if (url !== undefined) {
      const { CallSid = '', AccountSid = '' } = this.base;
      await this.world.post(url, {
        CallSid,
        AccountSid,
        RecordingStatus: 'completed',
        RecordingChannels: '1',
        ...recording,
      });
    }
  }

  private async enqueue(verb: TwimlElement): Promise<Step> {
    const { action = '', waitUrl = '' } = verb.attributes;
    if (verb.text.length > 64) {
      this.problems.push('the name of a queue is too long');
    }
    if (await this.givesUp()) {
      await this.ask(action, { QueueResult: 'hangup', QueueTime: '1' });
      return 'end';
    }
    const step = await this.stretch(waitUrl);
    if (step === 'end') {
      return { url: action, params: { QueueResult: 'leave', QueueTime: '1' } };
    }
    await this.ask(action, { QueueResult: 'redirected', QueueTime: '1' });
    return step;
  }

  /** Plays what a queue plays until the caller leaves it, or is fetched out of it. */
  private async stretch(waitUrl: string): Promise<'end' | Go> {
    const answer = await this.ask(waitUrl, { QueueSid: `QU${'0'.repeat(32)}`, QueueTime: '0' });
    const document = this.read(answer) ?? unreadable;
    for (const verb of document.children) {
      if (verb.name === 'Leave') {
        return 'end';
      }
      this.heard.push({ music: verb.name === 'Play' ? verb.text : null });
      const fetched = await this.during(Number(verb.attributes['length'] ?? 30));
      if (fetched !== null) {
        return fetched;
      }
    }
    this.problems.push('nobody lets the caller out of the queue');
    return 'end';
  }

  private async dial(verb: TwimlElement): Promise<Step> {
    const [target] = verb.children;
    const to = target?.text ?? verb.text;
    this.heard.push({ rings: to });
    const leg = { ...this.base, CallSid: this.world.newSid(), ParentCallSid: this.base['CallSid'] ?? '', To: to };
    const tell = this.legReporter(target?.attributes['statusCallback'], { ...leg, Direction: 'outbound-dial' });
    await tell('initiated');
    await tell('ringing');
    const act = await Promise.race([Promise.resolve(this.world.rung(to)), this.interruption]);
    if (typeof act === 'object' && 'url' in act) {
      this.interruption = this.listen();
      await tell('canceled');
      return act;
    }
    const talk = await this.talk(to, act, tell);
    const { action, recordingStatusCallback } = verb.attributes;
    await this.recordTalk(recordingStatusCallback, act);
    if (talk.redirected !== null) {
      return talk.redirected;
    }
    return action === undefined ? 'on' : { url: action, params: { DialCallSid: leg.CallSid, ...talk.ended } };
  }

  private async recordTalk(url: string | undefined, act: RungAct): Promise<void> {
    if (url !== undefined && typeof act === 'object') {
      const kept = this.world.keepRecording();
      const recording = { RecordingSid: kept.sid, RecordingUrl: kept.url, RecordingDuration: String(act.answers) };
      await this.tellRecording(url, recording);
    }
  }

  private legReporter(url: string | undefined, leg: Params): (status: string, more?: Params) => Promise<void> {
    let sequence = 0;
    return async (CallStatus, more = {}) => {
      if (url !== undefined) {
        const stamp = { SequenceNumber: String(sequence++), Timestamp: new Date().toUTCString() };
        await this.world.post(url, { ...leg, ...stamp, ...more, CallStatus });
      }
    };
  }

  /** A caller who is redirected leaves whoever they talk with: that leg is over, and the verb's own address is not asked. */
  private async talk(
    to: string,
    act: RungAct,
    tell: (status: string, more?: Params) => Promise<void>,
  ): Promise<{ ended: Params; redirected: Go | null }> {
    if (typeof act !== 'object') {
      await tell(act);
      return { ended: { DialCallStatus: act }, redirected: null };
    }
    await tell('in-progress');
    this.heard.push({ talks: to, seconds: act.answers });
    const redirected = await this.during(act.answers);
    await tell('completed', { CallDuration: String(act.answers) });
    return { ended: { DialCallStatus: 'completed', DialCallDuration: String(act.answers) }, redirected };
  }
}

function answerTo(act: Exclude<CallerAct, 'hang_up'>, input: string): Params {
  if (typeof act === 'object' && 'press' in act && input.includes('dtmf')) {
    return { Digits: act.press };
  }
  if (typeof act === 'object' && 'speak' in act && input.includes('speech')) {
    return { SpeechResult: act.speak, Confidence: '0.9' };
  }
  return {};
}
