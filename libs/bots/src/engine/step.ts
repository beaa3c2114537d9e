import type { Script } from '../script/script.js';
import { scriptChannels, type Locale } from '../script/terms.js';
import { understand } from '../understanding/understand.js';
import { answerQuestion } from './answers/answer-question.js';
import { followBuiltIn, restart } from './answers/follow.js';
import { hasTooManyTurns, onGuard } from './guards.js';
import { finish, giveUp, nobodyNamed, rest } from './nodes/hand-off.js';
import { heardOf } from './answers/heard.js';
import { isBotEvent, isBotState } from './plausible.js';
import { takeResult } from './nodes/results.js';
import { speak } from './words/speak.js';
import { ask, currentScript, nodeOf, plain, type Move, type Turn } from './turn.js';
import type { BotEffect, HandoffSummary } from './types/bot-effect.js';
import type { BotEvent } from './types/bot-event.js';
import type { BotSay } from './types/bot-say.js';
import type { BeginOptions, BotState, Walk } from './types/bot-state.js';
import type { StepWorld } from './types/step-world.js';
import { walk } from './walk.js';

/** What an event makes of a session. `output` and `effects` are in order; `walked` are the nodes that the turn touched. */
export interface StepResult {
  state: BotState;
  output: BotSay[];
  effects: BotEffect[];
  walked: Walk[];
  /** The option of an `ask` that was chosen, however the customer named it. */
  option: string | null;
  /** An answer was not understood. */
  missed: boolean;
  /** What the customer sent was given in confidence, understood or not: where it is kept, it should be taken out. */
  confidential: boolean;
}

/** The state of a session before its first event. */
export function beginState(script: Script, { channel, locale, vars = {} }: BeginOptions): BotState {
  const defaults = Object.entries(script.vars ?? {}).map(([name, spec]) => [name, plain(spec.default)]);
  const speaks = script.locales.find((one) => one === locale) ?? script.default_locale;
  return {
    format: 1,
    status: 'active',
    channel,
    locale: speaks,
    node: null,
    script: null,
    turn: 0,
    stack: [],
    vars: { ...(Object.fromEntries(defaults) as Record<string, unknown>), ...(plain(vars) as typeof vars | null) },
    sealed: {},
    asked: null,
    pressed: null,
    attempts: 0,
    pending: null,
    deadline: null,
    lastText: null,
    visits: {},
    misses: [],
    path: [],
    heard: [],
    wakeAt: null,
    guardsHit: 0,
    metAgent: false,
    outcome: null,
  };
}

/**
 * One turn of a script: a pure function of its four parts, which takes any JSON and never throws.
 *
 * An event that means nothing here (a second start, a result of something else, a silence before its time, anything after the end)
 * gives back the very state. A first event may be the customer's text itself: it begins the script, and answers its first question where
 * it plainly does. A script that cannot go on is handed to people with an alert, and so is a session whose state cannot be read.
 */
export function step(script: Script, state: BotState, event: BotEvent, world: StepWorld): StepResult {
  if (!isBotEvent(event)) {
    return unchanged(state);
  }
  if (!isBotState(state)) {
    return broken(beginTurn(script, afresh(script, state), event, world));
  }
  try {
    const turn = beginTurn(script, state, event, world);
    const move = take(turn);
    if (move === 'ignored') {
      return unchanged(state);
    }
    walk(turn, move);
    return endTurn(turn);
  } catch {
    return broken(beginTurn(script, state, event, world));
  }
}

function unchanged(state: BotState): StepResult {
  return { state, output: [], effects: [], walked: [], option: null, missed: false, confidential: false };
}

/** A new session in the place of one that cannot be read, with what is certain of it. */
function afresh(script: Script, state: unknown): BotState {
  const { channel, locale, turn }: Partial<Record<keyof BotState, unknown>> = state ?? {};
  return {
    ...beginState(script, {
      channel: scriptChannels.find((one) => one === channel) ?? 'web',
      locale: typeof locale === 'string' ? locale : script.default_locale,
    }),
    turn: typeof turn === 'number' && Number.isSafeInteger(turn) && turn >= 0 ? turn : 0,
  };
}

function beginTurn(script: Script, before: BotState, event: BotEvent, world: StepWorld): Turn {
  const state = structuredClone(before);
  state.turn += 1;
  return {
    main: script,
    world,
    event,
    state,
    output: [],
    effects: [],
    walked: [],
    here: state.path.at(-1)?.node ?? null,
    steps: 0,
    hits: 0,
    clear: {},
    customer: world.customer,
    conversation: world.conversation,
    opening: null,
    option: null,
    missed: false,
    confidential: false,
    tags: [],
    reason: 'script',
  };
}

/** What leaves a turn is plain JSON, so that a session in memory and one read back from a row go on alike. */
function endTurn({ state, output, effects, walked, option, missed, confidential }: Turn): StepResult {
  const json = JSON.stringify({ state, output, effects, walked, option, missed, confidential });
  return JSON.parse(json.replaceAll(unstorable, '$1\\ufffd')) as StepResult;
}

/** Half an emoji, left by cutting a text to length, and the sign zero: a database takes neither in its JSON. */
const unstorable = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/gu;

/** People get a conversation whose script fails; if even that fails, they get it without a word. */
function broken(turn: Turn): StepResult {
  const node = turn.state.node ?? '';
  turn.reason = 'broken';
  ask(turn, node, { kind: 'alert', reason: 'broken' });
  try {
    giveUp(turn);
  } catch {
    const { locale } = turn.state;
    const summary: HandoffSummary = { reason: 'broken', locale, variables: [], path: [], misses: [], note: '' };
    ask(turn, node, { kind: 'handoff', ...nobodyNamed, summary });
    rest(turn, 'handed_off');
  }
  return endTurn(turn);
}

