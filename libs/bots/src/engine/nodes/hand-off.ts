import type { NodeOf } from '../../script/nodes.js';
import { durationMs } from '../../script/terms.js';
import { renderTemplate } from '../../templates/render-template.js';
import { toldVariables } from '../words/secrets.js';
import { speak, speakBuiltIn } from '../words/speak.js';
import { ask, own, shownVars, templateWorld, type Move, type Turn } from '../turn.js';
import type { EffectWork, HandoffSummary } from '../types/bot-effect.js';
import type { QueueSight } from '../types/step-world.js';

type Handoff = Extract<EffectWork, { kind: 'handoff' }>;

const toldMisses = 5;
const toldPath = 60;

/** What an agent should know without asking again. */
export function summaryOf(turn: Turn, note: string | undefined): HandoffSummary {
  const { state, reason } = turn;
  return {
    reason,
    locale: state.locale,
    variables: toldVariables(turn),
    path: state.path.slice(-toldPath).map(({ node, at }) => ({ node, at })),
    misses: state.misses.slice(-toldMisses),
    note: note === undefined ? '' : renderTemplate(note, shownVars(turn), templateWorld(turn)).trim(),
  };
}

/** Hands the conversation to people, unless nobody can take it: then the script has a way of its own. */
export function runHandoff(turn: Turn, node: NodeOf<'handoff'>, name: string): Move {
  const { state, world } = turn;
  const queue = own(world.queues, node.queue ?? '');
  // The channel's own queue always takes a ticket; a named one that nobody knows would lose it.
  if (queue === undefined ? node.queue !== undefined : !queue.isOpen) {
    return { exit: 'onUnavailable', to: node.onUnavailable };
  }
  const { message = null, tags = [], onTimeout } = node;
  const work = handoffOf(turn, node);
  speak(turn, name, message, {
    line: { act: 'enqueue', queue: work.queue },
    extra: { conversation: { ...turn.conversation, ...waitingIn(queue) } },
  });
  ask(turn, name, work);
  addTags(turn, name, tags);
  rest(turn, 'handed_off');
  state.wakeAt = work.maxWaitMs === null || onTimeout === undefined ? null : world.now + work.maxWaitMs;
  return null;
}

/** What the message of a hand-off may tell: how many wait already, and how many agents are free. */
function waitingIn(queue: QueueSight | undefined): Record<string, number> {
  return { waiting: queue?.waiting ?? 0, agents_free: queue?.agentsFree ?? 0 };
}

function handoffOf(turn: Turn, node: NodeOf<'handoff'>): Handoff {
  const { queue = null, skills = [], agent = null, priority = null, maxWait } = node;
  const maxWaitMs = maxWait === undefined ? null : durationMs(maxWait);
  const summary = summaryOf(turn, node.summary);
  return { kind: 'handoff', queue, skills, agent, priority, maxWaitMs, summary };
}

/** Behind the hand-off, since before it there may be no ticket that could carry them. */
function addTags(turn: Turn, node: string, tags: readonly string[]): void {
  const add = [...new Set([...turn.tags, ...tags])];
  if (add.length > 0) {
    ask(turn, node, { kind: 'tag', scope: 'ticket', add, remove: [] });
  }
}

/** To whoever serves the channel. */
export const nobodyNamed = { queue: null, skills: [], agent: null, priority: null, maxWaitMs: null };

/** The last way out, of a script that cannot go on: people get the conversation whatever the script says. */
export function giveUp(turn: Turn): null {
  const node = turn.state.node ?? '';
  speakBuiltIn(turn, node, 'to_person', { line: { act: 'enqueue', queue: null } });
  const summary = summaryOf(turn, undefined);
  ask(turn, node, { kind: 'handoff', ...nobodyNamed, summary });
  addTags(turn, node, []);
  return rest(turn, 'handed_off');
}

/** The script has nothing more to do until people give the conversation back, or ever. */
export function rest(turn: Turn, status: 'handed_off' | 'ended'): null {
  const { state } = turn;
  state.status = status;
  state.asked = null;
  state.pending = null;
  state.deadline = null;
  state.wakeAt = null;
  if (status === 'handed_off') {
    state.outcome = 'handed_off';
  }
  return null;
}

/** Ends the session. */
export function finish(turn: Turn, node: string, outcome: NodeOf<'end'>['outcome'], csat: boolean): null {
  ask(turn, node, { kind: 'end', outcome, csat });
  rest(turn, 'ended');
  turn.state.outcome = outcome;
  return null;
}
