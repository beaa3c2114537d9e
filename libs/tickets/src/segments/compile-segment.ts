import { gregorianBirthdays, jalaliBirthdays } from './birth-days.js';
import { foldedSql, foldValue } from './fold-value.js';
import { dayNumber, daysBefore, type SegmentMoment } from './person-facts.js';
import type {
  AttributeTest,
  BirthdayTest,
  LanguageTest,
  LapsedTest,
  PurchasesTest,
  ScoreTest,
  SegmentCondition,
  SegmentTest,
  TicketsTest,
  TierTest,
  WaysTest,
  WhenTest,
} from './segment-condition.js';

/**
 * A condition in SQL, about the customer row `r`, which is the root of a person.
 *
 * What somebody wrote is in `values` only: the texts are made of nothing but our own words and numbered parameters.
 */
export interface CompiledSegment {
  /** Joins behind `customer r`. */
  joins: string;
  /** Never null. */
  where: string;
  values: unknown[];
}

/**
 * Two shapes of one question. `all`: everything about everybody is added up once, for whoever asks about all of them. `few`: it is looked
 * up along indexes for each `r`, for whoever asks about some hundreds.
 */
export type SegmentShape = 'all' | 'few';

/** Compiles for parameters from `$first` on. Agrees with `evaluateSegment` on everybody. */
export function compileSegment(
  condition: SegmentCondition,
  moment: SegmentMoment,
  { shape, first = 1 }: { shape: SegmentShape; first?: number },
): CompiledSegment {
  const compiler = new Compiler(moment, shape, first);
  const where = compiler.compile(condition);
  return { joins: compiler.joins.join('\n'), where, values: compiler.values };
}

/** Where something about a person is found: its rows with the root (`root`) of whom they are of. */
interface Source {
  select: string;
  from: string;
  where: string[];
}

class Compiler {
  readonly joins: string[] = [];
  readonly values: unknown[] = [];

  constructor(
    private readonly moment: SegmentMoment,
    private readonly shape: SegmentShape,
    private readonly first: number,
  ) {}

  compile(condition: SegmentCondition): string {
    if ('all' in condition) {
      return this.group(condition.all, ' and ', 'true');
    }
    if ('any' in condition) {
      return this.group(condition.any, ' or ', 'false');
    }
    return 'not' in condition ? `(not ${this.compile(condition.not)})` : this.test(condition);
  }

  private group(members: readonly SegmentCondition[], between: string, ofNothing: string): string {
    return members.length === 0 ? ofNothing : `(${members.map((one) => this.compile(one)).join(between)})`;
  }

  private test(test: SegmentTest): string {
    const askers: Record<SegmentTest['field'], (test: never) => string> = {
      attribute: (one: AttributeTest) => this.attribute(one),
      birthday: (one: BirthdayTest) => this.birthday(one),
      tier: (one: TierTest) => this.bound('r.tier', one, 'int'),
      language: ({ op, value }: LanguageTest) =>
        `(r.locale ${op === 'is' ? '= any' : '<> all'} (${this.value(value, 'text[]')}))`,
      tickets: (one: TicketsTest) => this.tickets(one),
      score: (one: ScoreTest) => this.score(one),
      ways: (one: WaysTest) => this.ways(one),
      lapsed: (one: LapsedTest) => this.lapsed(one),
      purchases: (one: PurchasesTest) => this.purchases(one),
      spent: (one: PurchasesTest) => this.purchases(one),
      last_message: (one: WhenTest) => this.when(one),
      last_purchase: (one: WhenTest) => this.when(one),
      known_since: (one: WhenTest) => this.when(one),
    };
    return askers[test.field](test as never);
  }

  private value(value: unknown, type: string): string {
    this.values.push(value);
    return `$${String(this.first + this.values.length - 1)}::${type}`;
  }

  private bound(
    expression: string,
    { op, value }: { op: 'is' | 'at_least' | 'at_most'; value: unknown },
    type: string,
  ): string {
    const sign = { is: '=', at_least: '>=', at_most: '<=' }[op];
    return `(${expression} ${sign} ${this.value(value, type)})`;
  }

  private since(days: number): string {
    return this.value(daysBefore(this.moment.now, days), 'timestamptz');
  }

