import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { PresenceFrame } from '#contract';
import { EventBus } from '../events/event-bus.js';
import { NodeLink, type MessageOf } from './node-link.js';
import { SocketOutlet } from './socket-outlet.service.js';

type Companion = PresenceFrame['agents'][number];

/** One console that has a person open. */
interface Here {
  id: string;
  name: string;
  /** When this console stops counting as typing, in milliseconds of the process; 0 when it is not. */
  typingUntil: number;
}

/** What is known of one person: consoles of this node, and what other nodes said. */
interface Circle {
  here: Map<object, Here>;
  elsewhere: Map<string, { agents: Companion[]; until: number }>;
  shown: string;
  gathering: NodeJS.Timeout | undefined;
  /** Looks again when the first who types stops counting as typing. */
  ending: NodeJS.Timeout | undefined;
}

const gatherMs = 100;
const typingMs = 6_000;
/** Other nodes are told again this often, and forgotten when they were silent for a little over twice as long. */
const repeatMs = 20_000;
const forgetMs = 45_000;

/**
 * Which teammates have a person open, and who of them types: so that two do not answer at once. Kept in memory alone; nodes tell each
 * other. Frames are gathered for a moment and sent only when something changed.
 */
@Injectable()
export class Companions implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly circles = new Map<string, Circle>();
  /** Consoles that are out of sight. */
  private readonly away = new WeakSet<object>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly outlet: SocketOutlet,
    private readonly link: NodeLink,
    private readonly bus: EventBus,
  ) {
    link.on('companions', (message, node) => this.heard(message, node));
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.repeat(), repeatMs);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer ?? undefined);
    this.circles.forEach(({ gathering, ending }) => [gathering, ending].forEach(clearTimeout));
    this.circles.clear();
  }

  /** People whose circles are held in memory. */
  get size(): number {
    return this.circles.size;
  }

  /** A console opened a person; it hears at once who else is there. */
  join(person: string, console: object, agent: { id: string; name: string }): void {
    const circle = this.circleOf(person);
    circle.here.set(console, { ...agent, typingUntil: 0 });
    circle.shown = '';
    this.soon(person, circle);
  }

  leave(person: string, console: object): void {
    const circle = this.circles.get(person);
    if (circle?.here.delete(console)) {
      this.soon(person, circle);
    }
  }

  typing(person: string, console: object, on: boolean): void {
    const circle = this.circles.get(person);
    const here = circle?.here.get(console);
    if (circle && here) {
      here.typingUntil = on ? performance.now() + typingMs : 0;
      if (on) {
        this.bus.emit('agent.typing', { conversation: person });
      }
      this.soon(person, circle);
    }
  }

  /** A console went out of sight, or is back. */
  look(console: object, away: boolean): void {
    if (this.away.has(console) !== away) {
      this.away[away ? 'add' : 'delete'](console);
      for (const [person, circle] of this.circles) {
        if (circle.here.has(console)) {
          this.soon(person, circle);
        }
      }
    }
  }

  private heard({ conversation, agents }: MessageOf<'companions'>, node: string): void {
    const circle = this.circleOf(conversation);
    if (agents.length === 0) {
      circle.elsewhere.delete(node);
    } else {
      circle.elsewhere.set(node, { agents, until: performance.now() + forgetMs });
    }
    this.soon(conversation, circle);
  }

  private circleOf(person: string): Circle {
    const circle = this.circles.get(person) ?? {
      here: new Map(),
      elsewhere: new Map(),
      shown: '',
      gathering: undefined,
      ending: undefined,
    };
    this.circles.set(person, circle);
    return circle;
  }

  private soon(person: string, circle: Circle): void {
    circle.gathering ??= setTimeout(() => {
      circle.gathering = undefined;
      this.show(person, circle);
    }, gatherMs);
  }

  private show(person: string, circle: Circle): void {
    const now = performance.now();
    const here = [...circle.here].map(([console, { id, name, typingUntil }]) => ({
      id,
      name,
      typing: typingUntil > now,
      away: this.away.has(console),
    }));
    const elsewhere = [...circle.elsewhere.values()].filter(({ until }) => until > now).flatMap(({ agents }) => agents);
    const agents = merge([...here, ...elsewhere]);
    const text = JSON.stringify([merge(here), agents]);
    if (text !== circle.shown) {
      circle.shown = text;
      this.outlet.toAgentsHere([`person:${person}`], 'presence', { conversation: person, agents });
      this.link.send({ kind: 'companions', conversation: person, agents: merge(here) });
    }
    this.lookAhead(person, circle, now);
  }

  /** Typing ends by itself, and a circle that nobody is in is forgotten. */
  private lookAhead(person: string, circle: Circle, now: number): void {
    clearTimeout(circle.ending);
    if (circle.here.size === 0 && circle.elsewhere.size === 0) {
      clearTimeout(circle.gathering);
      this.circles.delete(person);
      return;
    }
    const ends = [...circle.here.values()].map(({ typingUntil }) => typingUntil).filter((until) => until > now);
    if (ends.length > 0) {
      circle.ending = setTimeout(() => this.show(person, circle), Math.min(...ends) - now + 1);
    }
  }

  private repeat(): void {
    const now = performance.now();
    for (const [person, circle] of this.circles) {
      circle.elsewhere.forEach(({ until }, node) => until <= now && circle.elsewhere.delete(node));
      if (circle.here.size > 0) {
        circle.shown = '';
      }
      this.soon(person, circle);
    }
  }
}

/** One entry per agent, however many consoles they have; typing in any of them counts, and so does being in sight. */
function merge(agents: Companion[]): Companion[] {
  const byId = new Map<string, Companion>();
  for (const { id, name, typing, away } of agents) {
    const known = byId.get(id);
    byId.set(id, { id, name, typing: typing || known?.typing === true, away: away && known?.away !== false });
  }
  return [...byId.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
