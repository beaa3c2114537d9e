import { describe, expect, it } from '@jest/globals';
import type { ExplainedPromise, ExplainStep, ExplainView, Named } from '#contract';
import { chooseAnswers, tidySteps } from './choose-answers.js';

const named = (id: string): Named => ({ id, name: id });
const moment = { at: '2026-11-22T08:00:00.000Z', by: null };
const choice = { strategy: 'longest_idle', why: 'longest_idle', eligible: 2, candidates: [], waitedMs: 1, ahead: 0 };
const noChoice = { strategy: null, why: null, eligible: null, candidates: [], waitedMs: null, ahead: null };

const queued = (queue: string, reason: string): ExplainStep => ({
  ...moment,
  kind: 'queued',
  queue: named(queue),
  reason,
  class: 'chat',
  boostMs: 0,
  parts: { priority: 0, tier: 0, overdue: 0 },
  skills: [],
  skillLevel: 1,
  preferred: null,
});
const offered = (agent: string): ExplainStep => ({
  ...moment,
  kind: 'offered',
  agent: named(agent),
  expiresAt: null,
  ...choice,
});
const accepted = (agent: string, why: string | null = null): ExplainStep => ({
  ...moment,
  kind: 'accepted',
  agent: named(agent),
  auto: why !== null && why !== 'by_hand',
  ...noChoice,
  why,
});
const handed = (to: string | null, by: string | null): ExplainStep => ({
  ...moment,
  by: by === null ? null : named(by),
  kind: 'handed',
  from: null,
  to: to === null ? null : named(to),
});

const promise = (metric: ExplainedPromise['metric'], version: number): ExplainedPromise => ({
  metric,
  state: 'running',
  policyName: 'Everybody',
  version,
  publishedAt: null,
  chosenBy: [],
  calendar: null,
  pausedIn: [],
  targetMs: 1,
  consumedMs: 0,
  startedAt: moment.at,
  dueAt: null,
  breachedAt: null,
  endedAt: null,
});

const view = (steps: ExplainStep[], more: Partial<ExplainView> = {}): ExplainView => ({
  ticketId: 'ticket',
  number: 7,
  state: 'open',
  queue: named('sales'),
  owner: null,
  place: null,
  servers: [],
  steps,
  promises: [],
  ...more,
});

describe('the answers out of everything that happened', () => {
  it('name what brought the ticket into its queue, not that it waited there again', () => {
    const steps = [
      queued('support', 'new'),
      queued('sales', 'moved'),
      queued('sales', 'declined'),
      queued('sales', 'expired'),
    ];
    expect(chooseAnswers(view(steps)).queued).toBe(steps[1]);
    expect(chooseAnswers(view(steps)).ranked).toBe(steps[3]);
  });

  it('name nothing where nothing was recorded of this queue', () => {
    expect(chooseAnswers(view([queued('support', 'new')])).queued).toBeNull();
    expect(chooseAnswers(view([])).choice).toBeNull();
  });

  it('tell the choice from the offer that was accepted', () => {
    const steps = [queued('sales', 'new'), offered('sara'), accepted('sara'), handed('sara', 'sara')];
    const answers = chooseAnswers(view(steps, { owner: named('sara') }));
    expect(answers.choice).toBe(steps[1]);
    expect(answers.handed).toBe(steps[3]);
  });

  it('tell it from what was given at once, where the queue does not ask', () => {
    const steps = [queued('sales', 'new'), accepted('sara', 'least_loaded'), handed('sara', null)];
    expect(chooseAnswers(view(steps, { owner: named('sara') })).choice).toBe(steps[1]);
  });

  it('blame no router for what a colleague decided', () => {
    const steps = [queued('sales', 'new'), offered('sara'), accepted('reza', 'by_hand'), handed('reza', 'boss')];
    const answers = chooseAnswers(view(steps, { owner: named('reza') }));
    expect(answers.choice).toBeNull();
    expect(answers.handed).toBe(steps[3]);
  });

  it('name who is asked now, and nobody once it waits again', () => {
    const asked = [queued('sales', 'new'), offered('sara')];
    expect(chooseAnswers(view(asked)).choice).toBe(asked[1]);
    expect(chooseAnswers(view([...asked, queued('sales', 'expired')])).choice).toBeNull();
  });

  it('are told step by step without saying one thing twice', () => {
    const steps = [
      queued('sales', 'new'),
      offered('sara'),
      accepted('sara'),
      handed('sara', 'sara'),
      queued('sales', 'released'),
      handed(null, 'sara'),
      accepted('reza', 'by_hand'),
      handed('reza', 'boss'),
    ];
    expect(tidySteps(steps)).toEqual([0, 1, 2, 4, 7].map((index) => steps[index]));
  });

  it('keep of each promise the latest', () => {
    const promises = [promise('first_response', 1), promise('resolution', 1), promise('first_response', 2)];
    expect(chooseAnswers(view([], { promises })).promises).toEqual(promises.slice(1));
  });
});
