import {
  channelsOf,
  coverageOf,
  disagreements,
  runScenario,
  type CoverageReport,
  type Scenario,
  type ScenarioResult,
} from '#bots';
import type { SoundScript } from './load-script.js';
import type { ScriptOptions } from './script-command.js';
import { transcript } from './transcript.js';

export interface TestReport {
  passed: boolean;
  scenarios: (Omit<ScenarioResult, 'run'> & { transcript: string[] })[];
  /** Scenarios that ended differently on two channels. */
  disagreements: { name: string; channels: string }[];
  coverage: CoverageReport;
}

/** Runs every scenario on every channel that it is for. */
export function testScript({ script, called, scenarios }: SoundScript, { channel }: ScriptOptions): TestReport {
  const groups = scenarios.map((scenario) =>
    channelsOf(script, scenario)
      .filter((one) => channel === null || one === channel)
      .map((one) => runScenario(script, withScripts(scenario, called), one)),
  );
  const results = groups.flat();
  return {
    passed: results.length > 0 && results.every(({ passed }) => passed),
    scenarios: results.map(({ run, ...result }) => ({ ...result, transcript: transcript(run) })),
    disagreements: groups.flatMap((group) =>
      disagreements(group).map((channels) => ({ name: group[0]?.name ?? '', channels })),
    ),
    coverage: coverageOf(
      script,
      results.map(({ run }) => run),
    ),
  };
}

function withScripts(scenario: Scenario, called: SoundScript['called']): Scenario {
  return { ...scenario, world: { ...scenario.world, scripts: called } };
}

/** The report as text; conversations of what failed, or of all. */
export function testReport(report: TestReport, showsAll: boolean): string {
  const lines = report.scenarios.flatMap((result) => [
    `${result.passed ? 'ok    ' : 'FAILED'} ${result.name} (${result.channel})`,
    ...result.failures.map(({ expected, name, wanted, found }) => {
      const what = name === '' ? expected : `${expected} ${name}`;
      return `         ${what}: wanted ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`;
    }),
    ...(showsAll || !result.passed ? result.transcript.map((line) => `       ${line}`) : []),
  ]);
  const apart = report.disagreements.map(({ name, channels }) => `note   ${name} ends differently: ${channels}`);
  const failed = report.scenarios.filter(({ passed }) => !passed).length;
  const result =
    report.scenarios.length === 0
      ? 'There are no scenarios: write some into <name>.scenarios.yaml beside the script.'
      : failed === 0
        ? `All ${String(report.scenarios.length)} runs passed.`
        : `${String(failed)} of ${String(report.scenarios.length)} runs failed.`;
  return `${[...lines, ...apart, ...coverageLines(report.coverage), result].join('\n')}\n`;
}

function coverageLines({ nodes, edges }: CoverageReport): string[] {
  const line = (what: string, { seen, unseen, share }: CoverageReport['nodes']) => {
    const rest =
      unseen.length === 0 ? '' : `; not seen: ${unseen.slice(0, 12).join(', ')}${unseen.length > 12 ? ' …' : ''}`;
    return `${what}: ${String(seen.length)} of ${String(seen.length + unseen.length)} (${String(Math.round(share * 100))} %)${rest}`;
  };
  return [line('Nodes', nodes), line('Ways', edges)];
}