  /** Adds something about each person and tells what it is called. */
  private join({ select, from, where }: Source): string {
    const name = `s${String(this.joins.length)}`;
    const of = 'coalesce(k.merged_into, k.id)';
    const filter = (more: string[]): string =>
      [...where, ...more].length > 0 ? `where ${[...where, ...more].join(' and ')}` : '';
    this.joins.push(
      this.shape === 'all'
        ? `left join (select ${of} as root, ${select} from ${from} ${filter([])} group by 1) ${name} on ${name}.root = r.id`
        : `left join lateral (select ${select} from ${from} ${filter([`${of} = r.id`])}) ${name} on true`,
    );
    return name;
  }

  private attribute(test: AttributeTest): string {
    const key = this.value(test.key, 'text');
    const found = `(r.fields -> ${key})`;
    switch (test.op) {
      case 'is_empty':
      case 'is_known':
        return `(coalesce(${found}, 'null') ${test.op === 'is_empty' ? '' : 'not '}in ('null', '""', '[]'))`;
      case 'is':
      case 'is_not':
        return `(${test.op === 'is' ? '' : 'not '}${this.isOneOf(found, key, test.value)})`;
      case 'contains': {
        const parts = this.value(test.value.map(foldValue), 'text[]');
        return textsHold(
          found,
          key,
          (text) => `exists (select 1 from unnest(${parts}) part where strpos(${text}, part) > 0)`,
        );
      }
      case 'at_least':
      case 'at_most':
        return this.attributeBound(found, key, test);
    }
  }

  private isOneOf(found: string, key: string, wanted: readonly (string | number | boolean)[]): string {
    const texts = this.value(wanted.filter((one) => typeof one === 'string').map(foldValue), 'text[]');
    const others = this.value(
      wanted.filter((one) => typeof one !== 'string').map((one) => JSON.stringify(one)),
      'jsonb[]',
    );
    return `(${textsHold(found, key, (text) => `${text} = any (${texts})`)} or coalesce(${found} = any (${others}), false))`;
  }

  private attributeBound(
    found: string,
    key: string,
    { op, value }: { op: 'at_least' | 'at_most'; value: number | string },
  ): string {
    const [kind, read, type] =
      typeof value === 'number'
        ? ['number', `(r.fields ->> ${key})::numeric`, 'numeric']
        : ['string', `(r.fields ->> ${key}) collate "C"`, 'text'];
    return `(case when jsonb_typeof(${found}) = '${kind}' then ${this.bound(read, { op, value }, type)} else false end)`;
  }

  private birthday({ key, days, calendar }: BirthdayTest): string {
    const { today } = this.moment;
    const of = this.value(key, 'text');
    const born = `(r.fields ->> ${of})`;
    const jalali = (): string => `${born} = any (${this.value(jalaliBirthdays(today, days), 'text[]')})`;
    const gregorian = (): string =>
      `substr(${born}, 6) = any (${this.value(gregorianBirthdays(today, days), 'text[]')})`;
    const holds = {
      jalali,
      gregorian,
      own: () => `case when r.locale = 'fa' then ${jalali()} else ${gregorian()} end`,
    }[calendar]();
    return `(case when jsonb_typeof(r.fields -> ${of}) = 'string' then ${holds} else false end)`;
  }

  private tickets({ state, days, queues, tags, op, value }: TicketsTest): string {
    const where = [];
    if (state !== 'any') {
      where.push(`t.state ${state === 'open' ? 'not ' : ''}in ('solved', 'closed')`);
    }
    if (days !== null) {
      where.push(`t.${state === 'solved' ? 'solved_at' : 'opened_at'} >= ${this.since(days)}`);
    }
    if (queues.length > 0) {
      where.push(`t.queue_id = any (${this.value(queues, 'uuid[]')})`);
    }
    if (tags.length > 0) {
      where.push(`t.tags && ${this.value(tags, 'text[]')}`);
    }
    const name = this.join({ select: 'count(*) as n', from: ofTickets, where: [...where, isOwnTicket] });
    return this.bound(`coalesce(${name}.n, 0)`, { op, value }, 'bigint');
  }

