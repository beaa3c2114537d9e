import { gregorianBirthdays, jalaliBirthdays } from './birth-days.js';
import { foldValue } from './fold-value.js';
import { daysBefore, rhythmOf, type PersonFacts, type SegmentMoment } from './person-facts.js';
import type {
  AttributeTest,
  BirthdayTest,
  LapsedTest,
  PurchasesTest,
  SegmentCondition,
  SegmentTest,
  TicketsTest,
  WaysTest,
  WhenField,
  WhenTest,
} from './segment-condition.js';

/** Why somebody is in a segment or not: the same tree, each test with what it saw of them. */
export type ExplainedSegment =
  | { holds: boolean; all: ExplainedSegment[] }
  | { holds: boolean; any: ExplainedSegment[] }
  | { holds: boolean; not: ExplainedSegment }
  /** `saw`: null where there was nothing; instants as ISO texts. */
  | { holds: boolean; test: SegmentTest; saw: unknown };

/** Whether a condition holds for a customer, and why. Agrees with `compileSegment` on everybody. */
export function evaluateSegment(
  condition: SegmentCondition,
  facts: PersonFacts,
  moment: SegmentMoment,
): ExplainedSegment {
  if ('all' in condition) {
    const all = condition.all.map((one) => evaluateSegment(one, facts, moment));
    return { holds: all.every(({ holds }) => holds), all };
  }
  if ('any' in condition) {
    const any = condition.any.map((one) => evaluateSegment(one, facts, moment));
    return { holds: any.some(({ holds }) => holds), any };
  }
  if ('not' in condition) {
    const not = evaluateSegment(condition.not, facts, moment);
    return { holds: !not.holds, not };
  }
  return { test: condition, ...ask(condition, facts, moment) };
}

interface Answer {
  holds: boolean;
  saw: unknown;
}

type Asker = (test: SegmentTest, facts: PersonFacts, moment: SegmentMoment) => Answer;

function ask(test: SegmentTest, facts: PersonFacts, moment: SegmentMoment): Answer {
  return askers[test.field](test, facts, moment);
}

/** Of each field the question that asks about it. */
const askers: Record<SegmentTest['field'], Asker> = {
  attribute: (test, { attributes }) => askAttribute(test as AttributeTest, attributes),
  birthday: (test, facts, moment) => askBirthday(test as BirthdayTest, facts, moment),
  tier: (test, { tier }) => counted(tier, test as { op: 'is' | 'at_least' | 'at_most'; value: number }),
  language: (test, { locale }) => {
    const { op, value } = test as { op: 'is' | 'is_not'; value: string[] };
    return { holds: value.includes(locale) === (op === 'is'), saw: locale };
  },
  tickets: (test, facts, moment) => askTickets(test as TicketsTest, facts, moment),
  score: (test, { scores }) => {
    const last = scores.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0]?.score ?? null;
    const { op, value } = test as { op: 'at_least' | 'at_most'; value: number };
    return last === null ? { holds: false, saw: null } : counted(last, { op, value });
  },
  last_message: askWhen,
  last_purchase: askWhen,
  known_since: askWhen,
  ways: (test, { ways }) => {
    const { op, value } = test as WaysTest;
    const saw = [...new Set(ways.map(({ kind }) => kind))].toSorted();
    return { holds: saw.some((kind) => value.includes(kind)) === (op === 'has_any'), saw };
  },
  lapsed: (test, facts, moment) => askLapsed(test as LapsedTest, facts, moment),
  purchases: askPurchases,
  spent: askPurchases,
};

function counted(saw: number, { op, value }: { op: 'is' | 'at_least' | 'at_most'; value: number }): Answer {
  switch (op) {
    case 'is':
      return { holds: saw === value, saw };
    case 'at_least':
      return { holds: saw >= value, saw };
    case 'at_most':
      return { holds: saw <= value, saw };
  }
}

