import { matchKey } from '#channels';
import { menuKeys } from '../render/menu-keys.js';
import type { NodeOf, Option, ScriptNode } from '../script/nodes.js';
import type { Script } from '../script/script.js';
import type { Locale } from '../script/terms.js';
import { asksForAgent, wholeBuiltIn, type BuiltInIntent, type FoundBuiltIn } from './built-in-intents.js';
import { parseCollected, type CollectedValue, type CollectMiss } from './parse-collected.js';
import { PhraseIndex, type OwnedPhrase } from './phrase-index.js';

export type { BuiltInIntent } from './built-in-intents.js';

/** What came. `choice` is the id of an option, of a button or link; `digits` are keys of a telephone. */
export type Heard =
  { kind: 'text'; text: string } | { kind: 'choice'; option: string } | { kind: 'digits'; digits: string };

export interface ScoredIntent {
  intent: string;
  /** 0 to 1. */
  score: number;
}

export type Understood =
  | { kind: 'option'; option: string; by: 'choice' | 'key' | 'number' | 'label' | 'words' | 'likeness' }
  /** `locale`: the language that is asked for, null: another. `next`: where the script's own intent of that name leads; null: the engine's way. */
  | { kind: 'built_in'; intent: BuiltInIntent; locale: Locale | null; next: string | null }
  | { kind: 'value'; value: CollectedValue }
  /** `next`: of the match's own list, or of a global intent. */
  | { kind: 'intent'; intent: string; next: string; score: number }
  /** Several fit nearly as well: "did you mean". `label`: how it is named to the customer, a plain text. */
  | { kind: 'between'; intents: (ScoredIntent & { label: string; next: string })[] }
  | { kind: 'miss'; code: 'nothing' | 'choice' | CollectMiss; best: ScoredIntent | null };

export interface UnderstandWorld {
  locale: Locale;
  now: number;
  zone: string;
  /** ISO 3166: whose national numbers are understood. */
  country?: string;
  /** The ids of the options that were shown, in their order; without it all of the node's. */
  offered?: readonly string[];
}

/** From which score something is taken to be meant, and by how much it must lead; a `match` may say otherwise. Measured in understand.spec. */
export const understandingDefaults = { threshold: 0.5, margin: 0.1, confirmBetween: 3, optionThreshold: 0.5 };
/** Of the threshold: what reaches so much of it is worth a question. */
const doubtful = 0.7;

/**
 * What one input means at a node (null: before any): option, key, number in the list, label, what everybody may say, words of an option,
 * the value that is collected, intents. The first that fits counts. Pure; indexes are made once per script and language.
 */
export function understand(script: Script, node: ScriptNode | null, heard: Heard, world: UnderstandWorld): Understood {
  if (node?.do === 'ask') {
    return heardAtAsk(script, node, heard, world);
  }
  const text = textOf(heard);
  const builtIn = builtInOf(script, text);
  if (builtIn) {
    return builtIn;
  }
  if (node?.do === 'collect') {
    return heardAtCollect(script, node, text, world);
  }
  return meant(script, node?.do === 'match' ? node : null, text, world.locale);
}

function textOf(heard: Heard): string {
  return heard.kind === 'text' ? heard.text : heard.kind === 'choice' ? heard.option : heard.digits;
}

