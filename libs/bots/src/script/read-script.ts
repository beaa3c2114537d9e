import { lintScript } from './lint-script.js';
import { parseSource, type ParsedSource } from './parse-source.js';
import { toProblem, type Finding, type KnownPlaces, type ScriptProblem } from './problem.js';
import { schemaFindings } from './schema-problems.js';
import { scriptCounts, scriptSchema, type Script } from './script.js';
import { scriptLimits } from './terms.js';

/** `script` is null where its shape is wrong. One of the right shape is given with its problems: a draft may be tried and drawn. */
export interface ReadScript {
  script: Script | null;
  problems: ScriptProblem[];
}

/** Reads a script as somebody wrote it, in YAML or JSON, and says everything that is wrong with it and where. Never throws. */
export function readScript(source: string, known: KnownPlaces = {}): ReadScript {
  const parsed = parseSource(source);
  if (parsed.findings.length > 0) {
    const problems = parsed.findings.map(({ at, ...finding }) => ({
      ...toProblem(finding),
      line: at?.line ?? null,
      column: at?.column ?? null,
    }));
    return { script: null, problems };
  }
  const read = scriptSchema.safeParse(parsed.value, { reportInput: true });
  if (!read.success) {
    return { script: null, problems: placed(schemaFindings(read.error.issues).map(toProblem), parsed) };
  }
  const tooMany = countFindings(read.data);
  return tooMany.length > 0
    ? { script: null, problems: placed(tooMany.map(toProblem), parsed) }
    : { script: read.data, problems: placed(lintScript(read.data, known), parsed) };
}

function countFindings(script: Script): Finding[] {
  return (['nodes', 'intents', 'vars'] as const).flatMap((room) =>
    Object.keys(script[room] ?? {}).length > scriptCounts[room]
      ? [{ code: 'too_many', path: [room], values: { key: room, max: scriptCounts[room] } }]
      : [],
  );
}

function placed(problems: readonly ScriptProblem[], { positionOf }: ParsedSource): ScriptProblem[] {
  return problems.slice(0, scriptLimits.problems).map((problem) => ({ ...problem, ...positionOf(problem.path) }));
}
