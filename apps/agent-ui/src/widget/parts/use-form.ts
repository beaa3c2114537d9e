import { useState } from 'preact/hooks';
import type { VisitorFormCall } from '#contract';
import type { FormOutcome } from '../chat-state.js';
import type { ChatStore } from '../chat-store.js';
import { newId } from '../new-id.js';
import type { PartWords } from './part-words.js';

type Values = VisitorFormCall['values'];
type Name = keyof Values;

/** The state of a form: what is in it, what is wrong with which field, and whether it is under way. */
export function useForm(store: ChatStore, words: PartWords) {
  const [values, setValues] = useState<Values>({});
  const [code, setCode] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  // The same form sent again, after an answer that was lost, is the same message.
  const [id, setId] = useState(newId);
  const [field, fault] = code?.split('_') ?? [];

  const put = (name: Name, value: string): void => {
    setValues({ ...values, [name]: value });
    if (name === field) {
      setCode(null);
    }
  };
  const send = async (form: Pick<VisitorFormCall, 'kind' | 'way'>): Promise<FormOutcome> => {
    setIsBusy(true);
    setCode(null);
    const outcome = await store.fillIn({ ...form, id, values });
    setIsBusy(false);
    if (outcome.ok) {
      setId(newId());
    } else {
      setCode(outcome.code);
    }
    return outcome;
  };
  const isOfField = fault === 'missing' || fault === 'invalid';
  return {
    values,
    put,
    send,
    isBusy,
    problemOf: (name: Name): string | undefined =>
      isOfField && name === field ? problemText(name, fault, words) : undefined,
    problem: code === null || isOfField ? null : generalText(code, words),
  };
}

/** What is wrong with a field. */
export function problemText(name: Name, fault: string | undefined, words: PartWords): string {
  if (fault === 'invalid') {
    return name === 'email' ? words.emailWrong : words.phoneWrong;
  }
  return name === 'consent' ? words.consentMissing : words.missing;
}

/** Why a form was not taken, where no field is at fault. */
export function generalText(code: string, words: PartWords): string {
  const texts: Record<string, string> = { down: words.down, too_many: words.tooMany, way_gone: words.wayGone };
  return texts[code] ?? words.failed;
}
