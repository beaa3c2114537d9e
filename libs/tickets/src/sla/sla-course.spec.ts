import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aroundTheClock, serviceTime } from '../calendars/service-time.js';
import { mayMove, type TicketState } from '../tickets/ticket-state.js';
import { isLive } from './sla-clock.js';
import {
  followEvent,
  recountAll,
  tellAll,
  type PinnedClock,
  type PinnedTerms,
  type SlaEvent,
  type SlaRules,
  type ToldRung,
} from './sla-course.js';
import { choosePolicy, type SlaTerms } from './sla-terms.js';

const hour = 3_600_000;
const terms = (overrides: Partial<SlaTerms> = {}): SlaTerms => ({
  targets: { first_response: hour, next_response: 2 * hour, resolution: 8 * hour },
  calendarId: null,
  pausedIn: ['pending', 'on_hold'],
  warnings: [0.75, 0.9],
  escalations: [],
  ...overrides,
});

function pin(versionId: string, content = terms(), time = aroundTheClock): PinnedTerms {
  return { versionId, policyId: versionId.split('.')[0] as string, terms: content, time };
}

class Ticket {
  clocks: PinnedClock[] = [];
  told: ToldRung[] = [];
  state: TicketState = 'new';
  private ids = 0;
  private versions = new Map<string, PinnedTerms>();

  constructor(public governing: PinnedTerms | null) {
    this.publish(governing);
  }

  publish(next: PinnedTerms | null): void {
    this.governing = next;
    if (next) {
      this.versions.set(next.versionId, next);
    }
  }

  happens(event: SlaEvent): void {
    const result = followEvent(this, event, this.rules());
    this.state = event.kind === 'moved' ? event.to : this.state;
    this.clocks = result.clocks;
    this.told.push(...result.told);
  }

  look(at: number): void {
    const result = tellAll(this.clocks, at, this.rules());
    this.clocks = result.clocks;
    this.told.push(...result.told);
  }

  live(metric: string): PinnedClock | undefined {
    return this.clocks.find((clock) => clock.metric === metric && isLive(clock));
  }

  all(metric: string): PinnedClock[] {
    return this.clocks.filter((clock) => clock.metric === metric);
  }

  rules(): SlaRules {
    return {
      governing: this.governing,
      termsOf: (id) => this.versions.get(id) as PinnedTerms,
      newId: () => `clock-${(this.ids += 1)}`,
    };
  }
}

const opened = () => {
  const ticket = new Ticket(pin('v1'));
  ticket.happens({ kind: 'opened', at: 0 });
  ticket.happens({ kind: 'customer_wrote', at: 0 });
  return ticket;
};

