import { matchKey } from '#channels';
import type { FoundArticle, QueueSight, Seal, StepWorld } from '../engine/types/step-world.js';
import type { Script } from '../script/script.js';
import type { PreparedAnswer, SimulatedWorld, Simulation } from './simulated-run.js';

const defaultZone = 'Asia/Tehran';
const open: QueueSight = { isOpen: true, agentsFree: 1, waiting: 0 };
const away: QueueSight = { isOpen: false, agentsFree: 0, waiting: 0 };

/** The world of a simulation as it changes while it is played. */
export interface PlayedWorld {
  zone: string;
  calendars: Record<string, 'open' | 'closed' | 'holiday'>;
  queues: Record<string, QueueSight>;
  customer: Record<string, unknown>;
  conversation: Record<string, unknown>;
  lookups: Record<string, PreparedAnswer>;
  scripts: Record<string, Script>;
  articles: StepWorld['articles'];
  seal: Seal;
}

/** A world in which everything is open and somebody is there, but for what the simulation says. */
export function playedWorld(script: Script, { zone = defaultZone, world = {} }: Simulation): PlayedWorld {
  const scripts = world.scripts ?? {};
  const names = ['', ...[script, ...Object.values(scripts)].flatMap(queuesIn)];
  const given = Object.entries(world.queues ?? {}).map(([name, sight]) => [name, { ...open, ...sight }]);
  return {
    zone,
    scripts,
    calendars: { ...world.calendars },
    queues: { ...Object.fromEntries(names.map((name) => [name, open])), ...Object.fromEntries(given) } as Record<
      string,
      QueueSight
    >,
    customer: world.customer ?? {},
    conversation: world.conversation ?? {},
    lookups: { ...world.lookups },
    articles: (text) => findArticles(world.articles ?? [], text),
    seal: numberedSeal(),
  };
}

/** Agents come or go, in one queue or in all. */
export function setAgents(world: PlayedWorld, agents: 'available' | 'away', queue: string | undefined): void {
  for (const name of queue === undefined ? Object.keys(world.queues) : [queue]) {
    world.queues[name] = agents === 'available' ? open : away;
  }
}

export function stepWorld(world: PlayedWorld, now: number): StepWorld {
  return { ...world, now };
}

function queuesIn({ nodes }: Script): string[] {
  return Object.values(nodes).flatMap((node) => ('queue' in node && node.queue !== undefined ? [node.queue] : []));
}

/** An article is found when it holds at least half of the words that were asked; the hub's own search knows better. */
function findArticles(articles: NonNullable<SimulatedWorld['articles']>, text: string): FoundArticle[] {
  const words = matchKey(text).split(' ').filter(Boolean);
  const scored = articles.map(({ title, body, score }) => {
    const all = new Set(matchKey(`${title} ${body}`).split(' '));
    const share = words.length === 0 ? 0 : words.filter((word) => all.has(word)).length / words.length;
    return { title, body, score: score ?? share };
  });
  return scored.filter(({ score }) => score >= 0.5).sort((a, b) => b.score - a.score);
}

/** Keeps secrets by number: the same run gives the same numbers. */
function numberedSeal(): Seal {
  const kept: string[] = [];
  return {
    close: (value) => {
      const at = kept.indexOf(value);
      return `sealed:${String(at < 0 ? kept.push(value) - 1 : at)}`;
    },
    open: (sealed) => kept[Number(/^sealed:(\d+)$/u.exec(sealed)?.[1] ?? -1)] ?? null,
  };
}
