import { matchKey } from '#channels';
import type { Heard } from '../../understanding/understand.js';
import { menuKeys } from '../../render/menu-keys.js';
import type { Turn } from '../turn.js';
import type { BotOption } from '../types/bot-say.js';

/** Longer texts are read by their beginning. */
const longestHeard = 4_000;
const repeatWindowMs = 600_000;
const repeatsOfMachine = 3;
/** A shorter text that was understood is a person's `yes` or `2`, which may well come three times. */
const longAnswer = 12;
const keptKeys = 12;

/** The customer's input as understanding takes it; null for anything that says nothing. */
export function heardOf({ event }: Turn): Heard | null {
  switch (event.kind) {
    case 'text':
      return { kind: 'text', text: event.text.slice(0, longestHeard) };
    case 'digits':
      return { kind: 'digits', digits: event.digits.slice(0, longestHeard) };
    case 'choice':
      return { kind: 'choice', option: event.option };
    case 'start':
    case 'file':
    case 'silence':
    case 'result':
    case 'resume':
    case 'hangup':
      return null;
  }
}

/** Which of the options an input names by its id, its key, its number in the menu as it was shown, or its very label. */
export function namedOption(options: readonly BotOption[], heard: Heard): BotOption | undefined {
  switch (heard.kind) {
    case 'choice':
      return options.find(({ id }) => id === heard.option);
    case 'digits': {
      const keys = options.some(({ dtmf }) => dtmf !== null) ? options.map(({ dtmf }) => dtmf) : menuKeys(options);
      return options[keys.indexOf(heard.digits)];
    }
    case 'text': {
      const key = matchKey(heard.text);
      const byNumber = /^\d{1,3}$/u.test(key) ? options[menuKeys(options).indexOf(key)] : undefined;
      return byNumber ?? options.find(({ label }) => key !== '' && matchKey(label) === key);
    }
  }
}

/** Whether the same text comes again and again: then two machines are talking with each other. */
export function isPingPong({ state, event, world }: Turn, wasUnderstood: boolean): boolean {
  const key = event.kind === 'text' ? matchKey(event.text).slice(0, longestHeard) : '';
  if (key === '' || (wasUnderstood && key.length < longAnswer)) {
    return false;
  }
  const mark = fingerprint(key);
  const recent = state.heard.filter(({ at }) => world.now - at < repeatWindowMs);
  state.heard = [...recent, { key: mark, at: world.now }].slice(-keptKeys);
  return state.heard.filter((one) => one.key === mark).length >= repeatsOfMachine;
}

/** A short mark of a text (FNV-1a): the state need not keep every answer a second time. */
function fingerprint(key: string): string {
  let mark = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) {
    mark = Math.imul(mark ^ key.charCodeAt(at), 0x01000193) >>> 0;
  }
  return `${mark.toString(36)}.${String(key.length)}`;
}