describe('promises about a ticket', () => {
  it('run from the first message, and the first response is met by the first answer', () => {
    const ticket = opened();
    expect(ticket.clocks.map(({ metric, dueAt }) => [metric, dueAt])).toEqual([
      ['resolution', 8 * hour],
      ['first_response', hour],
    ]);
    ticket.happens({ kind: 'agent_answered', at: hour });
    expect(ticket.all('first_response')).toMatchObject([
      { state: 'met', endedAt: hour, breachedAt: null, consumedMs: hour },
    ]);
  });

  it('are broken a millisecond later, for good', () => {
    const ticket = opened();
    ticket.happens({ kind: 'agent_answered', at: hour + 1 });
    expect(ticket.all('first_response')).toMatchObject([{ state: 'met', breachedAt: hour }]);
  });

  it('ask for a next answer once for all that is written before it', () => {
    const ticket = opened();
    ticket.happens({ kind: 'customer_wrote', at: 10 });
    ticket.happens({ kind: 'agent_answered', at: 20 });
    ticket.happens({ kind: 'customer_wrote', at: 30 });
    ticket.happens({ kind: 'customer_wrote', at: 40 });
    expect(ticket.all('next_response')).toMatchObject([{ cycle: 1, startedAt: 30, dueAt: 30 + 2 * hour }]);
    ticket.happens({ kind: 'agent_answered', at: 50 });
    ticket.happens({ kind: 'customer_wrote', at: 60 });
    expect(ticket.all('next_response')).toMatchObject([{ state: 'met' }, { cycle: 2, startedAt: 60 }]);
  });

  it('stand still while the customer is waited for, and go on with what is left', () => {
    const ticket = opened();
    ticket.happens({ kind: 'moved', from: 'new', to: 'open', at: hour });
    ticket.happens({ kind: 'moved', from: 'open', to: 'pending', at: 2 * hour });
    expect(ticket.live('resolution')).toMatchObject({
      state: 'paused',
      consumedMs: 2 * hour,
      dueAt: null,
      wakeAt: null,
    });
    ticket.happens({ kind: 'moved', from: 'pending', to: 'open', at: 100 * hour });
    expect(ticket.live('resolution')).toMatchObject({ state: 'running', dueAt: 106 * hour });
  });

  it('count an answer that is asked back for as the next answer', () => {
    const ticket = opened();
    ticket.happens({ kind: 'agent_answered', at: 1 });
    ticket.happens({ kind: 'customer_wrote', at: 2 });
    ticket.happens({ kind: 'moved', from: 'open', to: 'pending', at: 3 });
    expect(ticket.all('next_response')).toMatchObject([{ state: 'met', endedAt: 3 }]);
  });

  it('all end when the ticket is solved, and nothing is told any more', () => {
    const ticket = opened();
    ticket.happens({ kind: 'moved', from: 'open', to: 'solved', at: 10 });
    expect(ticket.clocks.map(({ metric, state }) => `${metric} ${state}`)).toEqual([
      'resolution met',
      'first_response cancelled',
    ]);
    ticket.look(1000 * hour);
    expect(ticket.told).toEqual([]);
  });

  it('go on with the time they had used when the ticket is reopened', () => {
    const ticket = opened();
    ticket.happens({ kind: 'moved', from: 'open', to: 'solved', at: 3 * hour });
    ticket.happens({ kind: 'moved', from: 'solved', to: 'open', at: 50 * hour });
    expect(ticket.live('resolution')).toMatchObject({ cycle: 2, consumedMs: 3 * hour, dueAt: 55 * hour });
  });

  it('carry the used time over to the policy that governs now, and keep what was', () => {
    const ticket = opened();
    ticket.publish(pin('v2', terms({ targets: { resolution: 4 * hour } })));
    ticket.happens({ kind: 'governed', at: hour / 2 });
    expect(ticket.all('resolution')).toMatchObject([
      { policyVersionId: 'v1', state: 'cancelled', endedAt: hour / 2 },
      { policyVersionId: 'v2', state: 'running', cycle: 2, consumedMs: hour / 2, dueAt: 4 * hour },
    ]);
    expect(ticket.all('first_response')).toMatchObject([{ state: 'cancelled' }]);
  });

  it('stay with the version they are pinned to when another one of the same policy is published, unless it is to hold at once', () => {
    const ticket = opened();
    ticket.publish(pin('v1.2', terms({ targets: { resolution: 4 * hour } })));
    ticket.happens({ kind: 'governed', at: 1 });
    expect(ticket.live('resolution')).toMatchObject({ policyVersionId: 'v1', cycle: 1 });
    ticket.happens({ kind: 'governed', at: 2, anew: true });
    expect(ticket.live('resolution')).toMatchObject({ policyVersionId: 'v1.2', cycle: 2, dueAt: 4 * hour });
  });

  it('are broken at once by a policy whose time is used up already', () => {
    const ticket = opened();
    ticket.publish(pin('v2', terms({ targets: { resolution: hour }, warnings: [] })));
    ticket.happens({ kind: 'governed', at: 3 * hour });
    ticket.look(3 * hour + 1);
    expect(ticket.live('resolution')).toMatchObject({ breachedAt: 3 * hour, dueAt: 3 * hour });
  });

  it('end with a merge', () => {
    const ticket = opened();
    ticket.happens({ kind: 'merged', at: 5 });
    expect(ticket.clocks.map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
  });

  it('go on where they were when the merge is taken back, without the time in between', () => {
    const ticket = opened();
    const before = ticket.clocks.map(({ metric }) => metric);
    ticket.happens({ kind: 'merged', at: 10 * 60_000 });
    ticket.happens({ kind: 'unmerged', at: 5 * hour, mergedAt: 10 * 60_000 });
    const live = ticket.clocks.filter(isLive);
    expect(live.map(({ metric }) => metric).toSorted()).toEqual(before.toSorted());
    const [resolution] = live.filter(({ metric }) => metric === 'resolution');
    expect(resolution).toMatchObject({ dueAt: 5 * hour + 8 * hour - 10 * 60_000 });
  });

  it('do not begin anew for what had ended before the merge', () => {
    const ticket = opened();
    ticket.happens({ kind: 'agent_answered', at: 2 });
    ticket.happens({ kind: 'merged', at: 5 });
    ticket.happens({ kind: 'unmerged', at: 9, mergedAt: 5 });
    expect(ticket.clocks.filter(isLive).map(({ metric }) => metric)).toEqual(['resolution']);
  });

  it('wait for no answer any more once what was asked is moved away', () => {
    const ticket = opened();
    ticket.happens({ kind: 'nothing_owed', at: 5 });
    expect(ticket.live('first_response')).toBeUndefined();
    expect(ticket.live('resolution')).toBeDefined();
  });

  it('count the hours anew from the moment on which a day was closed', () => {
    const weekly = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: 540, to: 1020, since: null, until: null }));
    const open = serviceTime({ timeZone: 'UTC', windows: weekly, exceptions: [] });
    const closed = serviceTime({
      timeZone: 'UTC',
      windows: weekly,
      exceptions: [{ day: '2026-11-23', hours: [{ from: 540, to: 600 }] }],
    });
    const ticket = new Ticket(pin('v1', terms({ targets: { resolution: 4 * hour } }), open));
    ticket.happens({ kind: 'opened', at: Date.parse('2026-11-23T09:00:00Z') });
    expect(ticket.live('resolution')?.dueAt).toBe(Date.parse('2026-11-23T13:00:00Z'));
    const at = Date.parse('2026-11-23T11:00:00Z');
    const [clock] = recountAll(
      ticket.clocks,
      at,
      () => open,
      () => pin('v1', terms(), closed),
    );
    expect(clock).toMatchObject({ consumedMs: 2 * hour, dueAt: Date.parse('2026-11-24T11:00:00Z') });
  });

  it('are not made where nothing is promised', () => {
    const ticket = new Ticket(null);
    ticket.happens({ kind: 'opened', at: 0 });
    ticket.happens({ kind: 'customer_wrote', at: 0 });
    expect(ticket.clocks).toEqual([]);
  });
});

