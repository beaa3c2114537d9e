import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  boostOf,
  chooseAgent,
  chooseItem,
  chooseMatch,
  compareAgents,
  compareWaiting,
  defaultBoosts,
  findHindrance,
  isEligible,
  rankAt,
  type RoutedAgent,
  type RoutedQueue,
  type RoutingBook,
  type WaitingItem,
} from './policy.js';

const now = 1_000_000;
const minute = 60_000;
const closed = { isOpen: () => false };

const buildItem = (overrides: Partial<WaitingItem> = {}): WaitingItem => ({
  id: 'item',
  queueIds: ['sales'],
  class: 'chat',
  weight: 30,
  enqueuedAt: now - 10_000,
  rankAt: now - 10_000,
  skillIds: [],
  skillLevel: 1,
  ring: 1,
  preferredAgent: null,
  excludedAgents: [],
  askedAgents: [],
  ...overrides,
});

interface AgentWish extends Partial<Omit<RoutedAgent, 'classes' | 'queues' | 'skills'>> {
  queues?: Record<string, number>;
  skills?: Record<string, number>;
  classes?: Partial<RoutedAgent['classes']>;
}

const buildAgent = ({ queues, skills, classes, ...overrides }: AgentWish = {}): RoutedAgent => ({
  id: 'agent',
  isOnline: true,
  isDisabled: false,
  presentUntil: now + 25_000,
  queues: new Map(Object.entries(queues ?? { sales: 1 })),
  skills: new Map(Object.entries(skills ?? {})),
  usedUnits: 0,
  capUnits: 100,
  classes: {
    voice: { used: 0, cap: 1 },
    chat: { used: 0, cap: 3 },
    async: { used: 0, cap: 10 },
    ...classes,
  },
  openQuestions: 0,
  idleSince: now - 1_000,
  lastAssignedAt: -Infinity,
  hasPhone: true,
  isTalking: false,
  shift: null,
  ...overrides,
});

const buildQueue = (overrides: Partial<RoutedQueue> = {}): RoutedQueue => ({
  id: 'sales',
  strategy: 'longest_idle',
  stickyMs: 0,
  hours: null,
  ...overrides,
});

const chosen = (item: WaitingItem, agents: RoutedAgent[], queue = buildQueue()): string => {
  const choice = chooseAgent(item, agents, queue, now);
  return choice.outcome === 'agent' ? `${choice.agent.id} by ${choice.reason}` : choice.outcome;
};

