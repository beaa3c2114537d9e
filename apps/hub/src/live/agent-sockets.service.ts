import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { DefaultEventsMap, Socket } from 'socket.io';
import type { AgentCalls, AgentEvents, ConversationChanges } from '#contract';
import { GuardedAccess, type ReadablePerson } from '../auth/access.js';
import type { Actor } from '../auth/actor.js';
import { EventBus } from '../events/event-bus.js';
import { conflict, notFound } from '../platform/errors/api-error.js';
import { Log } from '../platform/operations/log.js';
import { AgentStandings, type Standing } from './agent-standings.service.js';
import { Companions } from './companions.service.js';
import { NodeLink } from './node-link.js';

/** Who is behind a socket. `person` rooms are not among `rooms`: they are in `watched`, by the id that was asked for. */
export interface AgentSeat extends Standing {
  watched: Map<string, ReadablePerson>;
  /** People of whom it hears nothing until its rights on them are read again; by their roots' conversations. */
  silent: Set<string>;
  /** The turn of rights changes that it was read in. */
  turn: number;
  /** The last opening or closing of a person: the next one waits for it, so that they end in the order they were asked for. */
  opening: Promise<unknown>;
}

/** `actor` is what the access guard reads. */
export type AgentSocket = Socket<AgentCalls, AgentEvents, DefaultEventsMap, { actor: Actor; seat: AgentSeat }>;

const lookMs = 30_000;
const retryMs = 500;
/** People that one console may have open at once. */
const maxWatched = 100;

/**
 * Who is connected and what they hear. Rights are read when a socket comes and again whenever they change; here at once, and every
 * half minute for changes that no message told of.
 */