describe('what is told of a promise', () => {
  const escalating = () => {
    const ticket = new Ticket(
      pin(
        'v1',
        terms({
          targets: { resolution: 4 * hour },
          escalations: [{ afterMs: hour, notify: [], boostMs: 0, queueId: null }],
        }),
      ),
    );
    ticket.happens({ kind: 'opened', at: 0 });
    return ticket;
  };

  it('comes once each, in order: the warnings, the breach, the escalation', () => {
    const ticket = escalating();
    const wakes: number[] = [];
    const next = () => ticket.live('resolution')?.wakeAt ?? null;
    for (let wakeAt = next(); wakeAt !== null; wakeAt = next()) {
      wakes.push(wakeAt);
      ticket.look(wakeAt + 1);
    }
    expect(wakes).toEqual([3 * hour, 3.6 * hour, 4 * hour, 5 * hour]);
    expect(ticket.told.map(({ rung: { kind, index } }) => `${kind} ${index}`)).toEqual([
      'warning 0',
      'warning 1',
      'breach 0',
      'escalation 0',
    ]);
  });

  it('is not lost when nobody looked before the answer came', () => {
    const ticket = escalating();
    ticket.happens({ kind: 'moved', from: 'open', to: 'solved', at: 4.5 * hour });
    expect(ticket.told.map(({ rung }) => rung.kind)).toEqual(['warning', 'warning', 'breach']);
    expect(ticket.all('resolution')).toMatchObject([{ state: 'met', breachedAt: 4 * hour }]);
  });
});

