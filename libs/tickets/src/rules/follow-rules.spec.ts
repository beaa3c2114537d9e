import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { planActions } from '../actions/plan-actions.js';
import type { TicketAction } from '../actions/ticket-action.js';
import type { RuleCondition } from './condition.js';
import { evaluateCondition, type Explained } from './evaluate.js';
import { followRules, maxDepth, RunBook, type Rule } from './follow-rules.js';
import type { Happening } from './happening.js';
import type { RuleEvent } from './rule-event.js';

const numRuns = Number(process.env['RULES_RUNS'] ?? 300);

const states = ['open', 'pending', 'on_hold', 'solved'] as const;
const tags = ['a', 'b', 'c'];

const test: fc.Arbitrary<RuleCondition> = fc.oneof(
  fc
    .subarray([...states], { minLength: 1 })
    .map((value) => ({ field: 'ticket.state' as const, op: 'is' as const, value })),
  fc
    .integer({ min: 1, max: 4 })
    .map((value) => ({ field: 'ticket.priority' as const, op: 'at_least' as const, value })),
  fc
    .tuple(fc.constantFrom('has_any' as const, 'has_none' as const), fc.subarray(tags, { minLength: 1 }))
    .map(([op, value]) => ({ field: 'ticket.tags' as const, op, value })),
  fc
    .constantFrom('refund', 'سفارش')
    .map((word) => ({ field: 'message.text' as const, op: 'has_any' as const, value: [word] })),
);
const { condition } = fc.letrec<{ condition: RuleCondition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    test,
    fc.array(tie('condition'), { maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('condition'), { maxLength: 3 }).map((any) => ({ any })),
    tie('condition').map((not) => ({ not })),
  ),
}));
const event: fc.Arbitrary<RuleEvent> = fc
  .constantFrom(
    'ticket_created' as const,
    'message_received' as const,
    'message_sent' as const,
    'state_changed' as const,
  )
  .map((on) => ({ on }));
