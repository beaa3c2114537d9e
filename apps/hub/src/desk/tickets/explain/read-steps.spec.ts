import { describe, expect, it } from '@jest/globals';
import type { RecordedFact } from './explain.query.js';
import { idsIn } from './fact-reader.js';
import { readSteps } from './read-steps.js';

const sara = '0198a000-0000-7000-8000-000000000001';
const support = '0198a000-0000-7000-8000-000000000002';
const french = '0198a000-0000-7000-8000-000000000003';
const gone = '0198a000-0000-7000-8000-00000000000f';
const names = new Map([
  [sara, 'Sara'],
  [support, 'Support'],
  [french, 'French'],
]);

const fact = (type: string, payload: Record<string, unknown> = {}, actorId: string | null = null): RecordedFact => ({
  type,
  actorId,
  payload,
  at: '2026-11-22T08:00:00.000Z',
});
const read = (...facts: RecordedFact[]) => readSteps(facts, names);

describe('a recorded decision', () => {
  it('is told with the names that things have now', () => {
    expect(
      read(
        fact('work.queued', {
          queueId: support,
          reason: 'new',
          class: 'chat',
          boostMs: 900_000,
          parts: { priority: 900_000, tier: 0, overdue: 0 },
          skillIds: [french],
          skillLevel: 3,
          preferredAgent: sara,
        }),
      ),
    ).toEqual([
      {
        kind: 'queued',
        at: '2026-11-22T08:00:00.000Z',
        by: null,
        queue: { id: support, name: 'Support' },
        reason: 'new',
        class: 'chat',
        boostMs: 900_000,
        parts: { priority: 900_000, tier: 0, overdue: 0 },
        skills: [{ id: french, name: 'French' }],
        skillLevel: 3,
        preferred: { id: sara, name: 'Sara' },
      },
    ]);
  });

  it('says who was chosen, of how many, and what spoke for each', () => {
    const candidate = { agentId: sara, skill: 4, idleMs: 60_000, isSticky: false };
    const [step] = read(
      fact('work.offered', {
        agentId: sara,
        strategy: 'longest_idle',
        why: 'longest_idle',
        eligible: 2,
        candidates: [candidate, 'damaged', {}],
        waitedMs: 4_000,
        ahead: 3,
      }),
    );
    expect(step).toMatchObject({
      kind: 'offered',
      agent: { name: 'Sara' },
      eligible: 2,
      candidates: [{ agent: { name: 'Sara' }, skill: 4, idleMs: 60_000, load: null, sinceMs: null, isSticky: false }],
      waitedMs: 4_000,
      ahead: 3,
    });
  });

  it('names nobody where somebody is gone, and whoever did it', () => {
    expect(read(fact('ticket.assigned', { from: null, to: gone }, sara))).toMatchObject([
      { kind: 'handed', from: null, to: { id: gone, name: '' }, by: { name: 'Sara' } },
    ]);
  });

  it('is read as far as it goes when another version of the hub wrote it', () => {
    expect(read(fact('work.queued'), fact('work.offered', { candidates: 7, eligible: 'many' }))).toMatchObject([
      { kind: 'queued', queue: null, reason: '', boostMs: 0, skills: [], skillLevel: 1, preferred: null },
      { kind: 'offered', agent: null, eligible: null, candidates: [], why: null },
    ]);
  });

  it('explains nothing when it is of a type that nobody knows, or moves no state', () => {
    expect(read(fact('work.painted'), fact('ticket.changed', { from: 'open', to: 'open' }))).toEqual([]);
    expect(read(fact('ticket.changed', { from: 'open', to: 'solved' }))).toMatchObject([
      { kind: 'moved', from: 'open', to: 'solved' },
    ]);
  });

  it('tells a call back that was agreed from one that was made or called off', () => {
    const facts = ['requested', 'done', 'cancelled'].map((state) => fact('work.callback', { state, way: 'phone' }));
    expect(read(...facts)).toMatchObject([{ state: 'requested' }, { state: 'done' }, { state: 'cancelled' }]);
  });

  it('keeps the order in which things were decided', () => {
    const kinds = read(
      fact('ticket.opened'),
      fact('work.queued'),
      fact('work.offered'),
      fact('work.expired', { agentId: sara }),
      fact('agent.away', { agentId: sara }),
      fact('sla.breached', { metric: 'first_response' }),
    ).map(({ kind }) => kind);
    expect(kinds).toEqual(['opened', 'queued', 'offered', 'expired', 'away', 'promise_broken']);
  });
});

describe('the ids of a payload', () => {
  it('are found wherever they stand, and nothing else is taken for one', () => {
    expect(idsIn({ agentId: sara, list: [{ skillId: french }], reason: 'busy', none: null, count: 3 })).toEqual([
      sara,
      french,
    ]);
  });
});
