import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { GuardedAccess, type ReadablePerson } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { may } from '../../auth/permissions.js';
import { readActor } from '../../auth/read-actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database, isAway, type Transaction } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import type { AgentSocket } from '../../live/agent-sockets.service.js';
import { NodeLink } from '../../live/node-link.js';
import { ApiError, forbidden } from '../../platform/errors/api-error.js';
import { Log } from '../../platform/operations/log.js';
import { startRounds, type Rounds } from '../../platform/operations/rounds.js';
import { SharedLook } from '../../platform/operations/shared-look.js';
import { SteeringNews } from './steering-news.service.js';
import { endLapsed, endWatches, hasLapsed, holdWatch, renewWatches, type EndedWatch } from './watches.query.js';

const roundMs = 5_000;
/** A page that is loaded again, or a link that falls for a moment, goes on with its watch. */
const lapseSeconds = 15;

interface Shown {
  watch: string;
  /** Where it is told what passes without a trace, and nobody sees who is in it. */
  room: `watch:${string}`;
}

/**
 * Who looks on. A watch stands for as long as a console of its supervisor shows the conversation and says so every few seconds; a node
 * that dies says nothing any more, and whichever looks next ends what it held. Beginning and ending are in the audit.
 */
@Injectable()
export class Watches implements OnApplicationBootstrap, OnApplicationShutdown {
  /** By socket: the conversations that it shows. */
  private readonly shown = new Map<AgentSocket, Map<string, Shown>>();
  /** Counts changes of rights and of who is one person: what was read before the last one is no reason to tell anything. */
  private turn = 0;
  /** What a console says of a conversation counts in the order in which it said it. */
  private readonly turns = new WeakMap<AgentSocket, Promise<unknown>>();
  private rounds: Rounds | null = null;
  private readonly looks = new SharedLook(() => this.lookOnce().catch((error: unknown) => this.note(error)));

  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
    private readonly news: SteeringNews,
    private readonly log: Log,
    bus: EventBus,
    link: NodeLink,
  ) {
    bus.on('rights.changed', ({ agentId }) => this.silence(agentId));
    link.on('merged', ({ people }) => void this.followMerge(people).catch((error: unknown) => this.note(error)));
  }

  onApplicationBootstrap(): void {
    this.rounds = startRounds(roundMs, () => this.look(), 'watches');
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds?.stop();
    await this.looks.settled();
  }

  /** Returns where the person's conversations stand. A program that listens is nobody who watches. */
  begin(socket: AgentSocket, conversation: string): Promise<{ revs: Record<string, number> }> {
    return this.inTurn(socket, () => this.beginNow(socket, conversation));
  }

  end(socket: AgentSocket, conversation: string): Promise<void> {
    return this.inTurn(socket, () => this.endNow(socket, conversation));
  }

  private inTurn<T>(socket: AgentSocket, work: () => Promise<T>): Promise<T> {
    const turn = (this.turns.get(socket) ?? Promise.resolve()).then(work, work);
    this.turns.set(socket, turn);
    return turn;
  }

  private async beginNow(socket: AgentSocket, conversation: string): Promise<{ revs: Record<string, number> }> {
    const { actor } = socket.data.seat;
    if (!mayWatch(actor)) {
      throw forbidden();
    }
    const { turn } = this;
    const person = await this.access.getPerson(actor, conversation);
    const watch = await this.hold(actor, person);
    // One that left meanwhile says nothing any more, so its watch lapses.
    if (socket.connected) {
      const conversations = this.shown.get(socket) ?? new Map<string, Shown>();
      const shown = { watch, room: roomOf(person.conversationId) };
      this.shown.set(socket, conversations.set(conversation, shown));
      this.hear(socket, shown, turn);
      if (turn !== this.turn) {
        void this.dropUnreadable(socket, conversations).catch((error: unknown) => this.note(error));
      }
    }
    return { revs: Object.fromEntries(person.parts.map(({ id: part, rev }) => [part, rev])) };
  }

  private async endNow(socket: AgentSocket, conversation: string): Promise<void> {
    const conversations = this.shown.get(socket);
    const ended = conversations?.get(conversation);
    conversations?.delete(conversation);
    if (conversations?.size === 0) {
      this.shown.delete(socket);
    }
    if (ended) {
      void socket.leave(ended.room);
    }
    if (ended && !this.ids().includes(ended.watch)) {
      await this.settle(endWatches, [ended.watch]);
    }
  }

  private hear(socket: AgentSocket, { room }: Shown, turn: number): void {
    if (turn === this.turn && socket.connected) {
      void socket.join(room);
    }
  }

  /** Somebody whose rights moved hears nothing until the next look has read them. */
  private silence(agentId: string): void {
    this.turn += 1;
    for (const [socket, conversations] of this.shown) {
      if (socket.data.seat.actor.id === agentId) {
        conversations.forEach(({ room }) => void socket.leave(room));
      }
    }
  }

  /** Whoever watches somebody of these hears nothing until it is read who they are now, which is done at once. */
  private async followMerge(people: string[]): Promise<void> {
    this.turn += 1;
    const concerned = [...this.shown].filter(([, conversations]) =>
      [...conversations.values()].some(({ room }) => people.some((person) => room === roomOf(person))),
    );
    concerned.forEach(([socket, conversations]) => conversations.forEach(({ room }) => void socket.leave(room)));
    for (const [socket, conversations] of concerned) {
      await this.dropUnreadable(socket, conversations);
    }
  }

  /** The socket is gone: it may be back in a moment. */
  leave(socket: AgentSocket): void {
    this.shown.delete(socket);
  }

  /** Says what is still shown here, and ends what nobody says of any more; calls during a look share the next. Never rejects. */
  look(): Promise<void> {
    return this.looks.take();
  }

  /** Somebody who lost a right meanwhile, or a database that is away, is nothing to look into. */
  private note(error: unknown): void {
    if (!isAway(error) && !(error instanceof ApiError)) {
      this.log.error('A look at who watches failed.', error);
    }
  }

  private async lookOnce(): Promise<void> {
    for (const [socket, conversations] of this.shown) {
      await this.dropUnreadable(socket, conversations);
    }
    await this.renew();
    await this.endLapsed();
  }

  /** Rights may have gone since. */
  private async dropUnreadable(socket: AgentSocket, conversations: Map<string, Shown>): Promise<void> {
    // What begins while this reads is nothing that it asked about.
    const asked = [...conversations];
    const { turn, readable } = await this.readNow(
      socket.data.seat.actor,
      asked.map(([name]) => name),
    );
    for (const [name, shown] of asked.filter(([one, known]) => conversations.get(one) === known)) {
      const person = readable.get(name);
      if (person) {
        this.follow(socket, shown, person);
        this.hear(socket, shown, turn);
      } else {
        await this.end(socket, name);
      }
    }
  }

  /** An answer that a change overtook is asked for again. */
  private async readNow(
    actor: Actor,
    wanted: string[],
  ): Promise<{ turn: number; readable: Map<string, ReadablePerson> }> {
    for (;;) {
      const { turn } = this;
      const now = await readActor(this.database, actor.id);
      const isLet = now !== null && mayWatch({ ...now, sessionId: actor.sessionId });
      const found = isLet ? await this.access.listPersons(now, wanted) : [];
      if (turn === this.turn) {
        return { turn, readable: new Map(found.map(({ wanted: name, person }) => [name, person])) };
      }
    }
  }

  /** A person who was merged is told of under another name. */
  private follow(socket: AgentSocket, shown: Shown, person: ReadablePerson): void {
    const room = roomOf(person.conversationId);
    if (shown.room !== room) {
      void socket.leave(shown.room);
      shown.room = room;
    }
  }

  /** One that another window of theirs ended is taken up again by this one. */
  private async renew(): Promise<void> {
    const ids = this.ids();
    const renewed = ids.length === 0 ? [] : await this.database.query<{ id: string }>(renewWatches, [ids]);
    const known = new Set(renewed.map(({ id }) => id));
    for (const [socket, conversations] of this.shown) {
      for (const [conversation] of [...conversations].filter(
        ([, { watch }]) => !known.has(watch) && ids.includes(watch),
      )) {
        await this.begin(socket, conversation).catch((error: unknown) => this.note(error));
      }
    }
  }

  private ids(): string[] {
    const all = [...this.shown.values()].flatMap((conversations) => [...conversations.values()]);
    return [...new Set(all.map(({ watch }) => watch))];
  }

  private async hold(actor: Actor, person: ReadablePerson): Promise<string> {
    // What a dead console left must not become part of this watch.
    await this.endLapsed();
    return this.database.transaction(async (tx) => {
      const conversation = person.conversationId;
      const [watch] = await tx.query<{ id: string; begun: boolean }>(holdWatch, [uuid(), conversation, actor.id]);
      if (watch?.begun) {
        await this.news.tell(tx, { conversation, kind: 'watch', agentId: null });
        await recordAct(tx, { actorId: actor.id, action: 'conversation.watched', subject: conversation });
      }
      return watch?.id ?? '';
    });
  }

  /** Asked in one statement, since there is hardly ever anything to do. */
  private async endLapsed(): Promise<void> {
    const lapsed = await this.database.query(hasLapsed, [lapseSeconds]);
    if (lapsed.length > 0) {
      await this.settle(endLapsed, lapseSeconds);
    }
  }

  private settle(how: string, which: string[] | number): Promise<void> {
    return this.database.transaction(async (tx) => {
      const ended = await tx.query<EndedWatch & Record<string, unknown>>(how, [which]);
      for (const watch of ended) {
        await this.news.tell(tx, { conversation: watch.conversation_id, kind: 'watch', agentId: null });
      }
      await recordEnds(tx, ended);
    });
  }
}

const roomOf = (conversation: string): Shown['room'] => `watch:${conversation}`;

function mayWatch(actor: Actor): boolean {
  return actor.sessionId !== null && may(actor, 'steering.watch');
}

async function recordEnds(tx: Transaction, ended: EndedWatch[]): Promise<void> {
  for (const { conversation_id: subject, supervisor_id: actorId, seconds } of ended) {
    await recordAct(tx, { actorId, action: 'conversation.watch_ended', subject, details: { seconds } });
  }
}
