import type { ScriptCheckView, ScriptProblemView } from '#contract';
import { problemText, readScript, type KnownPlaces, type Script, type ScriptProblem } from '#bots';
import { outlineOf } from './outline.js';

/** A source, read and compared with what the hub has. */
export interface CheckedSource {
  script: Script | null;
  problems: ScriptProblemView[];
}

export function checkSource(source: string, known: KnownPlaces): CheckedSource {
  const { script, problems } = readScript(source, known);
  return { script, problems: problems.map(presentProblem) };
}

export function presentCheck({ script, problems }: CheckedSource, source: string): ScriptCheckView {
  return { problems, outline: script && outlineOf(script, source) };
}

export function hasErrors(problems: readonly Pick<ScriptProblemView, 'severity'>[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

export function presentProblem(problem: ScriptProblem): ScriptProblemView {
  const { severity, code, path, node, line, column } = problem;
  return {
    severity,
    code,
    path,
    node,
    line,
    column,
    text: { en: problemText(problem, 'en'), fa: problemText(problem, 'fa') },
  };
}