function askAttribute(test: AttributeTest, attributes: PersonFacts['attributes']): Answer {
  const found = Object.hasOwn(attributes, test.key) ? attributes[test.key] : null;
  const saw = found ?? null;
  switch (test.op) {
    case 'is_empty':
    case 'is_known':
      return { holds: isEmpty(saw) === (test.op === 'is_empty'), saw };
    case 'is':
    case 'is_not':
      return { holds: isOneOf(saw, test.value) === (test.op === 'is'), saw };
    case 'contains':
      return { holds: textsOf(saw).some((text) => test.value.some((part) => text.includes(foldValue(part)))), saw };
    case 'at_least':
    case 'at_most':
      return { holds: isBound(saw, test.value, test.op), saw };
  }
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function isOneOf(value: unknown, wanted: readonly (string | number | boolean)[]): boolean {
  const texts = textsOf(value);
  return wanted.some((one) => (typeof one === 'string' ? texts.includes(foldValue(one)) : one === value));
}

/** A text, or the texts of a list, as they are compared. */
function textsOf(value: unknown): string[] {
  return [value]
    .flat()
    .filter((one) => typeof one === 'string')
    .map(foldValue);
}

/** Numbers with numbers, and days with days, which as texts are in the order of time. */
function isBound(value: unknown, bound: number | string, op: 'at_least' | 'at_most'): boolean {
  if (typeof value === 'number' && typeof bound === 'number') {
    return op === 'at_least' ? value >= bound : value <= bound;
  }
  if (typeof value === 'string' && typeof bound === 'string') {
    return op === 'at_least' ? value >= bound : value <= bound;
  }
  return false;
}

function askBirthday({ key, days, calendar }: BirthdayTest, facts: PersonFacts, { today }: SegmentMoment): Answer {
  const born = Object.hasOwn(facts.attributes, key) ? facts.attributes[key] : null;
  if (typeof born !== 'string') {
    return { holds: false, saw: null };
  }
  const isJalali = calendar === 'jalali' || (calendar === 'own' && facts.locale === 'fa');
  const holds = isJalali
    ? jalaliBirthdays(today, days).includes(born)
    : gregorianBirthdays(today, days).includes(born.slice(5));
  return { holds, saw: born };
}

function askTickets(test: TicketsTest, { tickets }: PersonFacts, { now }: SegmentMoment): Answer {
  const since = test.days === null ? null : daysBefore(now, test.days);
  const saw = tickets.filter((ticket) => {
    const at = test.state === 'solved' ? ticket.solvedAt : ticket.openedAt;
    return (
      isOfState(ticket.state, test.state) &&
      (since === null || (at !== null && at >= since)) &&
      (test.queues.length === 0 || test.queues.includes(ticket.queueId)) &&
      (test.tags.length === 0 || test.tags.some((tag) => ticket.tags.includes(tag)))
    );
  }).length;
  return counted(saw, test);
}

function isOfState(state: string, wanted: TicketsTest['state']): boolean {
  const isDone = state === 'solved' || state === 'closed';
  return wanted === 'any' || isDone === (wanted === 'solved');
}

const instants: Record<WhenField, (facts: PersonFacts) => Date[]> = {
  last_message: ({ ways }) => ways.map(({ seenAt }) => seenAt),
  last_purchase: ({ purchases }) => purchases.map(({ at }) => at),
  known_since: ({ knownSince }) => [knownSince],
};

function askWhen(test: SegmentTest, facts: PersonFacts, { now }: SegmentMoment): Answer {
  const { field, op, days } = test as WhenTest;
  const last = instants[field](facts).reduce<Date | null>((a, b) => (a === null || b > a ? b : a), null);
  const isWithin = last !== null && last >= daysBefore(now, days);
  return { holds: isWithin === (op === 'within'), saw: last?.toISOString() ?? null };
}

function askLapsed({ of, factor, days }: LapsedTest, facts: PersonFacts, { now }: SegmentMoment): Answer {
  const came = of === 'purchases' ? facts.purchases.map(({ at }) => at) : facts.tickets.map(({ openedAt }) => openedAt);
  const saw = rhythmOf(came, now);
  return { holds: saw !== null && saw.quietDays > saw.medianDays * factor && saw.quietDays >= days, saw };
}

function askPurchases(asked: SegmentTest, { purchases }: PersonFacts, { now }: SegmentMoment): Answer {
  const test = asked as PurchasesTest;
  const since = test.days === null ? null : daysBefore(now, test.days);
  const lately = purchases.filter(({ at }) => since === null || at >= since);
  if (test.field === 'purchases') {
    return counted(lately.length, test);
  }
  const spent = lately.filter(({ currency }) => currency === test.currency);
  return counted(
    spent.reduce((sum, { amount }) => sum + amount, 0),
    test,
  );
}
