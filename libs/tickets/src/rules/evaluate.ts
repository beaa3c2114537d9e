import { matchKey } from '#channels';
import type {
  ChoiceField,
  ChoiceTest,
  CountField,
  CountTest,
  KeyedTest,
  RuleCondition,
  RuleTest,
  TagsTest,
  TextField,
  TextTest,
  YesNoTest,
} from './condition.js';
import { foldedOf, type Happening } from './happening.js';
import { foldText, hasPhrase, isPhrase, startsWithPhrase } from './match-words.js';
import { matchesPattern } from './safe-pattern.js';

/** Why a condition holds or not: the same tree, with what each test saw. */
export type Explained =
  | { holds: boolean; all: Explained[] }
  | { holds: boolean; any: Explained[] }
  | { holds: boolean; not: Explained }
  /** `saw`: the value that the test found, texts cut short. */
  | { holds: boolean; test: RuleTest; saw: unknown };

/** How much of a text an explanation keeps. */
const sawLength = 200;

/** Whether a condition holds for what happened, and why. Every part is looked at, so the tree is whole whatever the outcome. */
export function evaluateCondition(condition: RuleCondition, happening: Happening): Explained {
  if ('all' in condition) {
    const all = condition.all.map((one) => evaluateCondition(one, happening));
    return { holds: all.every(({ holds }) => holds), all };
  }
  if ('any' in condition) {
    const any = condition.any.map((one) => evaluateCondition(one, happening));
    return { holds: any.some(({ holds }) => holds), any };
  }
  if ('not' in condition) {
    const not = evaluateCondition(condition.not, happening);
    return { holds: !not.holds, not };
  }
  return evaluateTest(condition, happening);
}

function evaluateTest(test: RuleTest, happening: Happening): Explained {
  const { holds, saw } = ask(test, happening);
  return { holds, test, saw: typeof saw === 'string' ? saw.slice(0, sawLength) : saw };
}

interface Answer {
  holds: boolean;
  saw: unknown;
}

function ask(test: RuleTest, happening: Happening): Answer {
  const answer = answers[test.field] as (test: RuleTest, happening: Happening) => Answer;
  return answer(test, happening);
}

const texts: Record<TextField, (happening: Happening) => string> = {
  'message.text': ({ message }) => message?.text ?? '',
  'message.subject': ({ message }) => message?.subject ?? '',
  'ticket.subject': ({ ticket }) => ticket.subject,
};

function askText(test: TextTest, happening: Happening): Answer {
  const saw = texts[test.field](happening);
  if (test.op === 'is_empty') {
    return { holds: saw.trim() === '', saw };
  }
  if (test.op === 'matches') {
    return { holds: matchesPattern(test.value, saw) || matchesPattern(test.value, matchKey(saw)), saw };
  }
  return { holds: hasWords(test, happening, saw), saw };
}

function hasWords({ op, value }: Extract<TextTest, { value: string[] }>, happening: Happening, text: string): boolean {
  const folded = foldedOf(happening, text);
  switch (op) {
    case 'has_any':
      return value.some((phrase) => hasPhrase(folded, phrase));
    case 'has_all':
      return value.every((phrase) => hasPhrase(folded, phrase));
    case 'starts_with':
      return value.some((phrase) => startsWithPhrase(folded, phrase));
    case 'is':
      return value.some((phrase) => isPhrase(folded, phrase));
  }
}

const chosen: Record<ChoiceField, (happening: Happening) => string | null> = {
  'channel.kind': ({ message }) => message?.channelKind ?? null,
  channel: ({ message }) => message?.channelId ?? null,
  'message.author': ({ message }) => message?.author ?? null,
  'ticket.state': ({ ticket }) => ticket.state,
  'ticket.queue': ({ ticket }) => ticket.queueId,
  'ticket.owner': ({ ticket }) => ticket.ownerId,
  'customer.language': ({ customer }) => customer.locale,
  'event.from': ({ payload }) => asWord(payload['from']),
  'event.to': ({ payload }) => asWord(payload['to']),
  'event.metric': ({ payload }) => asWord(payload['metric']),
};

