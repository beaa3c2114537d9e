import type { AgentEndpoint, LineReply, LineStep, LineStop } from '../line.js';
import { earOf, voiceOf } from './twilio-languages.js';
import { xmlDocument, type XmlElement } from './xml.js';

/** The ways in by which Twilio asks again, behind a channel's `/hooks/twilio/<channel>/`. */
export type TwilioWay =
  'voice' | 'voice-next' | 'voice-wait' | 'voice-dialled' | 'voice-recorded' | 'voice-status' | 'recording';

/** What a reply on a line of Twilio's needs to know of its surroundings. */
export interface TwilioLine {
  callId: string;
  /** The caller's address, for recordings, which do not say whose they are. */
  party: string;
  /** Where extensions are reached over SIP, e.g. `pbx.example.com`; null: nowhere. */
  extensionsAt: string | null;
  /** The absolute address of a way in. */
  way(name: TwilioWay, query: Record<string, string>): string;
  /** The address of a recording; null where nobody recorded it. */
  recording(name: string, locale: string): string | null;
}

type Gather = Extract<LineStop, { gather: unknown }>['gather'];
type Dial = Extract<LineStop, { dial: unknown }>['dial'];

/** Twilio's own limits. */
const longest = {
  /** Letters that one Say may have; 4096 by Twilio's word. */
  said: 3000,
  hints: 500,
  hint: 100,
  allHintsBytes: 4000,
  ringSeconds: 600,
  recordedSeconds: 3600,
  pauseSeconds: 180,
};

/** A reply as the document that Twilio plays. Texts in a language without a voice, and recordings that nobody made, stay silent. */
export function renderTwiml({ turn, steps }: LineReply, line: TwilioLine): string {
  const stop = steps.find(isStop) ?? { again: { afterMs: 0 } };
  const spoken = steps.filter((step) => !isStop(step)).flatMap((step) => played(step, line));
  return twiml(stopped(stop, { spoken, turn: String(turn), line }));
}

/** The music of a stretch on hold; after it the caller leaves the queue, and the line asks again. */
export function renderTwimlWait(music: string | null, maxMs: number): string {
  const stretch: XmlElement[] = music === null ? [pause(maxMs)] : [{ name: 'Play', children: [music] }];
  return twiml([...stretch, { name: 'Leave' }]);
}

export function twiml(verbs: readonly XmlElement[]): string {
  return xmlDocument({ name: 'Response', children: verbs });
}

/** Text read aloud, in as many pieces as Twilio takes; nothing in a language that it has no voice for. */
export function sayTwiml(text: string, locale: string): XmlElement[] {
  const language = voiceOf(locale);
  if (language === null || text.trim() === '') {
    return [];
  }
  const letters = Array.from(text);
  const pieces = Array.from({ length: Math.ceil(letters.length / longest.said) }, (_, n) =>
    letters.slice(n * longest.said, (n + 1) * longest.said).join(''),
  );
  return pieces.map((piece) => ({ name: 'Say', attributes: { language }, children: [piece] }));
}

/** Asks again by itself after a pause. */
export function redirectTwiml(url: string, afterMs = 0): XmlElement[] {
  const redirect = { name: 'Redirect', attributes: { method: 'POST' }, children: [url] };
  return afterMs > 0 ? [pause(afterMs), redirect] : [redirect];
}

function isStop(step: LineStep): step is LineStop {
  return !('play' in step || 'say' in step || 'pause' in step);
}

function played(step: LineStep, line: TwilioLine): XmlElement[] {
  if ('play' in step) {
    const url = line.recording(step.play, step.locale);
    return url === null ? [] : [{ name: 'Play', children: [url] }];
  }
  if ('say' in step) {
    return sayTwiml(step.say, step.locale);
  }
  return 'pause' in step ? [pause(step.pause.ms)] : [];
}

function pause(ms: number): XmlElement {
  return { name: 'Pause', attributes: { length: seconds(ms, longest.pauseSeconds) } };
}

/** Whole seconds, at least one: what Twilio counts in. */
function seconds(ms: number, most: number): number {
  return Math.min(Math.max(1, Math.ceil(ms / 1000)), most);
}

interface Place {
  spoken: XmlElement[];
  turn: string;
  line: TwilioLine;
}

function stopped(stop: LineStop, place: Place): XmlElement[] {
  const { spoken, turn, line } = place;
  if ('gather' in stop) {
    return gathered(stop.gather, place);
  }
  if ('dial' in stop) {
    return [...spoken, ...dialled(stop.dial, place)];
  }
  if ('record' in stop) {
    return [...spoken, ...recorded(stop.record, place)];
  }
  if ('hold' in stop) {
    return [...spoken, held(stop.hold, place)];
  }
  if ('again' in stop) {
    return [...spoken, ...redirectTwiml(line.way('voice-next', { turn, of: 'again' }), stop.again.afterMs)];
  }
  return [...spoken, { name: 'Hangup' }];
}

