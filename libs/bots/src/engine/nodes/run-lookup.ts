import type { NodeOf } from '../../script/nodes.js';
import { durationMs } from '../../script/terms.js';
import { resolved } from './resolve.js';
import { namesSecret } from '../words/secrets.js';
import { speak } from '../words/speak.js';
import { standStill } from './stand-still.js';
import { ask, clearVars, plain, type Move, type Turn } from '../turn.js';

type Lookup = NodeOf<'lookup'>;

const defaultTimeoutMs = 8_000;
/** What the hub needs besides the tries themselves: claiming, pauses between tries, a restart. */
const slackMs = 30_000;
/** In writing, silence shorter than this is not long. */
const fillerAfterMs = 4_000;
const mostArticles = 3;

/** Looks something up: what the turn brought with it at once, everything else by an effect. */
export function runLookup(turn: Turn, node: Lookup, name: string): Move {
  switch (node.source) {
    case 'customer':
      return found(turn, node, fromCustomer(turn, node));
    case 'kb':
      return found(turn, node, fromArticles(turn, node));
    case 'http':
    case 'tickets':
      return fromHub(turn, node, name, node.source);
  }
}

/** Goes on with what was found; null and undefined are nothing. */
export function found(turn: Turn, node: Lookup, value: unknown): Move {
  const kept = plain(value);
  if (kept === null) {
    return missing(node);
  }
  turn.state.vars[node.into] = kept;
  delete turn.state.sealed[node.into];
  return { exit: 'next', to: node.next };
}

export function missing(node: Lookup): Move {
  return node.onAbsent === undefined ? { exit: 'onError', to: node.onError } : { exit: 'onAbsent', to: node.onAbsent };
}

function fromCustomer({ customer }: Turn, { ref }: Lookup): unknown {
  if (ref !== undefined) {
    return Object.hasOwn(customer, ref) ? customer[ref] : null;
  }
  return Object.keys(customer).length === 0 ? null : customer;
}

function fromArticles(turn: Turn, { args = {} }: Lookup): unknown {
  const { text, query } = resolved(turn, args, clearVars(turn)) as { text?: unknown; query?: unknown };
  const asked = [query, text, turn.state.lastText].find((one) => typeof one === 'string' && one !== '');
  const articles = typeof asked === 'string' ? turn.world.articles(asked, turn.state.locale) : [];
  const [best] = articles;
  return best === undefined ? null : { ...best, items: articles.slice(0, mostArticles) };
}

function fromHub(turn: Turn, node: Lookup, name: string, source: 'http' | 'tickets'): null {
  const { state, world } = turn;
  const args = node.args ?? {};
  const timeoutMs = node.timeout === undefined ? defaultTimeoutMs : durationMs(node.timeout);
  const retries = node.retries ?? 0;
  const id = ask(
    turn,
    name,
    {
      kind: 'lookup',
      source,
      ref: node.ref ?? null,
      args: resolved(turn, args, clearVars(turn)),
      timeoutMs,
      retries,
      sensitive: Object.values(args).some((written) => namesSecret(turn, written)),
    },
    true,
  );
  standStill(turn, id, timeoutMs * (retries + 1) + slackMs);
  if (node.filler !== undefined && state.channel === 'voice') {
    speak(turn, name, node.filler);
  } else if (node.filler !== undefined) {
    state.wakeAt = world.now + fillerAfterMs;
  }
  return null;
}
