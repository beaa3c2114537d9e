import type { Script } from '../script/script.js';
import { defaultRunLimits } from '../script/script.js';
import type { ScriptNode } from '../script/nodes.js';
import type { TemplateWorld } from '../templates/render-template.js';
import type { BotEffect, EffectWork, HandoffReason } from './types/bot-effect.js';
import type { BotEvent } from './types/bot-event.js';
import type { BotSay } from './types/bot-say.js';
import type { BotState, Walk } from './types/bot-state.js';
import type { StepWorld } from './types/step-world.js';

/** The script asks for something that is not there. The linter refuses it; the engine leads to a person. */
export class ScriptBroken extends Error {}

/**
 * One event being answered. The state is a copy that only this turn writes, so that a pure step may be written as plain
 * assignments.
 */
export interface Turn {
  main: Script;
  world: StepWorld;
  event: BotEvent;
  state: BotState;
  output: BotSay[];
  effects: BotEffect[];
  walked: Walk[];
  /** The name in paths of the node that the turn stands at. */
  here: string | null;
  steps: number;
  /** Limits hit in this turn. */
  hits: number;
  /** Sensitive answers of this turn, in clear; they are gone with it. */
  clear: Record<string, unknown>;
  /** What the script set of these in this turn, before the hub has. */
  customer: Record<string, unknown>;
  conversation: Record<string, unknown>;
  /** The customer's first words, until a question has looked at them. */
  opening: string | null;
  /** The option that the customer chose, and whether an answer was not understood. */
  option: string | null;
  missed: boolean;
  /** The customer answered a question that asks for something in confidence. */
  confidential: boolean;
  /** Tags for the ticket of the next hand-off. */
  tags: string[];
  /** Why the next hand-off happens. */
  reason: HandoffReason;
}

/** Where the script goes on, and by which way out; null: it stands still until the next event. */
export type Move = { exit: string; to: string } | null;

/** The script that is running: the main one, or the one that was called. */
export function currentScript({ main, state, world }: Turn): Script {
  if (state.script === null) {
    return main;
  }
  const called = own(world.scripts, state.script);
  if (called === undefined) {
    throw new ScriptBroken(`The script ${state.script} is not there.`);
  }
  return called;
}

/** A node of the running script. */
export function nodeOf(turn: Turn, name: string): ScriptNode {
  const node = own(currentScript(turn).nodes, name);
  if (node === undefined) {
    throw new ScriptBroken(`The node ${name} is not there.`);
  }
  return node;
}

/** The name of a node in paths and counts: those of a called script carry its name. */
export function placeName({ state }: Turn, node: string): string {
  return state.script === null ? node : `${state.script}/${node}`;
}

/** What customers are shown: sensitive answers are masked. */
export function shownVars(turn: Turn): Record<string, unknown> {
  const { state, customer, conversation } = turn;
  return {
    ...state.vars,
    customer,
    conversation,
    channel: state.channel,
    locale: state.locale,
    now: new Date(turn.world.now).toISOString(),
    said: state.lastText,
    met_agent: state.metAgent,
  };
}

/** What conditions and connectors see: sensitive answers are open, where they can still be opened. */
export function clearVars(turn: Turn): Record<string, unknown> {
  const { state, world, clear } = turn;
  const opened = Object.entries(state.sealed).map(([name, text]) => [name, opening(world.seal?.open(text) ?? null)]);
  const known = opened.filter(([, value]) => value !== null);
  return { ...shownVars(turn), ...(Object.fromEntries(known) as Record<string, unknown>), ...clear };
}

export function opening(text: string | null): unknown {
  try {
    return text === null ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}

export function templateWorld(turn: Turn): TemplateWorld {
  const { state, world, main } = turn;
  return {
    locale: state.locale,
    now: world.now,
    zone: world.zone,
    ...(main.currency !== undefined && { currency: main.currency }),
  };
}

/** Asks the hub for something; with `awaitsResult` the caller stands still afterwards. Returns the effect's id. */
export function ask(turn: Turn, node: string, work: EffectWork, awaitsResult = false): string {
  const id = `${String(turn.state.turn)}:${String(turn.effects.length)}`;
  turn.effects.push({ ...work, id, node: placeName(turn, node), awaitsResult });
  return id;
}

export function limitOf<Name extends 'stepsPerTurn' | 'turns' | 'visits' | 'callDepth'>(
  turn: Turn,
  name: Name,
): number {
  return turn.main.limits?.[name] ?? defaultRunLimits[name];
}

/** A member that the record itself has; `constructor` of an empty one is not. */
export function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** A value as it may stand in a state: plain JSON of a bounded size, null for anything else. */
export function plain(value: unknown): unknown {
  const text = value === undefined ? undefined : JSON.stringify(value);
  return text === undefined || text.length > largestValue ? null : (JSON.parse(text) as unknown);
}

/** In UTF-16 units of JSON: an answer of a connector fits, a catalogue does not. */
const largestValue = 50_000;
