import { Injectable } from '@nestjs/common';
import type { Namespace } from 'socket.io';
import type { AgentEvents, VisitorEvents } from '#contract';
import type { Emission, Room } from './audience.js';
import { Metrics } from '../platform/operations/metrics.js';
import { LiveFeed, type Outlet } from './live-feed.service.js';
import { NodeLink, type Frame } from './node-link.js';

/** How long the clients of a node that missed something take to come back, one after another. */
const spreadMs = 2_000;

/**
 * Where frames leave: first to this process's own sockets, then to the other nodes. Rooms are named here and in the gateways only;
 * a frame for no room is for nobody.
 */
@Injectable()
export class SocketOutlet implements Outlet {
  private readonly namespaces: Partial<Record<Frame['to'], Namespace>> = {};

  constructor(
    private readonly link: NodeLink,
    live: LiveFeed,
    metrics: Metrics,
  ) {
    metrics.gauge({
      name: 'peyk_sockets',
      help: 'Open sockets of this node.',
      label: 'namespace',
      read: () => Object.fromEntries(Object.entries(this.namespaces).map(([to, { sockets }]) => [to, sockets.size])),
    });
    live.attach(this);
    link.on('frame', (frame) => this.show(frame));
    link.on('gap', () => this.renew());
  }

  /** A gateway's namespace, before anybody connects to it. */
  open(to: Frame['to'], namespace: Namespace): void {
    this.namespaces[to] = namespace;
    this.link.equip(to, namespace);
  }

  get isHeard(): boolean {
    return Object.values(this.namespaces).some(({ sockets }) => sockets.size > 0);
  }

  toAgents<Name extends keyof AgentEvents>(
    rooms: Room[],
    except: Room[],
    name: Name,
    ...payload: Parameters<AgentEvents[Name]>
  ): void {
    this.tell({ to: 'agents', rooms, except, name, payload });
    if (name === 'conversation.merged' || name === 'conversation.parted') {
      const people = rooms.flatMap((room) => (room.startsWith('person:') ? [room.slice('person:'.length)] : []));
      this.link.everywhere({ kind: 'merged', people });
    }
  }

  /** Every node knows what all its agents should hear, so this stays here. */
  toEveryAgent<Name extends keyof AgentEvents>(name: Name, ...payload: Parameters<AgentEvents[Name]>): void {
    this.show({ to: 'agents', rooms: null, except: [], name, payload });
  }

  toFormer({ rooms, except, changes }: Emission): void {
    const frame: Frame = { to: 'agents', rooms, except, name: 'conversation.changes', payload: [changes] };
    this.show(frame);
    // As a message and not by `carry`, which leaves it to the other nodes to read such frames for themselves.
    this.link.send({ kind: 'frame', ...frame });
  }

  toVisitors<Name extends keyof VisitorEvents>(
    identityIds: string[],
    name: Name,
    ...payload: Parameters<VisitorEvents[Name]>
  ): void {
    this.tell({ to: 'visitors', rooms: identityIds.map((id) => `identity:${id}`), except: [], name, payload });
  }

  /** For what every node says for itself. */
  toAgentsHere<Name extends keyof AgentEvents>(
    rooms: Room[],
    name: Name,
    ...payload: Parameters<AgentEvents[Name]>
  ): void {
    this.show({ to: 'agents', rooms, except: [], name, payload });
  }

  private tell(frame: Frame): void {
    if (frame.rooms?.length === 0) {
      return;
    }
    this.show(frame);
    this.link.carry(frame);
  }

  private show({ to, rooms, except, name, payload }: Frame): void {
    const namespace = this.namespaces[to];
    if (namespace && rooms?.length !== 0) {
      (rooms === null ? namespace.local : namespace.local.to(rooms).except(except)).emit(name, ...payload);
    }
  }

  /** Frames were missed. A client that reconnects says what it has and gets the rest, so all are made to, not all at once. */
  private renew(): void {
    for (const namespace of Object.values(this.namespaces)) {
      for (const socket of namespace.sockets.values()) {
        setTimeout(() => socket.conn.close(), Math.random() * spreadMs).unref();
      }
    }
  }
}
