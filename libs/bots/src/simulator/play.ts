import { voiceGraceMs } from '../engine/answers/questions.js';
import { beginState, step } from '../engine/step.js';
import type { BotEffect } from '../engine/types/bot-effect.js';
import type { BotEvent, BotHappening } from '../engine/types/bot-event.js';
import type { BotState, Walk } from '../engine/types/bot-state.js';
import { renderFor } from '../render/render-for.js';
import type { Script } from '../script/script.js';
import type { Coverage, PreparedAnswer, SimulatedInput, SimulatedRun, Simulation } from './simulated-run.js';
import { playedWorld, stepWorld, type PlayedWorld } from './simulated-world.js';

/** The session's name on the wire while nobody has given it one. */
export const simulatedSession = 'simulate';

/** More wake-ups than this in one wait are a script that wakes itself. */
const mostWakeUps = 500;
/** An answer leads to the next question of the hub at most so often before the customer speaks again. */
const mostAnswers = 100;

/** A simulation under way. */
export interface Play {
  script: Script;
  world: PlayedWorld;
  now: number;
  state: BotState;
  steps: SimulatedRun['steps'];
  impossible: SimulatedRun['impossible'];
  coverage: Coverage;
  /** Answers of the hub on their way. */
  coming: { at: number; event: BotHappening; does: string }[];
}

export function beginPlay(script: Script, simulation: Simulation): Play {
  const { channel, locale, vars } = simulation;
  return {
    script,
    world: playedWorld(script, simulation),
    now: typeof simulation.at === 'number' ? simulation.at : Date.parse(simulation.at),
    state: beginState(script, { channel, locale, ...(vars && { vars }) }),
    steps: [],
    impossible: [],
    coverage: { nodes: {}, edges: {} },
    coming: [],
  };
}

/** Something happens now; what the script says and asks of the hub follows at once. */
export function happen(play: Play, happening: BotHappening): void {
  feed(play, happening);
  settle(play);
}

export function note(play: Play, who: 'customer' | 'hub', does: string, input: SimulatedInput | null = null): void {
  const { now: at, state } = play;
  play.steps.push(
    who === 'customer' && input !== null
      ? { at, who, turn: state.turn, does, input }
      : { at, who: 'hub', turn: state.turn, does, effect: null },
  );
}

/** Lets time pass, with every answer and silence that falls due on the way. */
export function passTime(play: Play, ms: number): void {
  const until = play.now + ms;
  for (let times = 0; times < mostWakeUps; times += 1) {
    const next = nextDue(play);
    if (next === null || next.at > until) {
      break;
    }
    play.now = Math.max(play.now, next.at);
    note(play, 'hub', next.does);
    happen(play, next.event);
  }
  play.now = Math.max(play.now, until);
}

type Due = Play['coming'][number];

function nextDue(play: Play): Due | null {
  const at = wakeAt(play);
  const [answer] = play.coming;
  if (answer !== undefined && (at === null || answer.at <= at)) {
    play.coming.shift();
    return answer;
  }
  return at === null ? null : { at, event: { kind: 'silence' }, does: 'silence' };
}

/** When a silence is due. A line tells of it at the end of its own time; nobody waits for who is already served. */
function wakeAt(play: Play): number | null {
  const { state } = play;
  if (state.wakeAt === null || (state.status === 'handed_off' && isServed(play))) {
    return null;
  }
  return state.channel === 'voice' && state.asked !== null ? state.wakeAt - voiceGraceMs : state.wakeAt;
}

function isServed({ steps, world }: Play): boolean {
  const last = steps.findLast((one) => one.who === 'hub' && one.effect?.kind === 'handoff');
  const effect = last?.who === 'hub' && last.effect?.kind === 'handoff' ? last.effect : null;
  return (world.queues[effect?.queue ?? '']?.agentsFree ?? 0) > 0;
}

/** Answers of the hub that take no time come before anybody else speaks. */
function settle(play: Play): void {
  for (let times = 0; times < mostAnswers; times += 1) {
    const [answer] = play.coming;
    if (answer === undefined || answer.at > play.now) {
      return;
    }
    play.coming.shift();
    note(play, 'hub', answer.does);
    feed(play, answer.event);
  }
}

function feed(play: Play, happening: BotHappening): void {
  const event = { ...happening, at: play.now } as BotEvent;
  const { state, output, effects, walked } = step(play.script, play.state, event, stepWorld(play.world, play.now));
  const { now: at } = play;
  play.state = state;
  count(play.coverage, walked);
  if (output.length > 0) {
    const rendered = renderFor(state.channel, output, { session: simulatedSession });
    play.steps.push({ at, who: 'bot', turn: state.turn, says: output, rendered });
  }
  for (const effect of effects) {
    play.steps.push({ at, who: 'hub', turn: state.turn, does: `effect ${effect.kind}`, effect });
    prepareAnswer(play, effect);
  }
}

function count({ nodes, edges }: Coverage, walked: readonly Walk[]): void {
  for (const { node, entered, exit } of walked) {
    nodes[node] = (nodes[node] ?? 0) + (entered ? 1 : 0);
    if (exit !== null) {
      edges[`${node}:${exit}`] = (edges[`${node}:${exit}`] ?? 0) + 1;
    }
  }
}

function prepareAnswer({ world, coming, now }: Play, effect: BotEffect): void {
  if (!effect.awaitsResult) {
    return;
  }
  const name = effect.kind === 'lookup' ? (effect.ref ?? effect.source) : effect.kind;
  const prepared = world.lookups[name] ?? unprepared(effect);
  const event: BotHappening =
    'fails' in prepared
      ? { kind: 'result', effect: effect.id, ok: false, error: prepared.fails }
      : { kind: 'result', effect: effect.id, ok: true, value: prepared.answer };
  const does = 'fails' in prepared ? `${name} fails: ${prepared.fails}` : `${name} answers`;
  coming.push({ at: now + (prepared.takes ?? 0), event, does });
  coming.sort((a, b) => a.at - b.at);
}

/** What the hub itself does succeeds; a connector that nobody prepared knows nothing. */
function unprepared({ kind }: BotEffect): PreparedAnswer {
  const answers: Partial<Record<BotEffect['kind'], PreparedAnswer>> = {
    ticket: { answer: { number: 1001 } },
    callback: { answer: null },
    voicemail: { answer: null },
  };
  return answers[kind] ?? { fails: 'absent' };
}
