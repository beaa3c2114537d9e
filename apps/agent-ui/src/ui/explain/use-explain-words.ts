import type { ExplainStep, Named } from '#contract';
import { directionOf, type Locale } from '../../i18n/i18n.js';
import { isolate } from '../../i18n/isolate.js';
import { clockOf, spanOf } from '../../i18n/spans.js';
import { useI18n } from '../../i18n/use-i18n.js';

/** How the reasons name people, things and lengths of time. */
export function useExplainWords() {
  const { t, format, locale } = useI18n();
  return {
    t,
    format,
    // Everybody by name, the reader too: a sentence about "you" would need another verb.
    agent: (agent: Named | null) => agent?.name || t('explain.somebody'),
    thing: (thing: Named | null) => thing?.name || t('explain.gone'),
    span: (ms: number) => spanOf(ms, locale),
    clock: (at: string) => clockOf(at, locale),
    list: (words: readonly string[]) => listOf(words, locale, 'conjunction'),
    either: (words: readonly string[]) => listOf(words, locale, 'disjunction'),
  };
}

/** Names may be of another script than the sentence: each stands for itself, and their order is the sentence's. */
function listOf(words: readonly string[], locale: Locale, type: 'conjunction' | 'disjunction'): string {
  const mark = directionOf(locale) === 'rtl' ? '\u200f' : '\u200e';
  return mark + new Intl.ListFormat(locale, { type }).format(words.map(isolate));
}

export type ExplainWords = ReturnType<typeof useExplainWords>;

type StepOf<Kind extends ExplainStep['kind'], Step = ExplainStep> = Step extends { kind: infer Of }
  ? Kind extends Of
    ? Step
    : never
  : never;
type Sayings = { [Kind in ExplainStep['kind']]: (step: StepOf<Kind>, words: ExplainWords) => string };

const queuedReasons = [
  'new',
  'message',
  'reopened',
  'released',
  'declined',
  'expired',
  'agent_lost',
  'moved',
  'overflow',
  'callback',
  'call',
  'woken',
] as const;
const phoneReasons = ['phone_no_answer', 'phone_busy', 'phone_failed'] as const;
const rerankReasons = ['priority', 'tier', 'step', 'escalation', 'queue'] as const;
const actions = ['lower_skill', 'widen_level', 'add_queue', 'boost', 'alert', 'callback', 'move_queue'] as const;

/** Why it began to wait in a queue. */
export function sayQueued({ reason, queue, by }: StepOf<'queued'>, { t, agent, thing }: ExplainWords): string {
  const known = queuedReasons.find((one) => one === reason);
  if ((known === 'moved' || known === 'released') && by !== null) {
    return t(`explain.queue.${known}By`, { name: agent(by), queue: thing(queue) });
  }
  return t(`explain.queue.${known ?? 'unknown'}`, { queue: thing(queue) });
}

const sayings: Sayings = {
  opened: ({ by }, { t, agent }) =>
    by === null ? t('explain.step.opened') : t('explain.step.openedBy', { name: agent(by) }),
  queued: sayQueued,
  reranked: ({ reason }, { t }) => t(`explain.step.reranked.${rerankReasons.find((one) => one === reason) ?? 'other'}`),
  offered: ({ agent: asked }, { t, agent }) =>
    asked === null ? t('explain.step.offeredToAll') : t('explain.step.offered', { agent: agent(asked) }),
  accepted: ({ agent: taker, auto }, { t, agent }) =>
    t(auto ? 'explain.step.acceptedAuto' : 'explain.step.accepted', { agent: agent(taker) }),
  declined: ({ agent: asked, reason }, { t, agent }) =>
    t(reason === '' ? 'explain.step.declined' : 'explain.step.declinedWhy', { agent: agent(asked), reason }),
  expired: ({ agent: asked, reason }, { t, agent }) =>
    t(`explain.step.${phoneReasons.find((one) => one === reason) ?? 'expired'}`, { agent: agent(asked) }),
  abandoned: ({ waitedMs }, { t, span }) =>
    waitedMs === null ? t('explain.step.abandoned') : t('explain.step.abandonedAfter', { time: span(waitedMs) }),
  revoked: ({ agent: asked }, { t, agent }) => t('explain.step.revoked', { agent: agent(asked) }),
  sticky_waited: ({ agent: known, waitedMs }, { t, agent, span }) =>
    t('explain.step.sticky_waited', { agent: agent(known), time: span(waitedMs ?? 0) }),
  stepped: sayStepped,
  asked: sayAsked,
  away: ({ agent: gone }, { t, agent }) => t('explain.step.away', { agent: agent(gone) }),
  callback: ({ state }, { t }) => t(`explain.step.callback.${state}`),
  handed: sayHanded,
  moved: ({ from, to }, { t }) =>
    t('explain.step.moved', { from: t(`ticket.state.${from}`), to: t(`ticket.state.${to}`) }),
  promise_warned: ({ kind, metric }, words) => sayPromise(kind, metric, words),
  promise_broken: ({ kind, metric }, words) => sayPromise(kind, metric, words),
  promise_escalated: ({ kind, metric }, words) => sayPromise(kind, metric, words),
};

/** One step as a sentence. */
export function sayStep(step: ExplainStep, words: ExplainWords): string {
  const say = sayings[step.kind] as (step: ExplainStep, words: ExplainWords) => string;
  return say(step, words);
}

function sayStepped(
  { action, level, queue, minutes }: StepOf<'stepped'>,
  { t, thing, span, format }: ExplainWords,
): string {
  const known = actions.find((one) => one === action) ?? 'other';
  return t(`explain.step.ring.${known}`, {
    level: format.number(level ?? 1),
    queue: thing(queue),
    time: span((minutes ?? 0) * 60_000),
  });
}

function sayAsked(
  { by, skills, skillLevel, preferred }: StepOf<'asked'>,
  { t, agent, thing, list, format }: ExplainWords,
): string {
  const level = format.number(skillLevel);
  const needs = [
    ...skills.map((skill) => t('place.skill', { name: thing(skill), level })),
    ...(preferred ? [t('place.preferred', { name: agent(preferred) })] : []),
  ];
  return t('explain.step.asked', {
    name: by === null ? t('explain.hub') : agent(by),
    needs: needs.length > 0 ? list(needs) : t('explain.step.askedNothing'),
  });
}

function sayHanded({ by, to }: StepOf<'handed'>, { t, agent }: ExplainWords): string {
  if (to === null) {
    return by === null ? t('explain.step.released') : t('explain.step.releasedBy', { name: agent(by) });
  }
  if (by === null) {
    return t('explain.step.assigned', { to: agent(to) });
  }
  return by.id === to.id
    ? t('explain.step.took', { to: agent(to) })
    : t('explain.step.assignedBy', { name: agent(by), to: agent(to) });
}

function sayPromise(
  kind: StepOf<'promise_warned'>['kind'],
  metric: StepOf<'promise_warned'>['metric'],
  { t }: ExplainWords,
): string {
  return t(`explain.step.${kind}`, { what: t(`explain.deadline.metric.${metric}`) });
}
