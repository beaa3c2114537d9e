import type { ExplainOfferEnd, ExplainPromiseStep, ExplainStep, Named, TicketState } from '#contract';
import type { RecordedFact } from './explain.query.js';
import { FactReader } from './fact-reader.js';

type Step = ExplainStep;
type Told<One = Step> = One extends Step ? Omit<One, 'at' | 'by'> : never;
type StepOf<Kind extends Step['kind']> = Told<Extract<Step, { kind: Kind }>>;

const classes = ['voice', 'chat', 'async'] as const;
const callbackStates = ['requested', 'missed', 'done', 'cancelled'] as const;
const metrics = ['first_response', 'next_response', 'resolution'] as const;
const states = ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'] as const satisfies readonly TicketState[];

/** What each type of fact says. A type that is not here explains nothing. */
const readers: Readonly<Record<string, (fact: FactReader) => Told | null>> = {
  'ticket.opened': () => ({ kind: 'opened' }),
  'work.queued': readQueued,
  'work.offered': (fact) => ({
    kind: 'offered',
    agent: fact.named('agentId'),
    expiresAt: fact.text('expiresAt'),
    ...fact.choice(),
  }),
  'work.accepted': (fact) => ({
    kind: 'accepted',
    agent: fact.named('agentId'),
    auto: fact.is('auto'),
    ...fact.choice(),
  }),
  'work.declined': (fact) => offerEnd('declined', fact),
  'work.expired': (fact) => offerEnd('expired', fact),
  'work.revoked': (fact) => offerEnd('revoked', fact),
  'work.abandoned': (fact) => ({ kind: 'abandoned', waitedMs: fact.number('waitedMs') }),
  'work.sticky_waited': (fact) => ({
    kind: 'sticky_waited',
    agent: fact.named('agentId'),
    waitedMs: fact.number('ms'),
  }),
  'work.step': (fact) => ({
    kind: 'stepped',
    step: fact.number('step') ?? 1,
    action: fact.text('do') ?? '',
    level: fact.number('level') ?? fact.number('skillLevel'),
    queue: fact.named('queueId'),
    minutes: fact.number('minutes'),
  }),
  'work.reranked': (fact) => ({ kind: 'reranked', reason: fact.text('reason') ?? '', ...rankOf(fact) }),
  'work.routing_changed': (fact) => ({ kind: 'asked', ...wishes(fact) }),
  'agent.away': (fact) => ({ kind: 'away', agent: fact.named('agentId') }),
  'work.callback': (fact) => ({ kind: 'callback', state: fact.word('state', callbackStates) ?? 'requested' }),
  'ticket.assigned': readHand,
  'ticket.released': readHand,
  'ticket.changed': readMove,
  'sla.warned': (fact) => promiseStep('promise_warned', fact),
  'sla.breached': (fact) => promiseStep('promise_broken', fact),
  'sla.escalated': (fact) => promiseStep('promise_escalated', fact),
};

/** The steps that the facts of one ticket tell, in their order. `names`: agents, queues and skills by id. */
export function readSteps(facts: readonly RecordedFact[], names: ReadonlyMap<string, string>): Step[] {
  return facts.flatMap(({ type, payload, actorId, at }) => {
    const told = readers[type]?.(new FactReader(payload, names)) ?? null;
    const by: Named | null = actorId === null ? null : { id: actorId, name: names.get(actorId) ?? '' };
    return told === null ? [] : [{ ...told, at, by } as Step];
  });
}

function readQueued(fact: FactReader): StepOf<'queued'> {
  return {
    kind: 'queued',
    queue: fact.named('queueId'),
    reason: fact.text('reason') ?? '',
    class: fact.word('class', classes),
    ...rankOf(fact),
    ...wishes(fact),
  };
}

function rankOf(fact: FactReader): Pick<StepOf<'queued'>, 'boostMs' | 'parts'> {
  const parts = fact.part('parts');
  return {
    boostMs: fact.number('boostMs') ?? 0,
    parts: {
      priority: parts.number('priority') ?? 0,
      tier: parts.number('tier') ?? 0,
      overdue: parts.number('overdue') ?? 0,
    },
  };
}

function wishes(fact: FactReader): { skills: Named[]; skillLevel: number; preferred: Named | null } {
  return {
    skills: fact.namedList('skillIds'),
    skillLevel: fact.number('skillLevel') ?? 1,
    preferred: fact.named('preferredAgent'),
  };
}

function offerEnd(kind: ExplainOfferEnd['kind'], fact: FactReader): Told<ExplainOfferEnd> {
  return { kind, agent: fact.named('agentId'), reason: fact.text('reason') ?? '' };
}

function readHand(fact: FactReader): StepOf<'handed'> {
  return { kind: 'handed', from: fact.named('from'), to: fact.named('to') };
}

/** A change that did not move the state says nothing of who works on it. */
function readMove(fact: FactReader): StepOf<'moved'> | null {
  const [from, to] = [fact.word('from', states), fact.word('to', states)];
  return from === null || to === null || from === to ? null : { kind: 'moved', from, to };
}

function promiseStep(kind: ExplainPromiseStep['kind'], fact: FactReader): Told<ExplainPromiseStep> | null {
  const metric = fact.word('metric', metrics);
  return metric && { kind, metric };
}
