import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Database } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { Log } from '../platform/operations/log.js';
import { dropVisits, holdVisits, sweepVisits, wishesOf } from './visitor-presence.query.js';

const leaseSeconds = 60;
const renewMs = 20_000;

interface Visit {
  id: string;
  identityId: string;
}

/**
 * Which visitors have the chat open, on whatever node: an agent must see whether a reply would be read here. Each socket of a visitor who
 * has written holds a lease. Consoles are told when somebody comes or goes who asked to be answered elsewhere.
 */
@Injectable()
export class VisitorPresence implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly visits = new Map<object, Visit>();
  private news: { came: Visit[]; left: Visit[] } = { came: [], left: [] };
  private timer: NodeJS.Timeout | null = null;
  private working = Promise.resolve();
  private isClosed = false;

  constructor(
    private readonly database: Database,
    private readonly bus: EventBus,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.renew(), renewMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer ?? undefined);
    const ids = [...this.visits.values()].map(({ id }) => id);
    this.visits.clear();
    this.inTurn(() => this.database.query(dropVisits, [ids]));
    await this.working;
    this.isClosed = true;
  }

  /** A socket of somebody who has written; again and again is the same as once. */
  arrive(socket: object, identityId: string): void {
    if (this.visits.has(socket)) {
      return;
    }
    const visit = { id: uuid(), identityId };
    this.visits.set(socket, visit);
    this.news.came.push(visit);
    this.soon();
  }

  depart(socket: object): void {
    const visit = this.visits.get(socket);
    if (visit) {
      this.visits.delete(socket);
      this.news.left.push(visit);
      this.soon();
    }
  }

  /** Resolves once everything so far is in the database and told. */
  settled(): Promise<void> {
    return this.working;
  }

  /** Whoever comes and goes while the statements before it run is settled at once: all may fall off and come back together. */
  private soon(): void {
    this.inTurn(async () => {
      const { came, left } = this.news;
      this.news = { came: [], left: [] };
      if (came.length + left.length > 0) {
        await this.settle(came, left);
      }
    });
  }

  private async settle(came: Visit[], left: Visit[]): Promise<void> {
    await this.hold(came);
    if (left.length > 0) {
      await this.database.query(dropVisits, [left.map(({ id }) => id)]);
    }
    await this.tell([...came, ...left].map(({ identityId }) => identityId));
  }

  private renew(): void {
    this.inTurn(async () => {
      await this.hold([...this.visits.values()]);
      await this.database.query(sweepVisits);
    });
  }

  private async hold(visits: Visit[]): Promise<void> {
    const held = new Set(this.visits.values());
    const live = visits.filter((visit) => held.has(visit));
    if (live.length > 0) {
      const parameters = [live.map(({ id }) => id), live.map(({ identityId }) => identityId), leaseSeconds];
      await this.database.query(holdVisits, parameters);
    }
  }

  /** Only who asked to be answered elsewhere makes a difference to where an agent answers. */
  private async tell(identityIds: string[]): Promise<void> {
    const wished = await this.database.query<{ address: string }>(wishesOf, [identityIds]);
    wished.forEach(({ address }) => this.bus.emit('address.changed', { kind: 'web', address }));
  }

  /** One at a time: a socket's going never overtakes its coming. */
  private inTurn(work: () => Promise<unknown>): void {
    this.working = this.working.then(async () => {
      if (!this.isClosed) {
        await work().catch((error: unknown) =>
          this.log.debug('The presence of visitors waits for the database.', { reason: String(error) }),
        );
      }
    });
  }
}