@Injectable()
export class AgentSockets implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly seated = new Set<AgentSocket>();
  /** Counts rights changes: what was read in an earlier turn is read again before it is used. */
  private turn = 0;
  private checking: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly standings: AgentStandings,
    private readonly access: GuardedAccess,
    private readonly companions: Companions,
    private readonly log: Log,
    bus: EventBus,
    link: NodeLink,
  ) {
    bus.on('rights.changed', ({ agentId }) => this.changed((seat) => seat.actor.id === agentId, true));
    link.on('merged', ({ people }) => {
      this.silence(people);
      this.changed((seat) => seat.watched.size > 0, false);
    });
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.check(() => true, false), lookMs);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer ?? undefined);
  }

  /** Who is knocking; null when their credentials do not hold. */
  async identify(headers: AgentSocket['handshake']['headers']): Promise<AgentSeat | null> {
    const turn = this.turn;
    const standing = await this.standings.identify(headers);
    return standing && { ...standing, watched: new Map(), silent: new Set(), turn, opening: Promise.resolve() };
  }

  /** Takes a socket in. Returns whether it may stay: its rights may have gone while it was being let in. */
  async enter(socket: AgentSocket): Promise<boolean> {
    this.seated.add(socket);
    void socket.join(socket.data.seat.rooms);
    if (socket.data.seat.turn !== this.turn) {
      await this.check((seat) => seat === socket.data.seat, false);
    }
    return this.seated.has(socket);
  }

  leave(socket: AgentSocket): void {
    this.seated.delete(socket);
    socket.data.seat.watched.forEach((person) => this.companions.leave(person.conversationId, socket));
    socket.data.seat.watched.clear();
  }

  /** Puts the socket in the person's room. Throws notFound alike for nobody and for somebody that is not theirs to read. */
  watch(socket: AgentSocket, conversation: string): Promise<ReadablePerson> {
    return inOrder(socket.data.seat, () => this.watchNow(socket, conversation));
  }

  unwatch(socket: AgentSocket, conversation: string): Promise<void> {
    return inOrder(socket.data.seat, () => this.unwatchNow(socket, conversation));
  }

  private async watchNow(socket: AgentSocket, conversation: string): Promise<ReadablePerson> {
    const { seat } = socket.data;
    if (seat.watched.size >= maxWatched && !seat.watched.has(conversation)) {
      throw conflict('too_many_open', 'Close a conversation before opening another.');
    }
    for (;;) {
      const turn = this.turn;
      const person = await this.access.getPerson(seat.actor, conversation);
      if (!socket.connected) {
        throw notFound('This socket');
      }
      if (turn === this.turn) {
        seat.watched.set(conversation, person);
        seat.silent.delete(person.conversationId);
        this.meet(socket, person.conversationId);
        return person;
      }
    }
  }

  private unwatchNow(socket: AgentSocket, conversation: string): void {
    const { seat } = socket.data;
    const person = seat.watched.get(conversation);
    seat.watched.delete(conversation);
    if (person && !peopleIn(seat).has(person.conversationId)) {
      this.part(socket, person.conversationId);
    }
  }

  /** A program that listens is nobody whom teammates would see. */
  private meet(socket: AgentSocket, person: string): void {
    const { actor, name } = socket.data.seat;
    void socket.join(`person:${person}`);
    if (actor.sessionId !== null) {
      this.companions.join(person, socket, { id: actor.id, name });
    }
  }

  private part(socket: AgentSocket, person: string): void {
    this.companions.leave(person, socket);
    void socket.leave(`person:${person}`);
  }

  /** Who may read them may be others by now, and a frame must not be quicker than the answer to that. */
  private silence(people: string[]): void {
    for (const socket of this.seated) {
      const { watched, silent } = socket.data.seat;
      for (const { conversationId } of watched.values()) {
        if (people.includes(conversationId)) {
          silent.add(conversationId);
          void socket.leave(`person:${conversationId}`);
        }
      }
    }
  }

  private changed(concerns: (seat: AgentSeat) => boolean, isTold: boolean): void {
    this.turn += 1;
    void this.check(concerns, isTold);
  }

  /** Reads rights again, one check after the other, so that an older answer never overtakes a newer one. */
  private check(concerns: (seat: AgentSeat) => boolean, isTold: boolean): Promise<void> {
    this.checking = this.checking.then(() => this.checkNow(concerns, isTold));
    return this.checking;
  }

  private async checkNow(concerns: (seat: AgentSeat) => boolean, isTold: boolean): Promise<void> {
    const sockets = [...this.seated].filter(({ data }) => concerns(data.seat));
    if (sockets.length === 0) {
      return;
    }
    try {
      const standings = await this.standings.list(sockets.map(({ data }) => data.seat.actor));
      for (const [index, socket] of sockets.entries()) {
        await this.settle(socket, standings[index] ?? null, isTold);
      }
    } catch (error) {
      this.log.warn('Rights behind open sockets could not be read.', { reason: String(error) });
      if (isTold || sockets.some(({ data }) => data.seat.silent.size > 0)) {
        setTimeout(() => void this.check(concerns, isTold), retryMs).unref();
      }
    }
  }

  private async settle(socket: AgentSocket, now: Standing | null, isTold: boolean): Promise<void> {
    const { seat } = socket.data;
    if (!this.seated.has(socket)) {
      return;
    }
    if (now === null) {
      socket.disconnect(true);
      return;
    }
    const isChanged =
      now.actor.role !== seat.actor.role || now.rooms.toSorted().join() !== seat.rooms.toSorted().join();
    seat.rooms.filter((room) => !now.rooms.includes(room)).forEach((room) => void socket.leave(room));
    void socket.join(now.rooms);
    Object.assign(seat, now);
    socket.data.actor = seat.actor;
    await this.settleWatched(socket);
    if (isTold || isChanged) {
      socket.emit('rights.changed');
    }
  }

  /** Whom a socket may no longer read it no longer hears; a person who was merged goes by another name now. */
  private async settleWatched(socket: AgentSocket): Promise<void> {
    const { seat } = socket.data;
    const wanted = [...seat.watched.keys()];
    if (wanted.length === 0) {
      return;
    }
    const readable = await this.readNow(seat.actor, wanted);
    const before = peopleIn(seat);
    for (const name of wanted.filter((one) => seat.watched.has(one))) {
      const person = readable.get(name);
      if (person) {
        seat.watched.set(name, person);
      } else {
        seat.watched.delete(name);
      }
    }
    const now = peopleIn(seat);
    [...before].filter((person) => !now.has(person)).forEach((person) => this.part(socket, person));
    [...now].filter((person) => !before.has(person)).forEach((person) => this.meet(socket, person));
    this.hearAgain(socket);
  }

  /** An answer that a change overtook is asked for again. */
  private async readNow(actor: Actor, wanted: string[]): Promise<Map<string, ReadablePerson>> {
    for (;;) {
      const turn = this.turn;
      const found = await this.access.listPersons(actor, wanted);
      if (turn === this.turn) {
        return new Map(found.map(({ wanted: name, person }) => [name, person]));
      }
    }
  }

  /** What was said while it heard nothing is asked for: an empty frame stands ahead of what it has. */
  private hearAgain(socket: AgentSocket): void {
    const { seat } = socket.data;
    const people = new Map([...seat.watched.values()].map((person) => [person.conversationId, person]));
    for (const person of [...people.values()].filter(({ conversationId }) => seat.silent.has(conversationId))) {
      this.meet(socket, person.conversationId);
      hintsOf(person).forEach((hint) => socket.emit('conversation.changes', hint));
    }
    seat.silent.clear();
  }
}

/** Frames that say where the rows of a person stand, and nothing of what is in them. */
function hintsOf({ conversationId, customerId, name, holder, parts }: ReadablePerson): ConversationChanges[] {
  return parts.map(({ id, rev, lastSeq }) => ({
    person: conversationId,
    conversation: id,
    since: rev,
    rev,
    lastSeq,
    holder,
    customer: { id: customerId, name },
    messages: [],
    tickets: [],
  }));
}

/** The people whom a socket hears, by their roots' conversations. */
function peopleIn(seat: AgentSeat): Set<string> {
  return new Set([...seat.watched.values()].map(({ conversationId }) => conversationId));
}

function inOrder<T>(seat: AgentSeat, work: () => T | Promise<T>): Promise<T> {
  const result = seat.opening.then(work);
  seat.opening = result.catch(() => undefined);
  return result;
}