describe('who can have an item', () => {
  it('is whoever is there, serves the queue and has room', () => {
    expect(findHindrance(buildItem(), buildAgent(), buildQueue(), now)).toBeNull();
  });

  const full = { used: 3, cap: 3 };
  const refusals: [string, AgentWish, Partial<WaitingItem>, Partial<RoutedQueue>][] = [
    ['queue_closed', {}, {}, { hours: closed }],
    ['disabled', { isDisabled: true }, {}, {}],
    ['not_online', { isOnline: false }, {}, {}],
    ['not_present', { presentUntil: null }, {}, {}],
    ['not_present', { presentUntil: now }, {}, {}],
    ['off_shift', { shift: closed }, {}, {}],
    ['excluded', {}, { excludedAgents: ['other', 'agent'] }, {}],
    ['not_in_queue', { queues: { support: 1 } }, {}, {}],
    ['not_in_queue', { queues: { sales: 2 } }, { ring: 1 }, {}],
    ['lacks_skill', { skills: { persian: 5 } }, { skillIds: ['persian', 'billing'] }, {}],
    ['lacks_skill', { skills: { persian: 2 } }, { skillIds: ['persian'], skillLevel: 3 }, {}],
    ['no_phone', { hasPhone: false }, { class: 'voice', weight: 100 }, {}],
    ['asked_already', {}, { askedAgents: ['agent'] }, { strategy: 'broadcast' }],
    ['class_full', { openQuestions: 3 }, {}, { strategy: 'broadcast' }],
    ['no_units', { usedUnits: 71 }, {}, {}],
    ['class_full', { classes: { chat: full } }, {}, {}],
    ['on_a_call', { isTalking: true }, {}, {}],
    ['no_units', { capUnits: 90 }, { class: 'voice', weight: 100 }, {}],
    ['on_a_call', { capUnits: 300, classes: { voice: { used: 1, cap: 1 } } }, {}, {}],
    ['on_a_call', { capUnits: 300, classes: { chat: { used: 1, cap: 3 } } }, { class: 'voice', weight: 100 }, {}],
  ];
  it.each(refusals)('is not an agent with %s', (reason, agent, item, queue) => {
    expect(findHindrance(buildItem(item), buildAgent(agent), buildQueue(queue), now)).toBe(reason);
  });

  it('lets mail wait beside a call, where the units allow it', () => {
    const onCall = buildAgent({ usedUnits: 100, capUnits: 110, classes: { voice: { used: 1, cap: 1 } } });
    expect(isEligible(buildItem({ class: 'async', weight: 5 }), onCall, buildQueue(), now)).toBe(true);
  });

  it('rings somebody who has mail, for mail makes way for a call', () => {
    const writing = buildAgent({ usedUnits: 50, classes: { async: { used: 10, cap: 10 } } });
    expect(isEligible(buildItem({ class: 'voice', weight: 100 }), writing, buildQueue(), now)).toBe(true);
  });

  it('is also a member of a queue that was called in, and of an outer ring once the item has come so far', () => {
    const helper = buildAgent({ queues: { support: 3 } });
    expect(isEligible(buildItem({ queueIds: ['sales', 'support'], ring: 2 }), helper, buildQueue(), now)).toBe(false);
    expect(isEligible(buildItem({ queueIds: ['sales', 'support'], ring: 3 }), helper, buildQueue(), now)).toBe(true);
  });
});