/** Prompts stand inside, so that a caller who knows the way need not hear them out. */
function gathered(gather: Gather, { spoken, turn, line }: Place): XmlElement[] {
  const ear = gather.speech ? earOf(gather.locale) : null;
  const inputs = [...(gather.dtmf || ear === null ? ['dtmf'] : []), ...(ear === null ? [] : ['speech'])];
  const attributes = {
    input: inputs.join(' '),
    action: line.way('voice-next', { turn, of: 'gather' }),
    method: 'POST',
    actionOnEmptyResult: true,
    timeout: seconds(gather.timeoutMs, longest.pauseSeconds),
    numDigits: gather.numDigits ?? undefined,
    finishOnKey: /^[0-9*#]$/u.test(gather.finishOnKey ?? '') ? (gather.finishOnKey ?? '') : '',
    ...(ear !== null && { language: ear, speechTimeout: 'auto', hints: hintsOf(gather.hints) }),
  };
  return [{ name: 'Gather', attributes, children: spoken }];
}

/** A comma parts hints, so none can be inside of one. */
function hintsOf(hints: readonly string[]): string | undefined {
  const plain = hints.map((hint) => hint.replace(/[\s,،]+/gu, ' ').trim()).filter((hint) => hint !== '');
  let all = '';
  for (const hint of plain.slice(0, longest.hints)) {
    const longer = [all, Array.from(hint).slice(0, longest.hint).join('')].filter((part) => part !== '').join(',');
    if (Buffer.byteLength(longer) > longest.allHintsBytes) {
      break;
    }
    all = longer;
  }
  return all === '' ? undefined : all;
}

function held(hold: { music: string | null; maxMs: number }, { turn, line }: Place): XmlElement {
  const wait = { ms: String(hold.maxMs), ...(hold.music !== null && { music: hold.music }) };
  const attributes = {
    action: line.way('voice-next', { turn, of: 'hold' }),
    method: 'POST',
    waitUrl: line.way('voice-wait', wait),
    waitUrlMethod: 'POST',
  };
  // A queue of the call's own: its place among others is the hub's to know.
  return { name: 'Enqueue', attributes, children: [`peyk ${line.callId}`.slice(0, 64)] };
}

/** Somebody who cannot be reached from Twilio at all has not answered: the line says so by itself. */
function dialled(dial: Dial, { turn, line }: Place): XmlElement[] {
  const target = targetOf(dial, turn, line);
  const leg = { turn, leg: dial.leg };
  if (target === null) {
    return redirectTwiml(line.way('voice-dialled', { ...leg, result: 'failed' }));
  }
  const attributes = {
    action: line.way('voice-dialled', leg),
    method: 'POST',
    timeout: Math.min(Math.max(5, Math.round(dial.timeoutSecs)), longest.ringSeconds),
    callerId: dial.callerId ?? undefined,
    ...(dial.record && {
      record: 'record-from-answer-dual',
      recordingStatusCallback: line.way('recording', { party: line.party }),
    }),
  };
  return [{ name: 'Dial', attributes, children: [target] }];
}

function targetOf(dial: Dial, turn: string, line: TwilioLine): XmlElement | null {
  const called = calledName(dial.to, line.extensionsAt);
  if (called === null) {
    return null;
  }
  const attributes = {
    statusCallback: line.way('voice-status', { turn, leg: dial.leg, party: line.party }),
    statusCallbackEvent: 'initiated ringing answered completed',
    statusCallbackMethod: 'POST',
  };
  return { name: called.name, attributes, children: [called.address] };
}

/** How Twilio names whom it calls: a number, a SIP address, or one of its own clients. */
export function calledName(
  { kind, address }: AgentEndpoint,
  extensionsAt: string | null,
): { name: 'Number' | 'Sip' | 'Client'; address: string } | null {
  if (kind === 'number') {
    return { name: 'Number', address };
  }
  if (kind === 'extension') {
    return extensionsAt === null ? null : { name: 'Sip', address: `sip:${address}@${extensionsAt}` };
  }
  return address.startsWith('client:')
    ? { name: 'Client', address: address.slice('client:'.length) }
    : { name: 'Sip', address: /^sips?:/u.test(address) ? address : `sip:${address}` };
}

/** A caller who says nothing makes Twilio read on, so the next thing is to say so. */
function recorded(record: { maxMs: number; finishOnKey: string | null }, { turn, line }: Place): XmlElement[] {
  const attributes = {
    action: line.way('voice-recorded', { turn }),
    method: 'POST',
    maxLength: seconds(record.maxMs, longest.recordedSeconds),
    // Without a word Twilio ends a recording at any key.
    finishOnKey: record.finishOnKey ?? '#',
    playBeep: true,
    timeout: 5,
    recordingStatusCallback: line.way('recording', { party: line.party }),
  };
  return [{ name: 'Record', attributes }, ...redirectTwiml(line.way('voice-recorded', { turn, of: 'silence' }))];
}