const action: fc.Arbitrary<TicketAction> = fc.oneof(
  fc.constantFrom(...states).map((state) => ({ do: 'set_state' as const, state })),
  fc.constantFrom(1 as const, 4 as const).map((priority) => ({ do: 'set_priority' as const, priority })),
  fc.subarray(tags, { minLength: 1 }).map((some) => ({ do: 'add_tags' as const, tags: some })),
  fc.subarray(tags, { minLength: 1 }).map((some) => ({ do: 'remove_tags' as const, tags: some })),
  fc.constant({ do: 'reply' as const, text: { en: 'refund' } }),
);
const rules: fc.Arbitrary<Rule[]> = fc
  .array(
    fc.record({
      event,
      conditions: condition,
      actions: fc.array(action, { minLength: 1, maxLength: 3 }),
      stops: fc.boolean(),
      maxPerHour: fc.integer({ min: 1, max: 4 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((list) => list.map((rule, index) => ({ ...rule, id: `rule ${index}`, since: 0 })));

const began = Date.parse('2026-11-22T10:00:00Z');

function happening(more: Partial<Happening> & { ticketId?: string } = {}): Happening {
  const { ticketId = 'ticket', ...rest } = more;
  return {
    position: '1',
    kind: 'message_received',
    at: began,
    conversationId: 'conversation',
    actorId: null,
    cause: null,
    depth: 0,
    payload: {},
    message: { text: 'refund', subject: '', author: 'customer', channelId: null, channelKind: 'sms', hasFiles: false },
    ticket: {
      id: ticketId,
      number: 1,
      prefix: '',
      state: 'new',
      priority: 2,
      queueId: 'q',
      ownerId: null,
      tags: [],
      fields: {},
      subject: '',
    },
    customer: { id: 'customer', tier: 0, locale: 'fa', fields: {} },
    isOpen: true,
    isApproximate: false,
    ...rest,
  };
}

interface World {
  ticket: Happening['ticket'];
  waiting: Happening[];
  runs: { rule: string; at: number; depth: number }[];
}

/** Runs a firing as the hub does: the ticket changes, and what that makes happen is one deeper and says which rule did it. */
function run(world: World, rule: Rule, cause: Happening): void {
  const before = world.ticket;
  const effects = planActions(
    { ...before, stateName: null, snoozed: null, followerIds: [], actorId: null },
    rule.actions,
  );
  world.runs.push({ rule: rule.id, at: cause.at, depth: cause.depth });
  if (effects.some(({ change }) => 'refused' in change)) {
    return;
  }
  const next = { at: cause.at + 1, depth: cause.depth + 1, cause: rule.id };
  for (const { action: done, change } of effects) {
    if (done.do === 'set_state' && 'from' in change && change.from !== change.to) {
      world.ticket = { ...world.ticket, state: done.state };
      world.waiting.push(happening({ ...next, kind: 'state_changed', payload: change, ticket: world.ticket }));
    } else if (done.do === 'reply') {
      world.waiting.push(happening({ ...next, kind: 'message_sent', ticket: world.ticket }));
    } else if ('to' in change && Array.isArray(change.to)) {
      world.ticket = { ...world.ticket, tags: change.to as string[] };
    }
  }
}

/** Asks about all that happens until nothing happens any more. */
function runAll(world: World, rules: readonly Rule[], book: RunBook): void {
  for (let next = world.waiting.shift(); next; next = world.waiting.shift()) {
    const cause = next;
    const firings = followRules(rules, cause, book).filter(({ refused }) => refused === null);
    firings.forEach(({ rule }) => run(world, rule, cause));
  }
}

describe('rules that follow what rules do', () => {
  it('come to an end, within the depth and the rate, whatever they are', () => {
    fc.assert(
      fc.property(
        rules,
        fc.array(fc.integer({ min: 0, max: 7_200_000 }), { minLength: 1, maxLength: 12 }),
        (set, offsets) => {
          const book = new RunBook();
          const world: World = { ticket: happening().ticket, waiting: [], runs: [] };
          for (const offset of offsets.toSorted((one, two) => one - two)) {
            world.waiting.push(happening({ at: began + offset, ticket: world.ticket }));
            runAll(world, set, book);
          }
          expect(world.runs.every(({ depth }) => depth < maxDepth)).toBe(true);
          for (const rule of set) {
            const times = world.runs.filter((one) => one.rule === rule.id).map(({ at }) => at);
            const worst = Math.max(
              0,
              ...times.map((at) => times.filter((one) => one > at - 3_600_000 && one <= at).length),
            );
            expect(worst).toBeLessThanOrEqual(rule.maxPerHour);
          }
        },
      ),
      { numRuns },
    );
  });

  it('are each asked once about a happening, and none behind one that stops', () => {
    fc.assert(
      fc.property(rules, (set) => {
        const firings = followRules(set, happening(), new RunBook());
        expect(new Set(firings.map(({ rule }) => rule.id)).size).toBe(firings.length);
        expect(firings.slice(0, -1).every(({ rule }) => !rule.stops)).toBe(true);
      }),
      { numRuns },
    );
  });

  it('do not follow what they did themselves, nor what was before they were on', () => {
    const rule: Rule = {
      id: 'r',
      event: { on: 'message_received' },
      conditions: { all: [] },
      actions: [],
      stops: false,
      maxPerHour: 9,
      since: began,
    };
    const asked = (more: Partial<Happening>) => followRules([rule], happening(more), new RunBook()).length;
    expect(asked({})).toBe(1);
    expect(asked({ cause: 'r' })).toBe(0);
    expect(asked({ at: began - 1 })).toBe(0);
  });
});

describe('an explanation', () => {
  it('holds exactly where its parts say so', () => {
    const follows = (why: Explained): boolean => {
      if ('all' in why) {
        return why.holds === why.all.every(({ holds }) => holds) && why.all.every(follows);
      }
      if ('any' in why) {
        return why.holds === why.any.some(({ holds }) => holds) && why.any.every(follows);
      }
      return 'not' in why ? why.holds !== why.not.holds && follows(why.not) : true;
    };
    fc.assert(
      fc.property(condition, (one) => {
        const why = evaluateCondition(one, happening());
        expect(follows(why)).toBe(true);
        expect(evaluateCondition({ not: one }, happening()).holds).toBe(!why.holds);
      }),
      { numRuns },
    );
  });

  it('keeps what each test saw, and of a long text its beginning', () => {
    const text = `refund ${'x'.repeat(1000)}`;
    const why = evaluateCondition(
      {
        all: [
          { field: 'message.text', op: 'has_any', value: ['refund'] },
          { field: 'customer.tier', op: 'at_least', value: 3 },
        ],
      },
      happening({
        message: { text, subject: '', author: 'customer', channelId: null, channelKind: null, hasFiles: false },
      }),
    );
    expect(why).toMatchObject({
      holds: false,
      all: [
        { holds: true, saw: text.slice(0, 200) },
        { holds: false, saw: 0 },
      ],
    });
  });
});

describe('a test', () => {
  const holds = (one: RuleCondition, more: Partial<Happening> = {}) => evaluateCondition(one, happening(more)).holds;

  it('of a custom field or of what is known of a customer knows words in any spelling, numbers and emptiness', () => {
    const ticket = { ...happening().ticket, fields: { city: 'كرج', count: 3, kinds: ['الف', 'ب'] } };
    const field = (more: object) => holds({ field: 'ticket.field', key: 'city', ...more } as RuleCondition, { ticket });
    expect(field({ op: 'is', value: ['کرج'] })).toBe(true);
    expect(field({ op: 'is_not', value: ['تهران'] })).toBe(true);
    expect(holds({ field: 'ticket.field', key: 'count', op: 'at_least', value: 3 }, { ticket })).toBe(true);
    expect(holds({ field: 'ticket.field', key: 'kinds', op: 'is', value: ['ب'] }, { ticket })).toBe(true);
    expect(holds({ field: 'ticket.field', key: 'none', op: 'is_empty' }, { ticket })).toBe(true);
    expect(holds({ field: 'customer.attribute', key: 'vip', op: 'is', value: [true] })).toBe(false);
  });

  it('of who has a ticket knows that nobody has it', () => {
    expect(holds({ field: 'ticket.owner', op: 'is', value: [null] })).toBe(true);
    expect(holds({ field: 'ticket.owner', op: 'is_not', value: [null, 'x'] })).toBe(false);
  });

  it('by a pattern looks at the text as it was written and as it is folded', () => {
    const said = (text: string) => ({
      message: { text, subject: '', author: 'customer' as const, channelId: null, channelKind: null, hasFiles: false },
    });
    const digits = { field: 'message.text', op: 'matches', value: 'order [0-9]{3}' } as const;
    expect(holds(digits, said('ORDER ۱۲۳'))).toBe(true);
    expect(holds({ ...digits, value: '#\\d' }, said('order #7'))).toBe(true);
  });
});