type Taken = Move | 'ignored';

function take(turn: Turn): Taken {
  const { state, event } = turn;
  if (state.status === 'ended') {
    return 'ignored';
  }
  if (event.kind === 'hangup') {
    return state.status === 'handed_off' ? rest(turn, 'ended') : finish(turn, state.node ?? '', 'abandoned', false);
  }
  if (event.kind === 'resume') {
    return resume(turn);
  }
  return takers[state.status](turn);
}

const takers: Record<Exclude<BotState['status'], 'ended'>, (turn: Turn) => Taken> = {
  active: (turn) => {
    const { state, event } = turn;
    if (state.node === null) {
      return begin(turn);
    }
    const { asked } = state;
    if (asked === null || event.kind === 'start' || event.kind === 'result' || isSecondPress(turn)) {
      return 'ignored';
    }
    if (event.kind === 'silence') {
      return isDue(turn) ? answerQuestion(turn, asked) : 'ignored';
    }
    return hasTooManyTurns(turn) ? onGuard(turn, 'turns') : answerQuestion(turn, asked);
  },

  waiting: (turn) => {
    const { state, event } = turn;
    if (event.kind === 'result') {
      return event.effect === state.pending ? takeResult(turn, event) : 'ignored';
    }
    if (event.kind === 'silence') {
      return state.pending === null ? endWait(turn) : onSlowResult(turn);
    }
    return event.kind === 'text' || event.kind === 'digits' ? whileWaiting(turn) : 'ignored';
  },

  handed_off: (turn) => {
    const { state, event } = turn;
    const node = event.kind === 'silence' && isDue(turn) && state.node !== null ? nodeOf(turn, state.node) : null;
    if (node?.do !== 'handoff' || node.onTimeout === undefined) {
      return 'ignored';
    }
    ask(turn, state.node ?? '', { kind: 'withdraw' });
    state.outcome = null;
    return { exit: 'onTimeout', to: node.onTimeout };
  },
};

function begin(turn: Turn): Taken {
  const { state, event } = turn;
  if (event.kind === 'silence' || event.kind === 'result') {
    return 'ignored';
  }
  if (event.kind === 'text') {
    turn.opening = event.text.slice(0, 1_000);
    state.lastText = turn.opening;
  }
  return restart(turn);
}

/** The same button of the menu that was just answered: a second tap, or one more copy of the first. */
function isSecondPress({ state: { pressed }, event }: Turn): boolean {
  return (
    event.kind === 'choice' &&
    pressed !== null &&
    event.option === pressed.option &&
    event.turn >= pressed.since &&
    event.turn <= pressed.turn
  );
}

/** An agent gave the conversation back: on at the hand-off's own place, or from the beginning, with nothing promised before. */
function resume(turn: Turn): Move {
  const { state } = turn;
  const node = state.status === 'handed_off' && state.node !== null ? nodeOf(turn, state.node) : null;
  const to = node?.do === 'handoff' ? node.resume : undefined;
  Object.assign(state, {
    metAgent: true,
    outcome: null,
    visits: {},
    attempts: 0,
    guardsHit: 0,
    heard: [],
    pending: null,
    deadline: null,
  });
  return to === undefined ? restart(turn) : { exit: 'resume', to };
}

/** On a call the line itself tells of silence, whatever the clock of the hub says. */
function isDue({ state, world }: Turn): boolean {
  return state.channel === 'voice' || (state.wakeAt !== null && world.now >= state.wakeAt);
}

function endWait(turn: Turn): Taken {
  const node = turn.state.node === null ? null : nodeOf(turn, turn.state.node);
  return node?.do === 'wait' && isDue(turn) ? { exit: 'next', to: node.next } : 'ignored';
}

/** Says the filler when the answer takes long, and goes on as after a failure when it takes too long. */
function onSlowResult(turn: Turn): Taken {
  const { state, world } = turn;
  if (state.wakeAt === null || world.now < state.wakeAt) {
    return 'ignored';
  }
  if (state.deadline === null || world.now >= state.deadline) {
    return takeResult(turn, { ok: false, error: 'timeout' });
  }
  const node = nodeOf(turn, state.node ?? '');
  if (node.do === 'lookup' && node.filler !== undefined) {
    speak(turn, state.node ?? '', node.filler);
  }
  state.wakeAt = state.deadline;
  return null;
}

/** Words that come while the script waits: those for a person or an end are obeyed, others end a pause or are kept. */
function whileWaiting(turn: Turn): Taken {
  const { state, world } = turn;
  const heard = heardOf(turn);
  if (heard === null) {
    return 'ignored';
  }
  const place: { locale: Locale; now: number; zone: string } = { ...world, locale: state.locale };
  const meaning = understand(currentScript(turn), null, heard, place);
  if (meaning.kind === 'built_in' && (meaning.intent === 'agent' || meaning.intent === 'stop')) {
    state.pending = null;
    state.deadline = null;
    return followBuiltIn(turn, null, meaning);
  }
  state.lastText = heard.kind === 'text' ? heard.text.slice(0, 1_000) : state.lastText;
  const node = nodeOf(turn, state.node ?? '');
  return node.do === 'wait' ? { exit: 'next', to: node.next } : null;
}