describe('the choice of an agent', () => {
  it('falls on nobody where nobody can have it', () => {
    expect(chosen(buildItem(), [buildAgent({ isOnline: false })])).toBe('nobody');
  });

  it('takes the agent who knows the customer before a better skilled one', () => {
    const item = buildItem({ preferredAgent: 'known', skillIds: ['tax'] });
    const agents = [buildAgent({ id: 'expert', skills: { tax: 5 } }), buildAgent({ id: 'known', skills: { tax: 1 } })];
    expect(chosen(item, agents)).toBe('known by sticky');
  });

  it('waits a while for that agent where they are only full, and not for one who is gone or may not have it', () => {
    const item = buildItem({ preferredAgent: 'known' });
    const queue = buildQueue({ stickyMs: 60_000 });
    const other = buildAgent({ id: 'other' });
    const known = (wish: AgentWish): RoutedAgent => buildAgent({ id: 'known', ...wish });
    expect(chosen(item, [other, known({ usedUnits: 100 })], queue)).toBe('kept');
    expect(chosen(item, [other, known({ usedUnits: 100, isOnline: false })], queue)).toBe('other by longest_idle');
    expect(chosen({ ...item, enqueuedAt: now - 60_000 }, [other, known({ usedUnits: 100 })], queue)).toBe(
      'other by longest_idle',
    );
    expect(chosen({ ...item, excludedAgents: ['known'] }, [other, known({ usedUnits: 100 })], queue)).toBe(
      'other by longest_idle',
    );
  });

  it('waits a minute with a chat and not at all with a mail where the queue says nothing', () => {
    const agents = [buildAgent({ id: 'known', usedUnits: 100 }), buildAgent({ id: 'other' })];
    const queue = buildQueue({ stickyMs: null });
    const item = buildItem({ preferredAgent: 'known', enqueuedAt: now - 59_999 });
    expect(chooseAgent(item, agents, queue, now)).toEqual({ outcome: 'kept', until: now + 1 });
    expect(chosen({ ...item, enqueuedAt: now - 60_000 }, agents, queue)).toBe('other by longest_idle');
    expect(chosen({ ...item, class: 'async', weight: 5 }, agents, queue)).toBe('other by longest_idle');
  });

  it('takes the higher sum of the levels that are asked for, whoever is idle longer', () => {
    const item = buildItem({ skillIds: ['tax', 'law'] });
    const agents = [
      buildAgent({ id: 'idle', skills: { tax: 2, law: 2, chess: 5 }, idleSince: 0 }),
      buildAgent({ id: 'able', skills: { tax: 1, law: 4 } }),
    ];
    expect(chosen(item, agents)).toBe('able by skill');
  });

  const one = (wish: AgentWish): RoutedAgent => buildAgent({ id: 'one', ...wish });
  const two = (wish: AgentWish): RoutedAgent => buildAgent({ id: 'two', ...wish });
  const orders: [RoutedQueue['strategy'], string, AgentWish, AgentWish][] = [
    ['longest_idle', 'the one who is idle longer', { idleSince: 5 }, { idleSince: 4 }],
    ['longest_idle', 'the idle one before one with work', { idleSince: null }, { idleSince: now }],
    [
      'longest_idle',
      'of two with work the one who got some longer ago',
      { idleSince: null, lastAssignedAt: 9 },
      { idleSince: null, lastAssignedAt: 8 },
    ],
    ['least_loaded', 'the one with the smaller share in use', { usedUnits: 30 }, { usedUnits: 40, capUnits: 200 }],
    ['least_loaded', 'among equals the one who got work longer ago', { lastAssignedAt: 2 }, { lastAssignedAt: 1 }],
    ['round_robin', 'the one who got work longer ago', { lastAssignedAt: 2, idleSince: 0 }, { lastAssignedAt: 1 }],
  ];
  it.each(orders)('by %s takes %s', (strategy, _what, losing, winning) => {
    expect(chosen(buildItem(), [one(losing), two(winning)], buildQueue({ strategy }))).toBe(`two by ${strategy}`);
  });

  it('goes by the id where nothing else tells agents apart', () => {
    expect(chosen(buildItem(), [two({}), one({})])).toBe('one by longest_idle');
  });

  it('rings one phone after the other, also where everybody is asked', () => {
    const agents = [buildAgent({ id: 'a', idleSince: now - 1 }), buildAgent({ id: 'b', idleSince: now - 2 })];
    const call = buildItem({ class: 'voice', weight: 100 });
    expect(chosen(call, agents, buildQueue({ strategy: 'broadcast' }))).toBe('b by broadcast');
  });

  it('asks everybody who can have it where the queue says so, and keeps it for nobody', () => {
    const item = buildItem({ preferredAgent: 'full' });
    const agents = [
      buildAgent({ id: 'full', usedUnits: 100 }),
      buildAgent({ id: 'late', idleSince: 2 }),
      buildAgent({ id: 'early', idleSince: 1 }),
    ];
    const queue = buildQueue({ strategy: 'broadcast', stickyMs: minute });
    const choice = chooseAgent(item, agents, queue, now);
    expect(choice.outcome === 'everybody' && choice.agents.map(({ id }) => id)).toEqual(['early', 'late']);
  });
});

