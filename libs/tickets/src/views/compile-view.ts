import { foldedSql, foldValue } from '../segments/fold-value.js';
import { testsOfView, type FieldTest, type ViewFilter, type ViewGroup, type ViewTest } from './view-filter.js';
import { walkOf, type ViewWalk } from './view-walk.js';

/**
 * A filter in SQL, about the ticket row `t`. What somebody wrote is in `values` only: the text is made of nothing but our own words and
 * numbered parameters.
 */
export interface CompiledView {
  /** Never null. */
  where: string;
  values: unknown[];
  walk: ViewWalk;
}

/** Promises that come due within so many minutes are at risk; the console's chips turn amber at the same moment. */
export const riskMinutes = 15;

/** By what each question is answered for one ticket: a column of its row, or the index of another table. */
export const servedBy: Record<ViewTest['field'], string> = {
  state: 'ticket_queue_page',
  queue: 'ticket_queue_page',
  assignee: 'ticket_owner_page',
  channel: 'message_of_ticket',
  tag: 'ticket_queue_page',
  priority: 'ticket_priority_page',
  tier: 'conversation_pkey',
  waiting: 'ticket_waiting_page',
  sla: 'ticket_due_page',
  unread: 'read_cursor_pkey',
  snoozed: 'ticket_queue_page',
  created: 'ticket_queue_page',
  language: 'conversation_pkey',
  field: 'ticket_queue_page',
};

/** `reader`: the parameter that holds the reader's id, who is `me`. `queue`: only what is there; null: wherever it is. */
export interface ViewReading {
  reader: string;
  me: string;
  queue: string | null;
}

/** Compiles for parameters from `$first` on. */
export function compileView(filter: ViewFilter, first: number, { reader, me, queue }: ViewReading): CompiledView {
  const compiler = new Compiler(reader, first);
  const asked = new Set(testsOfView(filter).map(({ field }) => field));
  const walk = walkOf(filter);
  const where = [
    compiler.group(filter),
    't.merged_into is null',
    ...(asked.has('snoozed') ? [] : ['t.snoozed_until is null']),
    `t.state = any (${compiler.value(walk.states, 'text[]')})`,
    ...(queue === null ? [] : [`t.queue_id = ${compiler.value(queue, 'uuid')}`]),
  ];
  // By name and as themselves is once: whoever is walked twice shows everything of theirs twice.
  const owners = walk.owners && [...new Set(walk.owners.map((owner) => (owner === 'me' ? me : owner)))];
  return { where: where.join(' and '), values: compiler.values, walk: { ...walk, owners } };
}

/** The kind of question that asks about a field: several fields may be asked about in one way. */
type TestOf<Field> = ViewTest extends infer Test
  ? Test extends { field: infer Of }
    ? Field extends Of
      ? Test
      : never
    : never
  : never;

class Compiler {
  readonly values: unknown[] = [];

  constructor(
    private readonly reader: string,
    private readonly first: number,
  ) {}

  group(group: ViewFilter | ViewGroup): string {
    const [members, between, ofNothing] = 'all' in group ? [group.all, ' and ', 'true'] : [group.any, ' or ', 'false'];
    const parts = members.map((member) => ('field' in member ? this.test(member) : this.group(member)));
    return parts.length === 0 ? ofNothing : `(${parts.join(between)})`;
  }

  value(value: unknown, type: string): string {
    this.values.push(value);
    return `$${String(this.first + this.values.length - 1)}::${type}`;
  }

  private test(test: ViewTest): string {
    const askers: { [Field in ViewTest['field']]: (test: TestOf<Field>) => string } = {
      state: (one) => this.oneOf('t.state', one, 'text[]'),
      queue: (one) => this.oneOf('t.queue_id', one, 'uuid[]'),
      language: (one) => this.oneOf(ofPerson('k.locale'), one, 'text[]'),
      channel: (one) => this.oneOf(lastChannel, one, 'text[]'),
      assignee: (one) => this.assignee(one),
      tag: (one) => this.tags(one),
      priority: ({ op, value }) => `(t.priority ${signs[op]} ${this.value(value, 'int')})`,
      tier: ({ op, value }) => `(${ofPerson('k.tier')} ${signs[op]} ${this.value(value, 'int')})`,
      field: (one) => this.field(one),
      waiting: (one) => this.moment(one),
      sla: (one) => this.moment(one),
      unread: (one) => this.moment(one),
      snoozed: (one) => this.moment(one),
      created: (one) => this.moment(one),
    };
    return (askers[test.field] as (test: ViewTest) => string)(test);
  }

