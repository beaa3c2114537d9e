import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Database } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { Log } from '../platform/operations/log.js';
import { Metrics } from '../platform/operations/metrics.js';
import {
  agentStates,
  dropLeases,
  holdLeases,
  leaseSeconds,
  sweepLeases,
  type AgentStateRow,
} from './agent-presence.query.js';
import { NodeLink } from './node-link.js';
import { SocketOutlet } from './socket-outlet.service.js';

const renewMs = 10_000;

interface Lease {
  id: string;
  agentId: string;
}

/**
 * Who is at their console. Each open socket of a signed-in agent holds a lease; the router gives work only to agents who have one, and
 * a node that dies lets its leases lapse. Consoles hear when an agent comes, goes or changes their status.
 */
@Injectable()
export class PresenceService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly leases = new Map<object, Lease>();
  /** What consoles were told last, by agent. Empty until the first look. */
  private readonly told = new Map<string, string>();
  private news = noNews();
  private timer: NodeJS.Timeout | null = null;
  private working = Promise.resolve();
  private isClosed = false;

  constructor(
    private readonly database: Database,
    private readonly bus: EventBus,
    private readonly outlet: SocketOutlet,
    private readonly link: NodeLink,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    metrics.gauge({
      name: 'peyk_agents_present',
      help: 'Agents with an open console on this node.',
      read: () => new Set([...this.leases.values()].map(({ agentId }) => agentId)).size,
    });
    // Whoever says that an agent may take work, or that something about one changed, may have changed their status.
    bus.on('agent.available', ({ agentId }) => this.changed(agentId));
    bus.on('rights.changed', ({ agentId }) => this.changed(agentId));
    bus.on('team.changed', () => outlet.toEveryAgent('team.changed'));
    link.on('agent', ({ agentId }) => void this.inTurn(() => this.look([agentId])));
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.renewNow(), renewMs);
    void this.inTurn(() => this.look(null));
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer ?? undefined);
    const ids = [...this.leases.values()].map(({ id }) => id);
    this.leases.clear();
    await this.inTurn(async () => void (await this.database.query(dropLeases, [ids])));
    this.isClosed = true;
  }

  arrive(socket: object, agentId: string): void {
    const lease = { id: uuid(), agentId };
    this.leases.set(socket, lease);
    this.news.came.push(lease);
    this.soon();
  }

  depart(socket: object): void {
    const lease = this.leases.get(socket);
    if (lease) {
      this.leases.delete(socket);
      this.news.left.push(lease);
      this.soon();
    }
  }

  /** Resolves once everything so far is in the database and told. */
  settled(): Promise<void> {
    return this.inTurn(() => Promise.resolve());
  }

  /** Renews every lease of this node, drops those that lapsed anywhere, and tells what changed. */
  renewNow(): Promise<void> {
    return this.inTurn(() => this.renew());
  }

  private changed(agentId: string): void {
    this.news.changed.add(agentId);
    this.soon();
  }

  /** What piles up while the statements before it run is settled at once. */
  private soon(): void {
    void this.inTurn(async () => {
      const { came, left, changed } = this.news;
      this.news = noNews();
      const agentIds = [...new Set([...[...came, ...left].map(({ agentId }) => agentId), ...changed])];
      if (agentIds.length > 0) {
        await this.settle(came, left, agentIds);
      }
    });
  }

  /** An agent who is online and has just come may take work. */
  private async settle(came: Lease[], left: Lease[], agentIds: string[]): Promise<void> {
    await this.hold(came);
    if (left.length > 0) {
      await this.database.query(dropLeases, [left.map(({ id }) => id)]);
    }
    const states = await this.look(agentIds);
    agentIds.forEach((agentId) => this.link.send({ kind: 'agent', agentId }));
    const comers = new Set(came.map(({ agentId }) => agentId));
    for (const { id, status, present } of states) {
      if (comers.has(id) && present && status === 'online') {
        this.bus.emit('agent.available', { agentId: id });
      }
    }
    this.tellLost(
      states,
      left.map(({ agentId }) => agentId),
    );
  }

  /** Whoever is not there any more does not answer what they were asked. */
  private tellLost(states: AgentStateRow[], leavers: string[]): void {
    for (const { id, present } of states) {
      if (!present && leavers.includes(id)) {
        this.bus.emit('agent.lost', { agentId: id });
      }
    }
  }

  private async renew(): Promise<void> {
    await this.hold([...this.leases.values()]);
    const lapsed = await this.database.query<{ agent_id: string }>(sweepLeases);
    this.tellLost(
      await this.look(null),
      lapsed.map(({ agent_id: agentId }) => agentId),
    );
  }

  /** A socket that left while this waited holds nothing. */
  private async hold(leases: Lease[]): Promise<void> {
    const held = new Set(this.leases.values());
    const live = leases.filter((lease) => held.has(lease));
    if (live.length > 0) {
      const parameters = [live.map(({ id }) => id), live.map(({ agentId }) => agentId), this.link.nodeId, leaseSeconds];
      await this.database.query(holdLeases, parameters);
    }
  }

  /** Tells every console here what differs from what it was told. */
  private async look(agentIds: string[] | null): Promise<AgentStateRow[]> {
    const states = await this.database.query<AgentStateRow>(agentStates, [agentIds]);
    for (const { id, status, present } of states) {
      const state = `${status} ${String(present)}`;
      if (this.told.get(id) !== state) {
        this.told.set(id, state);
        this.outlet.toEveryAgent('agent.state', { id, status, present });
      }
    }
    return states;
  }

  /** One at a time: a socket's going never overtakes its coming, nor an older look a newer one. */
  private inTurn(work: () => Promise<unknown>): Promise<void> {
    this.working = this.working.then(async () => {
      if (this.isClosed) {
        return;
      }
      try {
        await work();
      } catch (error) {
        this.log.debug('Presence waits for the database.', { reason: String(error) });
      }
    });
    return this.working;
  }
}

interface News {
  came: Lease[];
  left: Lease[];
  changed: Set<string>;
}

function noNews(): News {
  return { came: [], left: [], changed: new Set() };
}
