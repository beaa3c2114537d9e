import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  problemText,
  readScenarios,
  readScript,
  type Locale,
  type Scenario,
  type Script,
  type ScriptProblem,
} from '#bots';

/** A problem as a terminal shows it; line and column from 1. */
export interface FileProblem {
  file: string;
  severity: 'error' | 'warning';
  line: number | null;
  column: number | null;
  code: string;
  message: string;
}

export interface LoadedScript {
  script: Script | null;
  /** The scripts that it calls, by the name that it calls them by: the files beside it. */
  called: Record<string, Script>;
  scenarios: Scenario[];
  problems: FileProblem[];
}

/** A script without errors. */
export type SoundScript = LoadedScript & { script: Script };

/** Reads a script, the scripts beside it that it calls, and its scenarios. */
export function loadScript(file: string, scenarioFile: string | undefined, locale: Locale): LoadedScript {
  const { script, problems } = readScript(readFileSync(file, 'utf8'));
  const called: Record<string, Script> = {};
  const told = problems.map((problem) => fileProblem(file, problem, locale));
  if (script !== null) {
    addCalled(dirname(file), script, called, told, locale);
  }
  const beside = scenarioFile ?? scenariosBeside(file);
  const read = beside === null ? { scenarios: [], problems: [] } : readScenarios(readFileSync(beside, 'utf8'));
  const ofScenarios = read.problems.map(({ message, path, line, column }): FileProblem => ({
    file: beside ?? '',
    severity: 'error',
    line,
    column,
    code: 'scenario',
    message: path.length === 0 ? message : `${path.join('.')}: ${message}`,
  }));
  return { script, called, scenarios: read.scenarios, problems: [...told, ...ofScenarios] };
}

/** The file of scenarios that belongs to a script: `menu.scenarios.yaml` beside `menu.yaml`. */
function scenariosBeside(file: string): string | null {
  const stem = basename(file).replace(/\.(?:ya?ml|json)$/u, '');
  const names = ['yaml', 'yml', 'json'].map((ending) => join(dirname(file), `${stem}.scenarios.${ending}`));
  return names.find((name) => existsSync(name)) ?? null;
}

function addCalled(
  folder: string,
  script: Script,
  called: Record<string, Script>,
  problems: FileProblem[],
  locale: Locale,
): void {
  const names = Object.values(script.nodes).flatMap((node) => (node.do === 'call' ? [node.script] : []));
  for (const name of names.filter((one) => !Object.hasOwn(called, one))) {
    const file = ['yaml', 'yml', 'json']
      .map((ending) => join(folder, `${name}.${ending}`))
      .find((one) => existsSync(one));
    const read = file === undefined ? null : readScript(readFileSync(file, 'utf8'));
    if (read === null || read.script === null || file === undefined) {
      const message = `The called script ${name} is not beside this one, or has errors of its own.`;
      problems.push({
        file: file ?? folder,
        severity: 'error',
        line: null,
        column: null,
        code: 'called_script',
        message,
      });
    } else {
      called[name] = read.script;
      addCalled(folder, read.script, called, problems, locale);
    }
  }
}

function fileProblem(file: string, problem: ScriptProblem, locale: Locale): FileProblem {
  const { severity, line, column, code } = problem;
  return { file, severity, line, column, code, message: problemText(problem, locale) };
}