  private score({ op, value }: ScoreTest): string {
    const name = this.join({
      select: '(array_agg(a.score order by a.answered_at desc))[1] as last',
      from: 'survey_ask a join customer k on k.id = a.customer_id',
      where: [isScore],
    });
    return `coalesce(${this.bound(`${name}.last`, { op, value }, 'int')}, false)`;
  }

  private ways({ op, value }: WaysTest): string {
    const name = this.join({ select: 'array_agg(distinct i.kind) as kinds', from: ofWays, where: [isSeen] });
    const holds = `coalesce(${name}.kinds && ${this.value(value, 'text[]')}, false)`;
    return op === 'has_any' ? holds : `(not ${holds})`;
  }

  private when({ field, op, days }: WhenTest): string {
    const at = {
      known_since: () => 'r.created_at',
      last_message: () => `${this.join({ select: 'max(i.last_seen_at) as at', from: ofWays, where: [isSeen] })}.at`,
      last_purchase: () => `${this.join({ select: 'max(p.at) as at', from: ofPurchases, where: [] })}.at`,
    }[field]();
    const isWithin = `coalesce(${at} >= ${this.since(days)}, false)`;
    return op === 'within' ? isWithin : `(not ${isWithin})`;
  }

  private purchases(test: PurchasesTest): string {
    const where = test.days === null ? [] : [`p.at >= ${this.since(test.days)}`];
    if (test.field === 'spent') {
      where.push(`p.currency = ${this.value(test.currency, 'text')}`);
    }
    const select = test.field === 'spent' ? 'sum(p.amount) as n' : 'count(*) as n';
    const name = this.join({ select, from: ofPurchases, where });
    return this.bound(`coalesce(${name}.n, 0)`, test, 'numeric');
  }

  /** The same days as `rhythmOf` counts: gaps between them are whole numbers, so nothing is rounded here or there. */
  private lapsed({ of, factor, days }: LapsedTest): string {
    const [at, from, where] = of === 'purchases' ? ['p.at', ofPurchases, ''] : ['t.opened_at', ofTickets, isOwnTicket];
    const root = 'coalesce(k.merged_into, k.id)';
    const isTheirs = this.shape === 'few' ? `${root} = r.id` : '';
    const filter = [where, isTheirs].filter((one) => one !== '').join(' and ');
    const came = `select distinct ${root} as root, floor(extract(epoch from ${at}) / 86400)::int as day
      from ${from} ${filter === '' ? '' : `where ${filter}`}`;
    const name = `s${String(this.joins.length)}`;
    this.joins.push(
      `left join ${this.shape === 'few' ? 'lateral ' : ''}(
        select root, max(day) as last, count(gap) as gaps, percentile_cont(0.5) within group (order by gap) as median
        from (select root, day, day - lag(day) over (partition by root order by day) as gap from (${came}) came) paused
        group by root) ${name} on ${name}.root = r.id`,
    );
    const quiet = `(${this.value(dayNumber(this.moment.now), 'int')} - ${name}.last)`;
    return `coalesce(${name}.gaps >= 2 and ${quiet} > ${name}.median * ${this.value(factor, 'float8')}
      and ${quiet} >= ${this.value(days, 'int')}, false)`;
  }
}

const ofTickets = 'ticket t join conversation c on c.id = t.conversation_id join customer k on k.id = c.customer_id';
const ofWays = 'identity i join customer k on k.id = i.customer_id';
const ofPurchases = 'purchase p join customer k on k.id = p.customer_id';

/** One that was merged into another is counted as that other. */
const isOwnTicket = 't.merged_into is null';
const isSeen = 'i.last_seen_at is not null';
const isScore = `a.kind = 'csat' and a.score is not null`;

/** Whether a value that is a text, or one of the texts of a list, fulfils something. False for everything else. */
function textsHold(found: string, key: string, holds: (text: string) => string): string {
  return `(case jsonb_typeof(${found})
    when 'string' then ${holds(foldedSql(`(r.fields ->> ${key})`))}
    when 'array' then exists (
      select 1 from jsonb_array_elements(${found}) e(v) where jsonb_typeof(e.v) = 'string' and ${holds(foldedSql(`(e.v #>> '{}')`))})
    else false end)`;
}
