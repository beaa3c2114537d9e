import { v7 as uuid } from 'uuid';
import type { Choice } from '#channels';
import type { CallbackWay } from '#tickets';
import { wayLabel, type Language } from './notice-words.js';

/** What somebody chose of what was offered: a way to be called back, to go on waiting, or that it is no longer needed. */
export interface CallbackChoice {
  callbackId: string;
  wish: CallbackWay | 'no' | 'cancel';
}

/** The ways to be called back as choices, with one to go on waiting; and the id of what is offered. */
export function callbackChoices(ways: CallbackWay[], language: Language): { callbackId: string; list: Choice[] } {
  const callbackId = uuid();
  return { callbackId, list: [...ways, 'no' as const].map((wish) => choice(callbackId, wish, language)) };
}

/** The choice to take back what was agreed. */
export function cancelChoice(callbackId: string, language: Language): Choice {
  return choice(callbackId, 'cancel', language);
}

function choice(callbackId: string, wish: CallbackChoice['wish'], language: Language): Choice {
  return { id: `callback:${wish}:${callbackId}`, label: wayLabel(wish, language) };
}

/** Reads the id of a choice; null for one that somebody else offered. */
export function readCallbackChoice(id: string): CallbackChoice | null {
  const [, wish, callbackId] = /^callback:(call|sms|same|no|cancel):([0-9a-f-]{36})$/.exec(id) ?? [];
  return wish !== undefined && callbackId !== undefined ? { callbackId, wish: wish as CallbackChoice['wish'] } : null;
}
