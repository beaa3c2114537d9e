import type { AgentEndpoint, LineReply, LineStep, LineStop } from '../line.js';

/** One verb of an application of jambonz, as JSON. */
export type JambonzVerb = { verb: string } & Record<string, unknown>;

/** The ways in by which jambonz asks again, behind `/hooks/jambonz/<channel>/`. */
export type JambonzWay = 'next' | 'wait' | 'dialled';

/** What a reply needs to know of its surroundings. */
export interface JambonzLine {
  callId: string;
  /** Where extensions are reached over SIP; null: they are users of the account's own SIP realm. */
  extensionsAt: string | null;
  way(name: JambonzWay, query: Record<string, string>): string;
  /** The address of a recording; null where nobody recorded it. */
  recording(name: string, locale: string): string | null;
}

type Gather = Extract<LineStop, { gather: unknown }>['gather'];
type Dial = Extract<LineStop, { dial: unknown }>['dial'];

const languages: Record<string, string> = {
  fa: 'fa-IR',
  en: 'en-US',
  ar: 'ar-SA',
  tr: 'tr-TR',
  de: 'de-DE',
  fr: 'fr-FR',
};

/**
 * A reply as the verbs that jambonz plays. Texts are read by whatever voice the account has for their language. jambonz records no
 * messages, so a recording is over at once, without one.
 */
export function renderJambonz({ turn, steps }: LineReply, line: JambonzLine): JambonzVerb[] {
  const stop = steps.find(isStop) ?? { again: { afterMs: 0 } };
  const spoken = steps.filter((step) => !isStop(step)).flatMap((step) => played(step, line));
  return stopped(stop, { spoken, turn: String(turn), line });
}

/** The music of a stretch on hold. */
export function renderJambonzWait(music: string | null, maxMs: number): JambonzVerb[] {
  return [music === null ? pause(maxMs) : { verb: 'play', url: music }, { verb: 'leave' }];
}

/** Asks again by itself after a pause. */
export function redirectJambonz(url: string, afterMs = 0): JambonzVerb[] {
  const redirect = { verb: 'redirect', actionHook: url };
  return afterMs > 0 ? [pause(afterMs), redirect] : [redirect];
}

export function sayJambonz(text: string, locale: string): JambonzVerb[] {
  return text.trim() === '' ? [] : [{ verb: 'say', text, synthesizer: { language: languageOf(locale) } }];
}

function isStop(step: LineStep): step is LineStop {
  return !('play' in step || 'say' in step || 'pause' in step);
}

function played(step: LineStep, line: JambonzLine): JambonzVerb[] {
  if ('play' in step) {
    const url = line.recording(step.play, step.locale);
    return url === null ? [] : [{ verb: 'play', url }];
  }
  if ('say' in step) {
    return sayJambonz(step.say, step.locale);
  }
  return 'pause' in step ? [pause(step.pause.ms)] : [];
}

function pause(ms: number): JambonzVerb {
  return { verb: 'pause', length: seconds(ms) };
}

function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}

function languageOf(locale: string): string {
  return locale.includes('-') ? locale : (languages[locale] ?? 'en-US');
}

interface Place {
  spoken: JambonzVerb[];
  turn: string;
  line: JambonzLine;
}

function stopped(stop: LineStop, place: Place): JambonzVerb[] {
  const { spoken, turn, line } = place;
  if ('gather' in stop) {
    return gathered(stop.gather, place);
  }
  if ('dial' in stop) {
    return [...spoken, dialled(stop.dial, turn, line)];
  }
  if ('record' in stop) {
    return [...spoken, ...redirectJambonz(line.way('next', { turn, of: 'record' }))];
  }
  if ('hold' in stop) {
    return [...spoken, held(stop.hold, turn, line)];
  }
  if ('again' in stop) {
    return [...spoken, ...redirectJambonz(line.way('next', { turn, of: 'again' }), stop.again.afterMs)];
  }
  return [...spoken, { verb: 'hangup' }];
}

/** A question takes one prompt inside, which a caller may interrupt; what does not fit into it is heard before. */
function gathered(gather: Gather, { spoken, turn, line }: Place): JambonzVerb[] {
  const { before, prompt } = splitPrompt(spoken);
  const inputs = [...(gather.dtmf || !gather.speech ? ['digits'] : []), ...(gather.speech ? ['speech'] : [])];
  const verb = {
    verb: 'gather',
    input: inputs,
    actionHook: line.way('next', { turn, of: 'gather' }),
    timeout: seconds(gather.timeoutMs),
    dtmfBargein: true,
    ...(gather.numDigits !== null && { numDigits: gather.numDigits }),
    ...(gather.finishOnKey !== null && { finishOnKey: gather.finishOnKey }),
    ...(gather.speech && {
      bargein: true,
      recognizer: { vendor: 'default', language: languageOf(gather.locale), hints: gather.hints },
    }),
    ...prompt,
  };
  return [...before, verb];
}

/** The last run of recordings, or of texts in one language, can stand inside a question. */
function splitPrompt(spoken: JambonzVerb[]): { before: JambonzVerb[]; prompt: Record<string, unknown> } {
  const last = spoken.at(-1);
  if (last === undefined || last.verb === 'pause') {
    return { before: spoken, prompt: {} };
  }
  const start = spoken.findLastIndex((verb) => !isLike(verb, last)) + 1;
  const run = spoken.slice(start);
  const inside =
    last.verb === 'play'
      ? { play: { url: run.map(({ url }) => url) } }
      : { say: { text: run.map(({ text }) => String(text)).join(' '), synthesizer: last['synthesizer'] } };
  return { before: spoken.slice(0, start), prompt: inside };
}

function isLike(a: JambonzVerb, b: JambonzVerb): boolean {
  return a.verb === b.verb && JSON.stringify(a['synthesizer']) === JSON.stringify(b['synthesizer']);
}

function held(hold: { music: string | null; maxMs: number }, turn: string, line: JambonzLine): JambonzVerb {
  const wait = { ms: String(hold.maxMs), ...(hold.music !== null && { music: hold.music }) };
  return {
    verb: 'enqueue',
    name: `peyk ${line.callId}`,
    actionHook: line.way('next', { turn, of: 'hold' }),
    waitHook: line.way('wait', wait),
  };
}

function dialled(dial: Dial, turn: string, line: JambonzLine): JambonzVerb {
  return {
    verb: 'dial',
    target: [jambonzTarget(dial.to, line.extensionsAt)],
    actionHook: line.way('dialled', { turn, leg: dial.leg }),
    timeout: Math.max(5, Math.round(dial.timeoutSecs)),
    ...(dial.callerId !== null && { callerId: dial.callerId }),
  };
}

/** Whom jambonz calls: a number over the account's carrier, a SIP address, or a user of its own. */
export function jambonzTarget({ kind, address }: AgentEndpoint, extensionsAt: string | null): Record<string, string> {
  if (kind === 'number') {
    return { type: 'phone', number: address };
  }
  if (kind === 'extension' && extensionsAt === null) {
    return { type: 'user', name: address };
  }
  const uri = kind === 'extension' ? `${address}@${extensionsAt ?? ''}` : address;
  return { type: 'sip', sipUri: /^sips?:/u.test(uri) ? uri : `sip:${uri}` };
}
