import type { HubStartView, StartStep } from '#contract';

/** The steps in their order; the last one is where the others lead. */
export const startSteps = ['company', 'channel', 'team', 'trial', 'done'] as const;

export type StepName = (typeof startSteps)[number];

export function isStep(name: string | undefined): name is StepName {
  return startSteps.some((step) => step === name);
}

export function stepAfter(step: StepName): StepName {
  return startSteps[startSteps.indexOf(step) + 1] ?? 'done';
}

export function stepBefore(step: StepName): StepName | null {
  return startSteps[startSteps.indexOf(step) - 1] ?? null;
}

/** How a step stands, by what is really there. */
export function standingOf(step: StartStep, hub: HubStartView): 'done' | 'skipped' | 'open' {
  const isThere = {
    company: hub.company !== null,
    channel: hub.channel !== null,
    team: hub.colleague,
    trial: hub.message !== null,
  }[step];
  if (isThere) {
    return 'done';
  }
  return hub.skipped.includes(step) ? 'skipped' : 'open';
}
