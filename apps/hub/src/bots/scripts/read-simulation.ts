import {
  readScenarios as readScenarioText,
  scriptChannels,
  type Scenario,
  type ScriptChannel,
  type Simulation,
} from '#bots';
import { invalid } from '../../platform/errors/api-error.js';

const mostScenarios = 100;
const largest = 1_000_000;

/** Throws `invalid` with the path of what is wrong. */
export function readSimulation(written: { channel: string } & object): Simulation {
  const { channel, ...rest } = written;
  const known: readonly string[] = scriptChannels;
  if (!known.includes(channel)) {
    throw invalid('channel', 'Scripts know no such channel.');
  }
  const [scenario] = read([{ ...rest, name: 'simulation', expect: {} }], (path) => path.slice(1));
  checkZone(scenario, 'zone');
  const { name: _name, expect: _expect, channels: _channels, ...played } = scenario as Scenario;
  return { ...played, channel: channel as ScriptChannel };
}

/** Throws `invalid` with the path of what is wrong; names of scenarios are unique. */
export function readScenarios(written: readonly unknown[]): Scenario[] {
  if (written.length > mostScenarios) {
    throw invalid('scenarios', `A script can have ${mostScenarios} scenarios.`);
  }
  const scenarios = read(written, (path) => ['scenarios', ...path]);
  const names = new Set<string>();
  scenarios.forEach((scenario, index) => {
    checkZone(scenario, `scenarios.${index}.zone`);
    if (names.has(scenario.name)) {
      throw invalid(`scenarios.${index}.name`, 'Two scenarios have the same name.', 'name_taken');
    }
    names.add(scenario.name);
  });
  return scenarios;
}

function read(written: readonly unknown[], placeOf: (path: (string | number)[]) => (string | number)[]): Scenario[] {
  const text = JSON.stringify(written);
  if (text.length > largest) {
    throw invalid(placeOf([]).join('.') || 'inputs', 'This is more than the simulator takes.', 'too_long');
  }
  const { scenarios, problems } = readScenarioText(text);
  const [problem] = problems;
  if (problem) {
    throw invalid(placeOf(problem.path).join('.'), 'The simulator does not understand this.', 'unreadable');
  }
  return scenarios;
}

function checkZone(scenario: Scenario | undefined, field: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: scenario?.zone });
  } catch {
    throw invalid(field, 'There is no such time zone.');
  }
}