function heardAtAsk(script: Script, node: NodeOf<'ask'>, heard: Heard, world: UnderstandWorld): Understood {
  const options = offeredOptions(node, world.offered);
  if (heard.kind === 'choice') {
    const isThere = options.some(({ id }) => id === heard.option);
    return isThere ? { kind: 'option', option: heard.option, by: 'choice' } : missed('choice');
  }
  if (heard.kind === 'digits') {
    const pressed = options.find(({ dtmf }) => dtmf === heard.digits.replace(/(?<=.)#$/u, ''));
    return pressed ? { kind: 'option', option: pressed.id, by: 'key' } : missed('choice');
  }
  return (
    byNumber(options, heard.text) ??
    byLabel(node, options, heard.text, world.locale) ??
    builtInOf(script, heard.text) ??
    byWords(node, options, heard.text, world.locale) ??
    agentOrIntent(script, heard.text, world.locale) ??
    missed('choice')
  );
}

function missed(code: Extract<Understood, { kind: 'miss' }>['code'], best: ScoredIntent | null = null): Understood {
  return { kind: 'miss', code, best };
}

function offeredOptions(node: NodeOf<'ask'>, offered: readonly string[] | undefined): Option[] {
  return offered === undefined
    ? node.options
    : offered.flatMap((id) => node.options.find((option) => option.id === id) ?? []);
}

const numbered =
  /^(?:(?:option|number|no|num|press|گزینه|گزینهی|شماره|شمارهی|مورد|عدد) ?)?(\d{1,2})(?: ?(?:st|nd|rd|th|ام|م|امی|می))?$/u;

/** A number in any digits means what stands beside it in the written menu; a key that is not there means its option. */
function byNumber(options: readonly Option[], text: string): Understood | null {
  const number = numbered.exec(matchKey(text))?.[1];
  const key = number ?? (/^[*#]$/u.test(text.trim()) ? text.trim() : undefined);
  if (key === undefined) {
    return null;
  }
  const place = menuKeys(options.map(({ dtmf }) => ({ dtmf: dtmf ?? null }))).indexOf(key);
  const option = options[place] ?? options.find(({ dtmf }) => dtmf === key);
  return option ? { kind: 'option', option: option.id, by: 'number' } : null;
}

function byLabel(node: NodeOf<'ask'>, options: readonly Option[], text: string, locale: Locale): Understood | null {
  const [only, ...more] = optionIndex(node, locale)
    .same(text)
    .filter((id) => options.some((option) => option.id === id));
  return only !== undefined && more.length === 0 ? { kind: 'option', option: only, by: 'label' } : null;
}

function byWords(node: NodeOf<'ask'>, options: readonly Option[], text: string, locale: Locale): Understood | null {
  const [best, second] = optionIndex(node, locale)
    .rank(text)
    .filter(({ owner }) => options.some((option) => option.id === owner));
  const { optionThreshold, margin } = understandingDefaults;
  return best && best.score >= optionThreshold && best.score - (second?.score ?? 0) >= margin
    ? { kind: 'option', option: best.owner, by: best.score >= 0.9 ? 'words' : 'likeness' }
    : null;
}

function builtInOf(script: Script, text: string): Understood | null {
  const found = wholeBuiltIn(script, text);
  return found && toBuiltIn(script, found);
}

function toBuiltIn(script: Script, { intent, locale }: FoundBuiltIn): Understood {
  const own = script.intents && Object.hasOwn(script.intents, intent) ? script.intents[intent] : undefined;
  return { kind: 'built_in', intent, locale, next: own?.next ?? null };
}

/** What is meant by a text that answers no question: a global intent, if it is clear, or a wish for a person. */
function agentOrIntent(script: Script, text: string, locale: Locale): Understood | null {
  const found = meant(script, null, text, locale);
  if (found.kind === 'intent') {
    return found;
  }
  return asksForAgent(text) ? toBuiltIn(script, { intent: 'agent', locale: null }) : null;
}

function heardAtCollect(script: Script, node: NodeOf<'collect'>, text: string, world: UnderstandWorld): Understood {
  const currency = script.currency === undefined ? {} : { currency: script.currency };
  const read = parseCollected(node.type, text, { ...world, ...currency }, node);
  if ('value' in read) {
    return { kind: 'value', value: read.value };
  }
  return agentOrIntent(script, text, world.locale) ?? missed(read.miss);
}

interface Ranked extends ScoredIntent {
  next: string;
}

/** The intents of a match, and the global ones that it does not list itself. */
function meant(script: Script, node: NodeOf<'match'> | null, text: string, locale: Locale): Understood {
  const ways = waysOf(script, node);
  const ranked = intentIndex(script, locale)
    .rank(text)
    .flatMap(({ owner, score }): Ranked[] => {
      const next = ways.get(owner);
      return next === undefined ? [] : [{ intent: owner, score, next }];
    });
  return decide(script, node, ranked, locale) ?? asked(script, text, ranked[0]);
}

function asked(script: Script, text: string, best: Ranked | undefined): Understood {
  return asksForAgent(text)
    ? toBuiltIn(script, { intent: 'agent', locale: null })
    : missed('nothing', best ? { intent: best.intent, score: best.score } : null);
}

function decide(script: Script, node: NodeOf<'match'> | null, ranked: Ranked[], locale: Locale): Understood | null {
  const { threshold, margin, confirmBetween } = { ...understandingDefaults, ...termsOf(node) };
  const [best, second] = ranked;
  if (!best || best.score < threshold * doubtful) {
    return null;
  }
  if (best.score >= threshold && best.score - (second?.score ?? 0) >= margin) {
    return { kind: 'intent', ...best };
  }
  const close = ranked.filter(({ score }) => score >= threshold * doubtful && best.score - score < margin * 2);
  return node === null || confirmBetween === 0
    ? null
    : {
        kind: 'between',
        intents: close.slice(0, confirmBetween).map((one) => ({ ...one, label: labelOf(script, one.intent, locale) })),
      };
}

function termsOf(node: NodeOf<'match'> | null): Partial<typeof understandingDefaults> {
  const { threshold, margin, confirmBetween } = node ?? {};
  return {
    ...(threshold !== undefined && { threshold }),
    ...(margin !== undefined && { margin }),
    ...(confirmBetween !== undefined && { confirmBetween }),
  };
}

function waysOf(script: Script, node: NodeOf<'match'> | null): Map<string, string> {
  const globals = Object.entries(script.intents ?? {}).flatMap(([intent, { global, next }]): [string, string][] =>
    global === true && next !== undefined ? [[intent, next]] : [],
  );
  return new Map([...globals, ...(node?.intents ?? []).map(({ intent, next }): [string, string] => [intent, next])]);
}

/** The label in the customer's language, else an example of it, else the label in another language. */
function labelOf(script: Script, intent: string, locale: Locale): string {
  const { label = {}, examples = {}, keywords = {} } = script.intents?.[intent] ?? {};
  const named = [label[locale], examples[locale]?.[0], keywords[locale]?.[0], label.en, label.fa];
  return named.find((name) => name !== undefined) ?? intent;
}

const optionIndexes = new WeakMap<NodeOf<'ask'>, Map<Locale, PhraseIndex>>();
const intentIndexes = new WeakMap<Script, Map<Locale, PhraseIndex>>();

function keptIndex<Key extends object>(
  kept: WeakMap<Key, Map<Locale, PhraseIndex>>,
  key: Key,
  locale: Locale,
  phrases: () => OwnedPhrase[],
): PhraseIndex {
  const ofKey = kept.get(key) ?? new Map<Locale, PhraseIndex>();
  kept.set(key, ofKey);
  const index = ofKey.get(locale) ?? new PhraseIndex(phrases());
  ofKey.set(locale, index);
  return index;
}

/** The labels and words of the options, in the language that is spoken; people also write labels of the other one. */
function optionIndex(node: NodeOf<'ask'>, locale: Locale): PhraseIndex {
  return keptIndex(optionIndexes, node, locale, () =>
    node.options.flatMap(({ id, label, say }) =>
      [label.en, label.fa, ...(say?.en ?? []), ...(say?.fa ?? [])]
        .filter((phrase) => phrase !== undefined)
        .map((phrase) => ({ owner: id, phrase, isKeyword: true })),
    ),
  );
}

function intentIndex(script: Script, locale: Locale): PhraseIndex {
  return keptIndex(intentIndexes, script, locale, () =>
    Object.entries(script.intents ?? {}).flatMap(([owner, { examples, keywords }]) => [
      ...(keywords?.[locale] ?? []).map((phrase) => ({ owner, phrase, isKeyword: true })),
      ...(examples?.[locale] ?? []).map((phrase) => ({ owner, phrase, isKeyword: false })),
    ]),
  );
}
