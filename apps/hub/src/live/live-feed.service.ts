import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { AgentEvents, ConversationChanges, VisitorEvents } from '#contract';
import { Database, type Transaction } from '../database/database.js';
import { presentMessage } from '../desk/message.presenter.js';
import { readChangedMessages, type MessageRow } from '../desk/message-rows.query.js';
import type { Stored } from '../intake/accept-write.query.js';
import type { KnownArrival, Plan } from '../intake/plan-acceptance.js';
import { ChannelDirectory } from '../settings/channel-directory.service.js';
import { audienceOf, farewellOf, type Emission, type Leaving, type Room, type Workers } from './audience.js';
import { changesOfAcceptance } from './accepted-changes.js';
import { isForVisitor, presentForVisitor } from './visitor.presenter.js';
import { presentStanding, readStandings, type Standing } from './changes.query.js';

/** Where frames leave: the socket servers of this process. */
export interface Outlet {
  /** Whether a socket is open in this process. */
  readonly isHeard: boolean;
  toAgents<Name extends keyof AgentEvents>(
    rooms: Room[],
    except: Room[],
    name: Name,
    ...payload: Parameters<AgentEvents[Name]>
  ): void;
  toEveryAgent<Name extends keyof AgentEvents>(name: Name, ...payload: Parameters<AgentEvents[Name]>): void;
  /** Agents of all nodes whom a ticket left: other nodes cannot tell from what they read who heard of it before. */
  toFormer(farewell: Emission): void;
  /** Visitors by their identities: one sees what passed over its own, whatever else its person's conversation holds. */
  toVisitors<Name extends keyof VisitorEvents>(
    identityIds: string[],
    name: Name,
    ...payload: Parameters<VisitorEvents[Name]>
  ): void;
}

/** Something that tells other nodes which conversation rows moved. */
export interface Neighbours {
  tell(moves: { conversation: string; since: number }[]): void;
}

/** A frame with its audience and, in rows, what visitors may need of it. */
export interface Telling {
  changes: ConversationChanges;
  workers: Workers;
  holdsRestricted: boolean;
}

const maxMessagesPerFrame = 200;

/**
 * Tells who may hear what just became true. A writer notes the conversation rows it moves on its transaction; straight after the
 * commit their changes are read once and sent. The way in needs no read at all: it knows what it wrote.
 */
@Injectable()
export class LiveFeed implements OnApplicationShutdown {
  private readonly logger = new Logger(LiveFeed.name);
  private readonly reading = new Set<Promise<void>>();
  private isOver = false;
  private outlets: Outlet[] = [];
  private neighbours: Neighbours | null = null;
  private storage: 'up' | 'down' = 'up';

  constructor(
    private readonly database: Database,
    private readonly channels: ChannelDirectory,
  ) {}

