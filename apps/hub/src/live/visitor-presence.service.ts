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
    this.inTurn(async () => {
      await this.hold([visit]);
      await this.tell(identityId);
    });
  }

  depart(socket: object): void {
    const visit = this.visits.get(socket);
    if (visit) {
      this.visits.delete(socket);
      this.inTurn(async () => {
        await this.database.query(dropVisits, [[visit.id]]);
        await this.tell(visit.identityId);
      });
    }
  }

  /** Resolves once everything so far is in the database and told. */
  settled(): Promise<void> {
    return this.working;
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
  private async tell(identityId: string): Promise<void> {
    const [wished] = await this.database.query<{ address: string }>(wishesOf, [identityId]);
    if (wished) {
      this.bus.emit('address.changed', { kind: 'web', address: wished.address });
    }
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