  private moment(test: Extract<ViewTest, { field: 'waiting' | 'sla' | 'unread' | 'snoozed' | 'created' }>): string {
    switch (test.field) {
      case 'waiting':
        return `coalesce(t.waiting_since <= now() - ${this.value(test.minutes, 'int')} * interval '1 minute', false)`;
      case 'created':
        return `(t.opened_at ${test.op === 'within' ? '>=' : '<'} now() - ${this.value(test.days, 'int')} * interval '1 day')`;
      case 'snoozed':
        return `(t.snoozed_until is ${test.value ? 'not ' : ''}null)`;
      case 'unread':
        return `(${test.value ? '' : 'not '}${isUnread(this.reader)})`;
      case 'sla': {
        const soon = `now() + interval '${String(riskMinutes)} minutes'`;
        const standings = { at_risk: `t.due_at > now() and t.due_at <= ${soon}`, breached: 't.due_at <= now()' };
        return `coalesce(${test.value.map((one) => `(${standings[one]})`).join(' or ')}, false)`;
      }
    }
  }

  private oneOf(expression: string, { op, value }: { op: 'is' | 'is_not'; value: unknown[] }, type: string): string {
    return `(${op === 'is' ? '' : 'not '}coalesce(${expression} = any (${this.value(value, type)}), false))`;
  }

  private assignee({ op, value }: { op: 'is' | 'is_not'; value: string[] }): string {
    const ids = value.filter((one) => one !== 'me' && one !== 'nobody');
    const ways = [
      ...(value.includes('nobody') ? ['t.owner_id is null'] : []),
      ...(value.includes('me') ? [`t.owner_id = ${this.reader}`] : []),
      ...(ids.length > 0 ? [`t.owner_id = any (${this.value(ids, 'uuid[]')})`] : []),
    ];
    return `(${op === 'is' ? '' : 'not '}coalesce(${ways.join(' or ')}, false))`;
  }

  private tags({ op, value }: { op: 'has_any' | 'has_all' | 'has_none'; value: string[] }): string {
    const tags = this.value(value, 'text[]');
    return op === 'has_all' ? `(t.tags @> ${tags})` : `(${op === 'has_none' ? 'not ' : ''}t.tags && ${tags})`;
  }

  private field(test: FieldTest): string {
    const key = this.value(test.key, 'text');
    const found = `(t.fields -> ${key})`;
    switch (test.op) {
      case 'is_empty':
        return `(coalesce(${found}, 'null') in ('null', '""', '[]'))`;
      case 'at_least':
      case 'at_most':
        return `(case when jsonb_typeof(${found}) = 'number' then (t.fields ->> ${key})::numeric ${signs[test.op]} ${this.value(test.value, 'numeric')} else false end)`;
      case 'is':
      case 'is_not':
        return `(${test.op === 'is' ? '' : 'not '}${this.holdsOneOf(found, test.value)})`;
    }
  }

  /** A text in any spelling of its letters and digits, also as one of a list of choices. */
  private holdsOneOf(found: string, wanted: readonly (string | number | boolean)[]): string {
    const texts = this.value(wanted.filter((one) => typeof one === 'string').map(foldValue), 'text[]');
    const others = this.value(
      wanted.filter((one) => typeof one !== 'string').map((one) => JSON.stringify(one)),
      'jsonb[]',
    );
    const list = `(case jsonb_typeof(${found}) when 'array' then ${found} else jsonb_build_array(${found}) end)`;
    return `exists (select 1 from jsonb_array_elements(${list}) e(v)
      where e.v = any (${others}) or (jsonb_typeof(e.v) = 'string' and ${foldedSql("(e.v #>> '{}')")} = any (${texts})))`;
  }
}

const signs = { is: '=', at_least: '>=', at_most: '<=' } as const;

/** Of the root of the person whom the ticket is about. */
function ofPerson(column: string): string {
  return `(select ${column} from conversation c join customer own on own.id = c.customer_id
    join customer k on k.id = coalesce(own.merged_into, own.id) where c.id = t.conversation_id)`;
}

const lastChannel = `(select ch.kind from message m join channel ch on ch.id = m.channel_id
    where m.ticket_id = t.id and m.direction = 'in' order by m.conversation_id desc, m.seq desc limit 1)`;

/**
 * Something of the ticket's customer came in, in any of their conversations, that the reader has not seen. As a value and not as `exists`,
 * which a planner that does not know how few tickets there are may turn into a join over everybody.
 */
function isUnread(reader: string): string {
  return `coalesce((select true from conversation h join customer own on own.id = h.customer_id
    join customer k on coalesce(k.merged_into, k.id) = coalesce(own.merged_into, own.id)
    join conversation c on c.customer_id = k.id
    cross join lateral (select coalesce(
      (select r.seq from read_cursor r where r.agent_id = ${reader} and r.conversation_id = c.id), 0) as seq) seen
    where h.id = t.conversation_id and c.last_seq > seen.seq
      and (select true from message m where m.conversation_id = c.id and m.seq > seen.seq and m.direction = 'in' limit 1)
    limit 1), false)`;
}