describe('the choice of an item', () => {
  const book = (agents: RoutedAgent[] = [], queue = buildQueue({ stickyMs: minute })): RoutingBook => ({
    queueOf: () => queue,
    agentOf: (id) => agents.find((agent) => agent.id === id),
  });

  it('falls on the first in line that the agent can have, past what they cannot', () => {
    const waiting = [
      buildItem({ id: 'a', class: 'voice', weight: 100 }),
      buildItem({ id: 'b', excludedAgents: ['agent'] }),
      buildItem({ id: 'c' }),
      buildItem({ id: 'd' }),
    ];
    expect(
      chooseItem(buildAgent({ usedUnits: 30, classes: { chat: { used: 1, cap: 3 } } }), waiting, book(), now)?.id,
    ).toBe('c');
  });

  it('leaves what is kept for another', () => {
    const waiting = [buildItem({ id: 'a', preferredAgent: 'known' }), buildItem({ id: 'b' })];
    const known = buildAgent({ id: 'known', usedUnits: 100 });
    expect(chooseItem(buildAgent(), waiting, book([known]), now)?.id).toBe('b');
    const free = { ...known, usedUnits: 0 };
    expect(chooseItem(buildAgent(), waiting, book([free]), now)?.id).toBe('b');
    expect(chooseItem(free, waiting, book([free]), now)?.id).toBe('a');
    expect(chooseItem(buildAgent(), waiting, book([{ ...known, isOnline: false }]), now)?.id).toBe('a');
  });

  it('and of an agent goes down the line to the first pair', () => {
    const waiting = [buildItem({ id: 'a', skillIds: ['tax'] }), buildItem({ id: 'b' }), buildItem({ id: 'c' })];
    const match = chooseMatch(waiting, [buildAgent({ id: 'gone', isOnline: false }), buildAgent()], book(), now);
    expect([match?.item.id, match?.choice.outcome === 'agent' && match.choice.agent.id]).toEqual(['b', 'agent']);
    expect(chooseMatch(waiting, [], book(), now)).toBeNull();
  });

  it('is none where there is none', () => {
    expect(chooseItem(buildAgent(), [], book(), now)).toBeNull();
  });
});

describe('the place in line', () => {
  it('is moved ahead by priority, tier and what was added, up to the cap', () => {
    const boosts = { ...defaultBoosts, tier: { '3': 10 } };
    expect(boostOf(boosts, { priority: 4, tier: 3, overdueMs: 5 * minute })).toEqual({
      priority: 60 * minute,
      tier: 10 * minute,
      overdue: 5 * minute,
      total: 75 * minute,
    });
    expect(boostOf(boosts, { priority: 4, tier: 3, overdueMs: 100 * minute }).total).toBe(120 * minute);
    expect(boostOf(defaultBoosts, { priority: 1, tier: 9 }).total).toBe(0);
  });

  it('lets an item be overtaken only by those that come within their head start', () => {
    fc.assert(
      fc.property(
        fc.nat(1e9),
        fc.nat(1e9),
        fc.constantFrom(1, 2, 3, 4),
        fc.constantFrom(1, 2, 3, 4),
        (first, gap, priority, later) => {
          const boost = (of: number): number => boostOf(defaultBoosts, { priority: of, tier: 0 }).total;
          const early = buildItem({ id: 'a', rankAt: rankAt(first, boost(priority)) });
          const late = buildItem({ id: 'b', rankAt: rankAt(first + gap, boost(later)) });
          expect(compareWaiting(late, early) < 0).toBe(gap < boost(later) - boost(priority));
        },
      ),
    );
  });
});

const anyLevel = fc.integer({ min: 1, max: 3 });
const anyAgent: fc.Arbitrary<RoutedAgent> = fc
  .record({
    isOnline: fc.boolean(),
    usedUnits: fc.constantFrom(0, 30, 60, 100),
    capUnits: fc.constantFrom(60, 100, 200),
    chats: fc.nat(3),
    skills: fc.record({ tax: anyLevel, law: anyLevel }, { requiredKeys: [] }),
    level: anyLevel,
    idleSince: fc.constantFrom(null, 1, 2),
    lastAssignedAt: fc.constantFrom(-Infinity, 1, 2),
  })
  .map(({ chats, level, ...wish }) =>
    buildAgent({ ...wish, queues: { sales: level }, classes: { chat: { used: chats, cap: 3 } } }),
  );
const anyAgents = fc
  .array(anyAgent, { maxLength: 7 })
  .map((agents) => agents.map((agent, index) => ({ ...agent, id: `agent${String(index)}` })));
