import type { TrialStepView } from '#contract';

type Step<Kind extends TrialStepView['kind']> = Extract<TrialStepView, { kind: Kind }>;
export type Gather = Step<'gather'>;

/** What is heard without an answer, and what was done by the tester, in the order of the call. */
export type TrialLine =
  | { who: 'hub'; step: Step<'play' | 'say' | 'pause'> }
  | { who: 'tester'; did: 'pressed' | 'spoke' | 'silent'; words: string };

/** What the line waits for: the last step of a reply. */
export type TrialStop = Exclude<TrialStepView, Step<'play' | 'say' | 'pause'>>;

const isHeard = (step: TrialStepView): step is Step<'play' | 'say' | 'pause'> =>
  step.kind === 'play' || step.kind === 'say' || step.kind === 'pause';

/** Parts a reply into what is heard and what is waited for. A reply without an end waits for nothing: the line is over. */
export function splitReply(steps: readonly TrialStepView[]): { heard: TrialLine[]; stop: TrialStop } {
  const heard = steps.filter(isHeard).map((step): TrialLine => ({ who: 'hub', step }));
  const stop = steps.find((step): step is TrialStop => !isHeard(step));
  return { heard, stop: stop ?? { kind: 'hangup' } };
}

/** What becomes of one more key: it is kept with those before, or all of them are handed in. */
export function pressKey(
  { digits, finishOnKey }: Pick<Gather, 'digits' | 'finishOnKey'>,
  typed: string,
  key: string,
): { typed: string } | { done: string } {
  if (key === finishOnKey) {
    return { done: typed };
  }
  const all = `${typed}${key}`;
  return digits !== null && all.length >= digits ? { done: all } : { typed: all };
}

/** The sounds of a reply, in their order. */
export function soundsOf(heard: readonly TrialLine[]): string[] {
  return heard.flatMap((line) =>
    line.who === 'hub' && line.step.kind === 'play' && line.step.url ? [line.step.url] : [],
  );
}
