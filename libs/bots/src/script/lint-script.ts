import { lintAdvice } from './lint/lint-advice.js';
import { lintGraph } from './lint/lint-graph.js';
import { lintLanguages } from './lint/lint-languages.js';
import { lintOptions } from './lint/lint-options.js';
import { lintPlaces } from './lint/lint-places.js';
import { lintTemplates } from './lint/lint-templates.js';
import { lintValues } from './lint/lint-values.js';
import { lintVariables } from './lint/lint-variables.js';
import { lintVoice } from './lint/lint-voice.js';
import { nodeOf } from './lint/script-texts.js';
import { lintSms } from './lint/sms-costs.js';
import { toProblem, type Finding, type KnownPlaces, type ScriptProblem } from './problem.js';
import type { Script } from './script.js';

/**
 * Everything wrong with a script of the right shape: errors first, each in the order of the checks. `known`: what the organisation
 * has; a list that is absent is not asked.
 */
export function lintScript(script: Script, known: KnownPlaces = {}): ScriptProblem[] {
  const findings: Finding[] = [
    ...lintGraph(script),
    ...lintLanguages(script),
    ...lintOptions(script),
    ...lintVoice(script),
    ...lintPlaces(script, known),
    ...lintTemplates(script),
    ...lintVariables(script),
    ...lintValues(script),
    ...lintSms(script),
    ...lintAdvice(script, known),
  ];
  const problems = findings.map((finding) =>
    toProblem({ ...finding, values: { ...finding.values, ...optionIn(script, finding) } }),
  );
  return [
    ...problems.filter(({ severity }) => severity === 'error'),
    ...problems.filter(({ severity }) => severity === 'warning'),
  ];
}

/** The option that a finding is in, by its name rather than its place. */
function optionIn(script: Script, { path }: Finding): Record<string, string> {
  const [room, name, list, index] = path;
  const node = room === 'nodes' && list === 'options' ? nodeOf(script, String(name)) : undefined;
  const option = node?.do === 'ask' ? node.options[Number(index)] : undefined;
  return option ? { option: option.id } : {};
}
