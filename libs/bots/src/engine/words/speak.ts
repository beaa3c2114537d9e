import type { LocalText, Locale, Message } from '../../script/terms.js';
import { renderTemplate, resolveValue } from '../../templates/render-template.js';
import { builtInMessage, type BuiltInText } from './built-in-texts.js';
import { placeName, shownVars, templateWorld, type Turn } from '../turn.js';
import type { BotInput, BotOption, BotSay, LineAct, SpokenValue } from '../types/bot-say.js';

/** More than any channel shows of one message; a template over a long list ends here. */
const longestText = 4_000;

interface Parts {
  options?: BotOption[];
  input?: BotInput | null;
  line?: LineAct | null;
  /** What templates see besides the variables. */
  extra?: Record<string, unknown>;
}

/** Says a message in the customer's language. */
export function speak(turn: Turn, node: string, message: Message | null, parts: Parts = {}): void {
  const { options = [], input = null, line = null, extra = {} } = parts;
  turn.output.push({
    node: placeName(turn, node),
    locale: turn.state.locale,
    ...wordsOf(turn, message, { ...shownVars(turn), ...extra }),
    options,
    input,
    line,
    turn: turn.state.turn,
  });
}

type Words = Pick<BotSay, 'text' | 'short' | 'speech' | 'audio' | 'values' | 'media'>;

function wordsOf(turn: Turn, message: Message | null, vars: Record<string, unknown>): Words {
  if (message === null) {
    return { text: '', short: null, speech: null, audio: null, values: [], media: null };
  }
  const { text, short, speech, audio = {}, media = null } = message;
  const isCall = turn.state.channel === 'voice';
  return {
    text: worded(turn, text, vars),
    short: short === undefined ? null : worded(turn, short, vars),
    speech: speech === undefined ? null : worded(turn, speech, vars),
    audio: (isCall ? audio[turn.state.locale] : null) ?? null,
    values: isCall ? spokenValues(turn, localised(turn, speech ?? text), vars) : [],
    media,
  };
}

export function speakBuiltIn(turn: Turn, node: string, name: BuiltInText, parts: Parts = {}): void {
  speak(turn, node, builtInMessage(name), parts);
}

/** The label of an option as the customer reads it. */
export function labelled(turn: Turn, label: LocalText): string {
  return worded(turn, label, shownVars(turn));
}

/** The text in the session's language, else in the script's own, else whatever there is. */
function localised(turn: Turn, text: LocalText): string {
  return textIn(text, turn.state.locale, turn.main.default_locale);
}

function textIn(text: LocalText, locale: Locale, otherwise: Locale): string {
  return text[locale] ?? text[otherwise] ?? Object.values(text)[0] ?? '';
}

function worded(turn: Turn, text: LocalText, vars: Record<string, unknown>): string {
  return renderTemplate(localised(turn, text), vars, templateWorld(turn)).slice(0, longestText).trim();
}

const placeholder = /\{\{-?\s*([a-z][\w.]*)\s*(?:\|\s*(\w+)[^}]*)?-?\}\}/gu;

/**
 * The values inside a sentence, in their order, for lines that play recordings instead of reading text: the recording says the
 * sentence, the values follow it.
 */
function spokenValues(turn: Turn, template: string, vars: Record<string, unknown>): SpokenValue[] {
  return [...template.matchAll(placeholder)].flatMap(([, path = '', filter = '']) => {
    const value = resolveValue(`{{ ${path} }}`, vars, templateWorld(turn));
    const spoken = spokenValue(turn, value, filter);
    return spoken === null ? [] : [spoken];
  });
}

const isoDate = /^\d{4}-\d{2}-\d{2}(?:T|$)/u;

function spokenValue({ main, world, state }: Turn, value: unknown, filter: string): SpokenValue | null {
  if (filter === 'mask') {
    return null;
  }
  if (filter === 'money' && isAmount(value)) {
    return { kind: 'money', value: String(value), currency: main.currency ?? 'IRT' };
  }
  if (typeof value === 'number') {
    return { kind: 'number', value: String(value) };
  }
  if (typeof value !== 'string') {
    return null;
  }
  if (isoDate.test(value)) {
    return spokenDate(value, isJalali(filter, state.locale), world.zone);
  }
  return /^\d{1,40}$/u.test(value) ? { kind: 'digits', value } : null;
}

/** As it is written: a Persian reader gets the Persian calendar unless the text asks for the other. */
function isJalali(filter: string, locale: Locale): boolean {
  return filter === 'jalali' || (locale === 'fa' && filter !== 'gregorian');
}

function spokenDate(value: string, toJalali: boolean, zone: string): SpokenValue {
  const jalali = toJalali ? jalaliDate(value, zone) : null;
  return jalali === null ? { kind: 'date', value: value.slice(0, 10) } : { kind: 'date_jalali', value: jalali };
}

function isAmount(value: unknown): boolean {
  return (typeof value === 'number' || typeof value === 'string') && /^-?\d+(?:\.\d+)?$/u.test(String(value));
}

/** A bare date is that day everywhere; an instant is the day that it is in the script's zone. */
function jalaliDate(value: string, zone: string): string | null {
  const at = Date.parse(value);
  if (Number.isNaN(at)) {
    return null;
  }
  const timeZone = value.length === 10 ? 'UTC' : zone;
  const parts = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month').padStart(2, '0')}-${part('day').padStart(2, '0')}`;
}
