import { isDeepStrictEqual } from 'node:util';
import { matchKey } from '#channels';
import type { Script } from '../script/script.js';
import type { ScriptChannel } from '../script/terms.js';
import { simulate } from './simulate.js';
import type { Scenario, ScenarioFailure, ScenarioResult, SimulatedRun } from './simulated-run.js';

/** Plays a scenario on a channel and compares what came of it with what must. */
export function runScenario(script: Script, scenario: Scenario, channel: ScriptChannel): ScenarioResult {
  const { name, locale, at, inputs, zone, world, vars, opening } = scenario;
  const run = simulate(script, {
    channel,
    locale,
    at,
    inputs,
    ...(zone !== undefined && { zone }),
    ...(world && { world }),
    ...(vars && { vars }),
    ...(opening !== undefined && { opening }),
  });
  const failures = failuresOf(scenario, run);
  return { name, channel, passed: failures.length === 0, failures, run };
}

/** The channels on which a scenario is run. */
export function channelsOf(script: Script, { channels }: Pick<Scenario, 'channels'>): ScriptChannel[] {
  return channels ?? script.channels;
}

/** Where the channels of one scenario came to different ends, in words for the one who wrote it; none when all agree. */
export function disagreements(results: readonly ScenarioResult[]): string[] {
  const [first, ...others] = results;
  return others.flatMap((other) =>
    first === undefined || isDeepStrictEqual(endOf(first), endOf(other)) ? [] : [`${first.channel} / ${other.channel}`],
  );
}

function endOf({ run: { state } }: ScenarioResult): unknown {
  // Numbers of tickets and effects may differ by turn; what was said last may not.
  const { node, script, status, outcome, vars, locale } = state;
  return { node, script, status, outcome, vars, locale };
}

function failuresOf({ expect: wanted }: Scenario, run: SimulatedRun): ScenarioFailure[] {
  const { state } = run;
  const node = state.script === null || state.node === null ? state.node : `${state.script}/${state.node}`;
  return [
    ...run.impossible.map(({ input, why }) => failure('input', String(input + 1), why, null)),
    ...unequal('node', wanted.node, node),
    ...unequal('outcome', wanted.outcome, state.outcome),
    ...unequal('status', wanted.status, state.status),
    ...Object.entries(wanted.vars ?? {}).flatMap(([name, value]) => unequalVar(name, value, state.vars[name])),
    ...unsaid(wanted.says ?? [], run),
    ...missingEffects(wanted.effects ?? [], run),
  ];
}

function unequal(expected: 'node' | 'outcome' | 'status', wanted: unknown, found: unknown): ScenarioFailure[] {
  return wanted === undefined || wanted === found ? [] : [failure(expected, '', wanted, found)];
}

function unequalVar(name: string, wanted: unknown, found: unknown): ScenarioFailure[] {
  return isDeepStrictEqual(wanted, found) ? [] : [failure('vars', name, wanted, found ?? null)];
}

function unsaid(wanted: string[], run: SimulatedRun): ScenarioFailure[] {
  const said = sentencesOf(run);
  const keys = said.map(matchKey);
  return wanted
    .filter((sentence) => !keys.some((key) => key.includes(matchKey(sentence))))
    .map((sentence) => failure('says', '', sentence, said.at(-1) ?? null));
}

function missingEffects(wanted: string[], run: SimulatedRun): ScenarioFailure[] {
  const asked = run.steps.flatMap((step) => (step.who === 'hub' && step.effect !== null ? [step.effect.kind] : []));
  return wanted
    .filter((kind) => !asked.some((one) => one === kind))
    .map((kind) => failure('effects', '', kind, [...new Set(asked)]));
}

/** Everything the bot said, in the wording of its script. */
export function sentencesOf({ steps }: SimulatedRun): string[] {
  return steps.flatMap((step) =>
    step.who === 'bot' ? step.says.map(({ text }) => text).filter((text) => text !== '') : [],
  );
}

function failure(
  expected: ScenarioFailure['expected'],
  name: string,
  wanted: unknown,
  found: unknown,
): ScenarioFailure {
  return { expected, name, wanted, found };
}