describe('any course of a ticket', () => {
  const states: TicketState[] = ['open', 'pending', 'on_hold', 'solved'];
  const anyStep = fc.record({
    wait: fc.integer({ min: 0, max: 5 * hour }),
    what: fc.oneof(
      fc.constantFrom('customer_wrote', 'agent_answered', 'governed').map((kind) => ({ kind })),
      fc.constantFrom(...states).map((to) => ({ kind: 'moved', to })),
    ),
    looks: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }),
    policy: fc.constantFrom('v1', 'v2', 'none'),
  });
  const time = serviceTime({
    timeZone: 'Europe/Berlin',
    windows: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: 480, to: 1080, since: null, until: null })),
    exceptions: [],
  });
  const policies: Record<string, PinnedTerms | null> = {
    v1: pin('v1', terms(), time),
    v2: pin('v2', terms({ targets: { resolution: 3 * hour, next_response: hour }, pausedIn: ['on_hold'] })),
    none: null,
  };
  const begin = Date.parse('2026-03-27T06:00:00Z');
  type Step = { wait: number; what: { kind: string; to?: TicketState }; looks: number[]; policy: string };

  function doStep(ticket: Ticket, { what: { kind, to }, policy }: Step, at: number): void {
    if (kind === 'governed') {
      ticket.publish(policies[policy] ?? null);
    }
    if (to === undefined) {
      ticket.happens({ kind, at } as SlaEvent);
    } else if (to !== ticket.state && mayMove(ticket.state, to)) {
      ticket.happens({ kind: 'moved', from: ticket.state, to, at });
    }
  }

  function play(steps: Step[], looks: boolean): Ticket {
    const ticket = new Ticket(policies['v1'] ?? null);
    ticket.publish(policies['v2'] ?? null);
    ticket.publish(policies['v1'] ?? null);
    ticket.happens({ kind: 'opened', at: begin });
    let now = begin;
    for (const step of steps) {
      const at = now + step.wait;
      for (const share of looks ? [...step.looks].sort((one, other) => one - other) : []) {
        ticket.look(now + share * step.wait);
      }
      doStep(ticket, step, at);
      now = at;
    }
    ticket.look(now + 1000 * hour);
    return ticket;
  }

  it('ends the same, and tells the same, however often the clocks were looked at', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 25 }), (steps) => {
        const [watched, unwatched] = [play(steps, true), play(steps, false)];
        const telling = ({ told }: Ticket) =>
          told.map(({ clock, rung }) => `${clock.id} ${rung.kind} ${rung.index}`).sort();
        expect(watched.clocks).toEqual(unwatched.clocks);
        expect(telling(watched)).toEqual(telling(unwatched));
        expect(new Set(telling(watched)).size).toBe(watched.told.length);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps one live clock of a metric, numbers the cycles without a gap, and says of each how it stands', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 25 }), (steps) => {
        const { clocks } = play(steps, true);
        for (const metric of ['first_response', 'next_response', 'resolution']) {
          const mine = clocks.filter((clock) => clock.metric === metric);
          expect(mine.filter(isLive).length).toBeLessThanOrEqual(1);
          expect(mine.map(({ cycle }) => cycle)).toEqual(mine.map((_, index) => index + 1));
        }
        for (const { state, resumedAt, dueAt, wakeAt, endedAt } of clocks) {
          expect([resumedAt !== null, dueAt !== null]).toEqual([state === 'running', state === 'running']);
          expect(endedAt !== null).toBe(state === 'met' || state === 'cancelled');
          expect(state === 'running' || wakeAt === null).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('the policy of a ticket', () => {
  const facts = { queueId: 'q1', tier: 2, priority: 3 };
  const any = { queueIds: [], tiers: [], priorities: [] };

  it('is the one that says the most about it', () => {
    const list = [
      { id: 'all', position: 0, scope: any },
      { id: 'queue and tier', position: 2, scope: { ...any, queueIds: ['q1'], tiers: [2] } },
      { id: 'queue', position: 1, scope: { ...any, queueIds: ['q1'] } },
      { id: 'others', position: 0, scope: { queueIds: ['q2'], tiers: [2], priorities: [3] } },
    ];
    expect(choosePolicy(list, facts)?.id).toBe('queue and tier');
    expect(choosePolicy(list, { ...facts, queueId: 'q9' })?.id).toBe('all');
  });

  it('is the first of two that say as much, and none where none fits', () => {
    const list = [
      { id: 'late', position: 2, scope: { ...any, tiers: [2] } },
      { id: 'early', position: 1, scope: { ...any, priorities: [3] } },
    ];
    expect(choosePolicy(list, facts)?.id).toBe('early');
    expect(choosePolicy(list, { ...facts, tier: 0, priority: 1 })).toBeNull();
  });
});
