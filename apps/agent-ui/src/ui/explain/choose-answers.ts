import type { ExplainAccepted, ExplainedPromise, ExplainOffered, ExplainStep, ExplainView } from '#contract';

type StepOf<Kind extends ExplainStep['kind']> = Extract<ExplainStep, { kind: Kind }>;

/** The steps that answer the questions, out of all that happened. */
export interface Answers {
  /** What brought it into the queue it is in. */
  queued: StepOf<'queued'> | null;
  /** What says how its place is made up. */
  ranked: StepOf<'queued'> | StepOf<'reranked'> | null;
  /** Who was chosen for whom has it or is asked now, and of whom; null where nobody is, and where a person chose. */
  choice: ExplainOffered | ExplainAccepted | null;
  /** How it came to whom has it now; null where nobody does. */
  handed: StepOf<'handed'> | null;
  /** Of each promise the latest. */
  promises: ExplainedPromise[];
}

export function chooseAnswers(view: ExplainView): Answers {
  const { steps, owner, queue } = view;
  return {
    queued: findEntry(steps, queue.id),
    ranked: lastOf(steps, (step) => step.kind === 'queued' || step.kind === 'reranked'),
    choice: owner === null ? findQuestion(steps) : findChoice(steps, owner.id),
    handed:
      owner === null
        ? null
        : lastOf(steps, (step): step is StepOf<'handed'> => step.kind === 'handed' && step.to?.id === owner.id),
    promises: latestPromises(view.promises),
  };
}

/** What happened without what only says it again: who accepts also has it, and who gives it back also makes it wait. */
export function tidySteps(steps: readonly ExplainStep[]): ExplainStep[] {
  return steps.filter((step, index) => {
    const before = steps[index - 1];
    if (step.kind === 'accepted') {
      return step.why !== 'by_hand';
    }
    if (step.kind !== 'handed' || before === undefined) {
      return true;
    }
    const isAccepted = before.kind === 'accepted' && before.why !== 'by_hand' && before.agent?.id === step.to?.id;
    return !isAccepted && !(step.to === null && before.kind === 'queued');
  });
}

function lastOf<Step extends ExplainStep>(
  steps: readonly ExplainStep[],
  fits: (step: ExplainStep) => step is Step,
): Step | null {
  return steps.findLast(fits) ?? null;
}

/** Declines and offers that ran out put it in line again; what brought it here is the first of those that name this queue without a break. */
function findEntry(steps: readonly ExplainStep[], queueId: string): StepOf<'queued'> | null {
  const queued = steps.filter((step) => step.kind === 'queued');
  const elsewhere = queued.findLastIndex(({ queue }) => queue?.id !== queueId);
  return queued[elsewhere + 1] ?? null;
}

/** The offer that stands; one before it waited again is over. */
function findQuestion(steps: readonly ExplainStep[]): ExplainOffered | null {
  const last = steps.findLast((step) => step.kind === 'offered' || step.kind === 'queued');
  return last?.kind === 'offered' ? last : null;
}

/** An agent who was asked accepts by their own will: why they were asked stands with the offer. */
function findChoice(steps: readonly ExplainStep[], ownerId: string): Answers['choice'] {
  const index = steps.findLastIndex((step) => step.kind === 'accepted' && step.agent?.id === ownerId);
  const accepted = steps[index];
  if (accepted?.kind !== 'accepted' || accepted.why === 'by_hand') {
    return null;
  }
  return accepted.auto
    ? accepted
    : lastOf(steps.slice(0, index), (step): step is ExplainOffered => step.kind === 'offered');
}

function latestPromises(promises: readonly ExplainedPromise[]): ExplainedPromise[] {
  const latest = new Map(promises.map((promise) => [promise.metric, promise]));
  return promises.filter((promise) => latest.get(promise.metric) === promise);
}
