import { matchKey } from '#channels';
import { isDeepStrictEqual } from 'node:util';
import type { Script } from '../script/script.js';
import { doInput } from './do-input.js';
import { beginPlay, happen, note, passTime, type Play } from './play.js';
import type { SimulatedInput, SimulatedRun, Simulation } from './simulated-run.js';

/**
 * A line of a conversation that was. `option`: the id that the customer chose, where the bot of then knew it; `text` is what they
 * wrote, or the label they pressed. Lines of the bot and of agents are compared with, not played.
 */
export interface PastLine {
  /** Milliseconds of the epoch. */
  at: number;
  who: 'customer' | 'bot' | 'agent';
  text: string;
  option?: string;
  /** Keys on the phone. */
  digits?: string;
}

/** What one input of the customer led to: the sentences up to the next input. `node` and `effects` are unknown of a past conversation. */
export interface TalkTurn {
  /** What the customer did; '' before the first. */
  input: string;
  says: string[];
  node: string | null;
  effects: string[];
}

export interface TurnDifference {
  /** From 0. */
  turn: number;
  input: string;
  before: TalkTurn | null;
  after: TalkTurn | null;
}

/**
 * Plays what a customer once said and did against a script, at the pace of then. A choice that the script does not offer any more is
 * said by its label, so that no input is lost.
 */
export function replay(
  script: Script,
  lines: readonly PastLine[],
  simulation: Omit<Simulation, 'inputs' | 'at' | 'opening'>,
): SimulatedRun {
  const mine = lines.filter(({ who }) => who === 'customer');
  const begins = lines[0]?.who === 'customer' && simulation.channel !== 'voice' ? mine[0] : undefined;
  const play = beginPlay(script, { ...simulation, at: lines[0]?.at ?? 0, inputs: [] });
  if (begins === undefined) {
    happen(play, { kind: 'start' });
  } else {
    note(play, 'customer', begins.text, { type: begins.text });
    happen(play, { kind: 'text', text: begins.text });
  }
  mine.slice(begins === undefined ? 0 : 1).forEach((line, at) => {
    passTime(play, Math.max(0, line.at - play.now));
    doInput(play, inputOf(play, line), at);
  });
  const { steps, impossible, state, coverage } = play;
  return { steps, impossible, state, coverage };
}

function inputOf({ state }: Play, { option, digits, text }: PastLine): SimulatedInput {
  if (digits !== undefined) {
    return { keypad: digits };
  }
  const offered = state.asked?.options.find(({ id, label }) => id === option || matchKey(label) === matchKey(text));
  return option !== undefined && offered !== undefined ? { press: offered.id } : { type: text };
}

/** A run as turns of a talk, to be laid beside another. */
export function turnsOf({ steps }: SimulatedRun): TalkTurn[] {
  const turns: TalkTurn[] = [{ input: '', says: [], node: null, effects: [] }];
  for (const step of steps) {
    const last = turns.at(-1);
    if (step.who === 'customer') {
      turns.push({ input: step.does, says: [], node: null, effects: [] });
    } else if (step.who === 'bot' && last !== undefined) {
      last.says.push(...step.says.map(({ text }) => text).filter((text) => text !== ''));
      last.node = step.says.at(-1)?.node ?? last.node;
    } else if (step.who === 'hub' && step.effect !== null && last !== undefined) {
      last.effects.push(step.effect.kind);
    }
  }
  return withoutEmptyStart(turns);
}

/** A conversation that was, in the same form. What agents said ends what a bot could be compared with. */
export function turnsOfPast(lines: readonly PastLine[]): TalkTurn[] {
  const agent = lines.findIndex(({ who }) => who === 'agent');
  const turns: TalkTurn[] = [{ input: '', says: [], node: null, effects: [] }];
  for (const { who, text, option } of agent < 0 ? lines : lines.slice(0, agent)) {
    if (who === 'customer') {
      turns.push({ input: option === undefined ? text : `[${option}]`, says: [], node: null, effects: [] });
    } else {
      turns.at(-1)?.says.push(text);
    }
  }
  return withoutEmptyStart(turns);
}

/** Where two talks go apart, turn by turn. Sentences are compared by their match key, nodes only where both are known. */
export function diffTurns(before: readonly TalkTurn[], after: readonly TalkTurn[]): TurnDifference[] {
  return Array.from({ length: Math.max(before.length, after.length) }, (_, turn) => ({
    turn,
    before: before[turn] ?? null,
    after: after[turn] ?? null,
    input: before[turn]?.input ?? after[turn]?.input ?? '',
  })).filter((pair) => !isSame(pair.before, pair.after));
}

/** Where two runs go apart. */
export function diffRuns(before: SimulatedRun, after: SimulatedRun): TurnDifference[] {
  return diffTurns(turnsOf(before), turnsOf(after));
}

function isSame(before: TalkTurn | null, after: TalkTurn | null): boolean {
  if (before === null || after === null) {
    return false;
  }
  const isSaid = isDeepStrictEqual(before.says.map(matchKey), after.says.map(matchKey));
  const areNodesKnown = before.node !== null && after.node !== null;
  const isDone = !areNodesKnown || (before.node === after.node && isDeepStrictEqual(before.effects, after.effects));
  return isSaid && isDone;
}

function withoutEmptyStart(turns: TalkTurn[]): TalkTurn[] {
  return turns[0]?.says.length === 0 && turns[0].effects.length === 0 ? turns.slice(1) : turns;
}