function asWord(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function askChoice({ field, op, value }: ChoiceTest, happening: Happening): Answer {
  const saw = chosen[field](happening);
  return { holds: value.includes(saw) === (op === 'is'), saw };
}

const counts: Record<CountField, (happening: Happening) => number | null> = {
  'ticket.priority': ({ ticket }) => ticket.priority,
  'customer.tier': ({ customer }) => customer.tier,
  'event.score': ({ payload }) => (typeof payload['score'] === 'number' ? payload['score'] : null),
};

function askCount({ field, op, value }: CountTest, happening: Happening): Answer {
  const saw = counts[field](happening);
  return { holds: saw !== null && compare(op, saw, value), saw };
}

function compare(op: 'is' | 'at_least' | 'at_most', saw: number, value: number): boolean {
  switch (op) {
    case 'is':
      return saw === value;
    case 'at_least':
      return saw >= value;
    case 'at_most':
      return saw <= value;
  }
}

/** Tags are words, and are compared as such. */
function askTags({ op, value }: TagsTest, { ticket }: Happening): Answer {
  const tags = new Set(ticket.tags.map((tag) => matchKey(tag)));
  const has = (tag: string): boolean => tags.has(matchKey(tag));
  switch (op) {
    case 'has_any':
      return { holds: value.some(has), saw: ticket.tags };
    case 'has_all':
      return { holds: value.every(has), saw: ticket.tags };
    case 'has_none':
      return { holds: !value.some(has), saw: ticket.tags };
  }
}

function askYesNo({ field, value }: YesNoTest, happening: Happening): Answer {
  const saw = field === 'hours.open' ? happening.isOpen : (happening.message?.hasFiles ?? false);
  return { holds: saw === value, saw };
}

function askKeyed(test: KeyedTest, { ticket, customer }: Happening): Answer {
  const saw = (test.field === 'ticket.field' ? ticket.fields : customer.fields)[test.key] ?? null;
  return { holds: keyedHolds(test, saw), saw };
}

function keyedHolds(test: KeyedTest, saw: unknown): boolean {
  switch (test.op) {
    case 'is_empty':
      return isEmpty(saw);
    case 'at_least':
    case 'at_most':
      return typeof saw === 'number' && compare(test.op, saw, test.value);
    case 'is':
      return isOneOf(saw, test.value);
    case 'is_not':
      return !isOneOf(saw, test.value);
    case 'has_any':
      return [saw].flat().some((one) => typeof one === 'string' && test.value.some((phrase) => hasWord(one, phrase)));
  }
}

function isEmpty(saw: unknown): boolean {
  return saw === null || saw === '' || (Array.isArray(saw) && saw.length === 0);
}

function hasWord(text: string, phrase: unknown): boolean {
  return hasPhrase(foldText(text), String(phrase));
}

/** Words are the same in any spelling; of a field with several values one is enough. */
function isOneOf(saw: unknown, values: readonly (string | number | boolean)[]): boolean {
  return [saw].flat().some((one) => values.some((value) => isSame(one, value)));
}

function isSame(one: unknown, other: string | number | boolean): boolean {
  return typeof one === 'string' && typeof other === 'string' ? matchKey(one) === matchKey(other) : one === other;
}

/** Who answers which question. */
const answers: {
  [Field in RuleTest['field']]: (test: Extract<RuleTest, { field: Field }>, happening: Happening) => Answer;
} = {
  'message.text': askText,
  'message.subject': askText,
  'ticket.subject': askText,
  'ticket.priority': askCount,
  'customer.tier': askCount,
  'event.score': askCount,
  'ticket.tags': askTags,
  'hours.open': askYesNo,
  'message.has_files': askYesNo,
  'ticket.field': askKeyed,
  'customer.attribute': askKeyed,
  'channel.kind': askChoice,
  channel: askChoice,
  'message.author': askChoice,
  'ticket.state': askChoice,
  'ticket.queue': askChoice,
  'ticket.owner': askChoice,
  'customer.language': askChoice,
  'event.from': askChoice,
  'event.to': askChoice,
  'event.metric': askChoice,
};