  /** The sockets are closed by now and nobody hears what would be read. What is being read ends before the database is closed. */
  async onApplicationShutdown(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.reading);
  }

  attach(outlet: Outlet): void {
    this.outlets.push(outlet);
  }

  connect(neighbours: Neighbours): void {
    this.neighbours = neighbours;
  }

  /**
   * After this transaction commits, tells what changed in these conversation rows since the revs they had when locked. `leaving`:
   * a ticket of theirs that changed hands or queue, for those who had it before.
   */
  movedBy(tx: Transaction, parts: { id: string; rev: number }[], leaving: Leaving | null = null): void {
    tx.afterCommit(() =>
      this.moved(
        parts.map(({ id, rev }) => ({ conversation: id, since: rev })),
        leaving,
      ),
    );
  }

  /** Tells this process's sockets and the neighbours. */
  async moved(moves: { conversation: string; since: number }[], leaving: Leaving | null = null): Promise<void> {
    this.neighbours?.tell(moves);
    await this.show(moves, leaving);
  }

  /** What other nodes moved is read only where somebody hears it: whoever connects later asks for what they miss. */
  async overheard(moves: { conversation: string; since: number }[]): Promise<void> {
    if (this.outlets.some(({ isHeard }) => isHeard)) {
      await this.show(moves);
    }
  }

  /** Reads and tells what changed, to this process's sockets only. A failed read loses nothing: clients see the gap. */
  private async show(moves: { conversation: string; since: number }[], leaving: Leaving | null = null): Promise<void> {
    if (this.isOver) {
      return;
    }
    const reading = this.readAndTell(moves, leaving);
    this.reading.add(reading);
    await reading;
    this.reading.delete(reading);
  }

  private async readAndTell(moves: { conversation: string; since: number }[], leaving: Leaving | null): Promise<void> {
    try {
      (await this.read(moves)).forEach((telling) => this.tell(telling, leaving));
    } catch (error) {
      this.logger.warn(`changes could not be read for a frame: ${String(error)}`);
    }
  }

  /** The way in's own frames, straight from what it wrote. What moved more than it knows is read like any other change. */
  accepted(ready: KnownArrival[], plan: Plan, stored: Stored[]): void {
    const { tellings, unknown } = changesOfAcceptance(ready, plan, stored, this.channels);
    tellings.forEach((telling) => this.tell(telling));
    this.neighbours?.tell(
      tellings.map(({ changes }) => ({ conversation: changes.conversation, since: changes.since })),
    );
    if (unknown.length > 0) {
      void this.moved(unknown);
    }
  }

  /** The changes of conversation rows since given revs, with nothing withheld yet: the caller decides who hears them. */
  async read(moves: { conversation: string; since: number }[]): Promise<Telling[]> {
    const wanted = moves.map(({ conversation, since }) => ({ id: conversation, since }));
    // Messages are read after the revs that are said to cover them, so a change in between is told twice and never left out.
    const standings = await readStandings(this.database, wanted);
    const rows = await readChangedMessages(this.database, wanted, maxMessagesPerFrame + 1);
    return standings.map((standing) => {
      const mine = rows.filter((row) => row.conversation_id === standing.id);
      return {
        changes: this.changesOf(standing, mine),
        workers: { queueIds: standing.queue_ids, ownerIds: standing.owner_ids },
        holdsRestricted: [...mine, ...(standing.tickets ?? [])].some((row) => row.restricted),
      };
    });
  }

  /** What a console that connects now must know. */
  get storageState(): 'up' | 'down' {
    return this.storage;
  }

  /** Tells every console that inbound messages are kept aside, or that they are all in. */
  storageIs(storage: 'up' | 'down'): void {
    if (storage !== this.storage) {
      this.storage = storage;
      this.outlets.forEach((outlet) => outlet.toEveryAgent('hub.state', { storage }));
    }
  }

  toAgents<Name extends keyof AgentEvents>(rooms: Room[], name: Name, ...payload: Parameters<AgentEvents[Name]>): void {
    this.outlets.forEach((outlet) => outlet.toAgents(rooms, [], name, ...payload));
  }

  /** What is too much for a frame is told as an empty one ahead of everybody's rev: readers ask for the rest. */
  private changesOf(standing: Standing, rows: MessageRow[]): ConversationChanges {
    const changes = presentStanding(standing, 'all');
    if (rows.length > maxMessagesPerFrame) {
      return { ...changes, since: standing.rev, messages: [], tickets: [] };
    }
    return { ...changes, messages: rows.map((row) => presentMessage(row, this.channels)) };
  }

  private tell({ changes, workers, holdsRestricted }: Telling, leaving: Leaving | null = null): void {
    const farewell = leaving && farewellOf(changes, workers, leaving);
    if (farewell) {
      this.outlets.forEach((outlet) => outlet.toFormer(farewell));
    }
    for (const emission of audienceOf(changes, workers, holdsRestricted)) {
      this.outlets.forEach((outlet) =>
        outlet.toAgents(emission.rooms, emission.except, 'conversation.changes', emission.changes),
      );
    }
    for (const [identityId, messages] of Map.groupBy(
      changes.messages.filter(isForVisitor),
      (message) => message.identityId,
    )) {
      const frame = { since: changes.since, rev: changes.rev, messages: messages.map(presentForVisitor) };
      this.outlets.forEach((outlet) => outlet.toVisitors(identityId === null ? [] : [identityId], 'messages', frame));
    }
  }
}
