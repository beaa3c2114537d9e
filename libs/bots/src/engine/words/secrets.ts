import type { ScriptNode } from '../../script/nodes.js';
import { opening, own, plain, type Turn } from '../turn.js';

const dots = '••••';
/** An answer shorter than this is hidden whole: its end would be most of it. */
const longEnough = 8;

/** What may be shown of a secret: that it is there, and the last two signs of a long one. */
export function masked(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  const letters = Array.from(text);
  return letters.length >= longEnough ? dots + letters.slice(-2).join('') : dots;
}

export function isSensitive(node: ScriptNode | null): boolean {
  return node?.do === 'collect' && node.sensitive === true;
}

/** Keeps an answer: a sensitive one masked, and readable by conditions and connectors only. */
export function keepAnswer(turn: Turn, name: string, value: unknown, sensitive: boolean): void {
  if (!sensitive) {
    turn.state.vars[name] = plain(value);
    delete turn.state.sealed[name];
    return;
  }
  turn.state.vars[name] = masked(value);
  turn.clear[name] = value;
  const sealed = turn.world.seal?.close(JSON.stringify(value));
  if (sealed !== undefined) {
    turn.state.sealed[name] = sealed;
  }
}

/** Whether a template names an answer that was given in confidence. */
export function namesSecret({ state, clear }: Turn, written: unknown): boolean {
  const names = new Set([...Object.keys(state.sealed), ...Object.keys(clear)]);
  return typeof written === 'string' && [...names].some((name) => new RegExp(`\\b${name}\\b`, 'u').test(written));
}

/** Holds what waits for a yes. False: a secret cannot be kept until then, so it counts at once. */
export function hold(turn: Turn, value: unknown, sensitive: boolean): unknown {
  return sensitive ? (turn.world.seal?.close(JSON.stringify(value)) ?? null) : plain(value);
}

export function held(turn: Turn, sensitive: boolean): unknown {
  const value = turn.state.asked?.held ?? null;
  return sensitive && typeof value === 'string' ? opening(turn.world.seal?.open(value) ?? null) : value;
}

/** The variables as an agent is told them: those of the customer's person are masked, as the script says. */
export function toldVariables(turn: Turn): { name: string; value: unknown }[] {
  const vars = [...Object.values(turn.world.scripts), turn.main].map((script) => script.vars ?? {});
  const isPersonal = (name: string): boolean => vars.some((specs) => own(specs, name)?.pii === true);
  return Object.entries(turn.state.vars)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ({ name, value: isPersonal(name) ? masked(value) : value }));
}
