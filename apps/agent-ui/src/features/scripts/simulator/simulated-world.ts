import type { ScriptWorldView } from '#contract';
import { listOf, mappingOf, wordOf, type LooseScript } from '../document/script-words.js';

/** The world in which a talk is played, as few knobs as a person thinks of. */
export interface Weather {
  hours: 'open' | 'closed' | 'holiday';
  agents: 'available' | 'away';
  /** What lookups answer, by connector or source: a way to fail, or the text of a JSON value. */
  lookups: Record<string, LookupAnswer>;
}

export const lookupFailures = ['timeout', 'failed', 'absent', 'refused'] as const;
export type LookupAnswer = { fails: (typeof lookupFailures)[number] } | { json: string };

/** What the lookups of a script are called in a simulation: connectors by name, the others by their source. */
export function lookupNames(script: LooseScript): string[] {
  const names = [...script.nodes.values()]
    .filter((node) => node['do'] === 'lookup')
    .map((node) => (node['source'] === 'http' ? wordOf(node['ref']) : wordOf(node['source'])));
  return [...new Set(names)].filter((name) => name !== '' && name !== 'customer');
}

/** Every calendar and queue that the script names stands as the weather says. */
export function worldOf(script: LooseScript, { hours, agents, lookups }: Weather): ScriptWorldView {
  const nodes = [...script.nodes.values()];
  const calendars = [
    'default',
    ...nodes.filter((node) => node['do'] === 'hours').map((node) => wordOf(node['calendar'])),
  ];
  // The queue of the channel has no name there.
  const queues = ['', ...nodes.map((node) => wordOf(node['queue']))];
  const sight = {
    isOpen: hours === 'open',
    agentsFree: agents === 'available' ? 2 : 0,
    waiting: agents === 'available' ? 0 : 3,
  };
  const answers = lookupNames(script).flatMap((name) => {
    const answer = readAnswer(lookups[name]);
    return answer === null ? [] : [[name, answer] as const];
  });
  return {
    calendars: Object.fromEntries(calendars.filter(Boolean).map((name) => [name, hours])),
    queues: Object.fromEntries(queues.map((name) => [name, sight])),
    lookups: Object.fromEntries(answers),
  };
}

function readAnswer(answer: LookupAnswer | undefined) {
  if (answer === undefined || 'fails' in answer) {
    return answer ?? null;
  }
  const value = readJson(answer.json);
  return value === undefined ? null : { answer: value };
}

/** undefined: it is no JSON yet. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The variables of a talk that have a value, as lines. */
export function variableLines(vars: unknown): { name: string; value: string }[] {
  return Object.entries(mappingOf(vars))
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => ({ name, value: typeof value === 'string' ? value : JSON.stringify(value) }));
}

/** The nodes walked through; the same one after itself is told once. */
export function walkedPath(path: unknown): string[] {
  const nodes = listOf(path).map((step) => wordOf(mappingOf(step)['node']) || wordOf(step));
  return nodes.filter((node, at) => node !== '' && node !== nodes[at - 1]);
}
