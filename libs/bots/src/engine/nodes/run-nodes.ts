import { evaluate } from '../../script/evaluate.js';
import type { NodeKind, NodeOf, ScriptNode } from '../../script/nodes.js';
import { durationMs } from '../../script/terms.js';
import { confirmed } from './confirmed.js';
import { onGuard } from '../guards.js';
import { finish, runHandoff, summaryOf } from './hand-off.js';
import { runMatch } from './match-intents.js';
import { optionsOf, retryOf, showQuestion } from '../answers/questions.js';
import { rendered, resolved } from './resolve.js';
import { runLookup } from './run-lookup.js';
import { speak } from '../words/speak.js';
import { standStill } from './stand-still.js';
import {
  ask,
  clearVars,
  currentScript,
  limitOf,
  own,
  plain,
  ScriptBroken,
  shownVars,
  type Move,
  type Turn,
} from '../turn.js';
import { tryOpening } from '../answers/try-opening.js';

/** The longest silence on a call before the caller thinks that it was cut. */
const longestPauseMs = 10_000;

type Runner<Kind extends NodeKind> = (turn: Turn, node: NodeOf<Kind>, name: string) => Move;

/** What entering a node does, and where it leads. */
export function runNode(turn: Turn, node: ScriptNode, name: string): Move {
  return (runners[node.do] as Runner<NodeKind>)(turn, node, name);
}

const runners: { [Kind in NodeKind]: Runner<Kind> } = {
  say: (turn, node, name) => {
    speak(turn, name, node.message);
    return { exit: 'next', to: node.next };
  },

  ask: (turn, node, name) => {
    const options = optionsOf(turn, node);
    if (options.length === 0) {
      return { exit: 'retry.then', to: retryOf(node)?.then ?? currentScript(turn).fallback };
    }
    const move = tryOpening(turn, node, name, options);
    return move === undefined ? showQuestion(turn, { node, name, options }) : move;
  },

  collect: (turn, node, name) => showQuestion(turn, { node, name }),

  match: runMatch,

  lookup: runLookup,

  branch: (turn, node) => {
    const vars = clearVars(turn);
    const at = { now: turn.world.now, zone: turn.world.zone };
    const index = node.cases.findIndex(({ when }) => evaluate(when, vars, at));
    const found = node.cases[index];
    return found === undefined
      ? { exit: 'otherwise', to: node.otherwise }
      : { exit: `case.${String(index)}`, to: found.next };
  },

  hours: ({ world }, node) => {
    const now = own(world.calendars, node.calendar) ?? 'open';
    return now === 'holiday' && node.holiday === undefined
      ? { exit: 'closed', to: node.closed }
      : { exit: now, to: node[now] ?? node.closed };
  },

  set: (turn, node, name) => {
    const values = resolved(turn, node.values, shownVars(turn));
    const { scope = 'session' } = node;
    if (scope === 'session') {
      Object.assign(turn.state.vars, values);
      Object.keys(values).forEach((key) => delete turn.state.sealed[key]);
    } else {
      ask(turn, name, { kind: 'set', scope, values });
      overlay(turn, scope, values);
    }
    return { exit: 'next', to: node.next };
  },

  tag: (turn, node, name) => {
    const { scope = 'conversation', add = [], remove = [] } = node;
    ask(turn, name, { kind: 'tag', scope, add, remove });
    return { exit: 'next', to: node.next };
  },

  ticket: (turn, node, name) => {
    const note = node.summary === undefined ? '' : rendered(turn, node.summary);
    const id = ask(
      turn,
      name,
      {
        kind: 'ticket',
        act: node.act,
        subject: node.subject === undefined ? null : rendered(turn, node.subject),
        queue: node.queue ?? null,
        priority: node.priority ?? null,
        tags: node.tags ?? [],
        fields: resolved(turn, node.fields ?? {}, shownVars(turn)),
        note,
      },
      true,
    );
    return standStill(turn, id);
  },

  call: (turn, node, name) => {
    const { state, world } = turn;
    const called = own(world.scripts, node.script);
    if (called === undefined) {
      throw new ScriptBroken(`The script ${node.script} is not there.`);
    }
    if (state.stack.length >= limitOf(turn, 'callDepth')) {
      return onGuard(turn, 'depth');
    }
    const args = resolved(turn, node.args ?? {}, shownVars(turn));
    for (const [key, { default: written }] of Object.entries(called.vars ?? {})) {
      state.vars[key] ??= plain(written);
    }
    Object.assign(state.vars, args);
    state.stack.push({ script: state.script, node: name });
    state.script = node.script;
    return { exit: 'next', to: called.start[state.channel] ?? called.start.default };
  },

  wait: (turn, node, name) => {
    const { state, world } = turn;
    const isCall = state.channel === 'voice';
    const ms = isCall ? Math.min(durationMs(node.for), longestPauseMs) : durationMs(node.for);
    if (isCall) {
      speak(turn, name, null, { line: { act: 'pause', ms } });
    }
    state.status = 'waiting';
    state.wakeAt = world.now + ms;
    return null;
  },

  handoff: runHandoff,

  callback: (turn, node, name) => {
    const number = node.number === undefined ? phoneOf(turn) : rendered(turn, node.number);
    const window = node.window === undefined ? null : rendered(turn, node.window);
    const summary = summaryOf(turn, node.summary);
    const work = { kind: 'callback', queue: node.queue ?? null, number, window, summary } as const;
    if (node.onError !== undefined) {
      return standStill(turn, ask(turn, name, work, true));
    }
    ask(turn, name, work);
    return confirmed(turn, node, name);
  },

  voicemail: (turn, node, name) => showQuestion(turn, { node, name }),

  end: (turn, node, name) => {
    const caller = turn.state.stack.pop();
    if (caller !== undefined) {
      if (node.message !== undefined) {
        speak(turn, name, node.message);
      }
      return backTo(turn, caller, node.outcome);
    }
    if (node.message !== undefined || turn.state.channel === 'voice') {
      speak(turn, name, node.message ?? null, { line: { act: 'hangup' } });
    }
    return finish(turn, name, node.outcome, node.csat ?? false);
  },
};

function backTo(turn: Turn, caller: { script: string | null; node: string }, outcome: string): Move {
  turn.state.script = caller.script;
  const node = own(currentScript(turn).nodes, caller.node);
  if (node?.do !== 'call') {
    throw new ScriptBroken(`The node ${caller.node} calls nothing.`);
  }
  if (node.into !== undefined) {
    turn.state.vars[node.into] = outcome;
  }
  return { exit: 'return', to: node.next };
}

function overlay(turn: Turn, scope: string, values: Record<string, unknown>): void {
  if (scope === 'customer' || scope === 'conversation') {
    turn[scope] = { ...turn[scope], ...values };
  }
}

function phoneOf({ customer }: Turn): string | null {
  const phone = customer['phone'];
  return typeof phone === 'string' && phone !== '' ? phone : null;
}