const anyItem: fc.Arbitrary<WaitingItem> = fc
  .record({
    skillIds: fc.subarray(['tax', 'law']),
    skillLevel: anyLevel,
    ring: anyLevel,
    preferredAgent: fc.constantFrom(null, 'agent1', 'agent2'),
    excludedAgents: fc.subarray(['agent0', 'agent1']),
    rankAt: fc.nat(5),
  })
  .map(buildItem);
const anyQueue: fc.Arbitrary<RoutedQueue> = fc
  .record({
    strategy: fc.constantFrom('longest_idle', 'least_loaded', 'round_robin', 'broadcast'),
    stickyMs: fc.constantFrom(0, minute),
  })
  .map(buildQueue);

const anyOrder = fc.array(fc.nat(), { minLength: 7, maxLength: 7 });
const place = (agent: RoutedAgent, agents: RoutedAgent[], order: number[]): number => order[agents.indexOf(agent)] ?? 0;

describe('for any agents, item and queue', () => {
  it('the choice is the first of all who can have it, in whatever order they are named', () => {
    fc.assert(
      fc.property(anyItem, anyAgents, anyQueue, anyOrder, (item, agents, queue, order) => {
        const choice = chooseAgent(item, agents, queue, now);
        const able = agents
          .filter((agent) => isEligible(item, agent, queue, now))
          .sort((one, other) => compareAgents(item, queue, one, other));
        const shuffled = agents.toSorted((one, other) => place(one, agents, order) - place(other, agents, order));
        expect(chooseAgent(item, shuffled, queue, now)).toEqual(choice);
        switch (choice.outcome) {
          case 'agent':
            expect([choice.agent, choice.eligible]).toEqual([able[0], able.length]);
            break;
          case 'everybody':
            expect(choice.agents).toEqual(able);
            break;
          case 'nobody':
            expect(able).toEqual([]);
            break;
          case 'kept':
            expect(able.map(({ id }) => id)).not.toContain(item.preferredAgent);
            break;
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('the order of agents is one order: no ties, no circles', () => {
    fc.assert(
      fc.property(anyItem, anyAgents, anyQueue, (item, agents, queue) => {
        const order = agents.toSorted((one, other) => compareAgents(item, queue, one, other));
        order.forEach((one, index) =>
          order.slice(index + 1).forEach((other) => {
            expect(compareAgents(item, queue, one, other)).toBeLessThan(0);
            expect(compareAgents(item, queue, other, one)).toBeGreaterThan(0);
          }),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it('no item is left beside an agent who can have it, and nobody is filled beyond a cap', () => {
    fc.assert(
      fc.property(fc.array(anyItem, { maxLength: 8 }), anyAgents, anyQueue, (items, before, wish) => {
        const agents = before.map((agent) => structuredClone(agent));
        const queue = { ...wish, strategy: wish.strategy === 'broadcast' ? ('round_robin' as const) : wish.strategy };
        const waiting = items.map((item, index) => ({ ...item, id: `item${String(index)}` })).sort(compareWaiting);
        const left = waiting.filter((item) => !give(item, agents, queue));
        agents.forEach(({ usedUnits, capUnits, classes: { chat } }, index) => {
          expect(usedUnits <= capUnits || usedUnits === before[index]?.usedUnits).toBe(true);
          expect(chat.used).toBeLessThanOrEqual(chat.cap);
        });
        const agentOf = (id: string): RoutedAgent | undefined => agents.find((agent) => agent.id === id);
        agents.forEach((agent) => expect(chooseItem(agent, left, { queueOf: () => queue, agentOf }, now)).toBeNull());
      }),
      { numRuns: 1_000 },
    );
  });
});

/** Gives an item to whom the policy says; whether there was anybody. */
function give(item: WaitingItem, agents: RoutedAgent[], queue: RoutedQueue): boolean {
  const choice = chooseAgent(item, agents, queue, now);
  if (choice.outcome !== 'agent') {
    return false;
  }
  choice.agent.usedUnits += item.weight;
  choice.agent.classes.chat.used += 1;
  return true;
}
