import { createAdapter } from '@socket.io/redis-streams-adapter';
import { Redis, type RedisOptions } from 'ioredis';
import type { Namespace, Server } from 'socket.io';
import { Log } from '../platform/operations/log.js';
import { NodeLink, type Frame, type NodeMessage } from './node-link.js';

/** The adapter's readers end only between two waits, so a long wait would hold up the shutdown. */
const waitMs = 1_000;
const settleMs = 2_000;

/** Knows the connections that the adapter makes of it: its readers stop only when Redis answers, which a dead one never does. */
class Connections extends Redis {
  private readonly copies: Redis[] = [];

  override duplicate(override?: Partial<RedisOptions>): Redis {
    const copy = super.duplicate(override);
    this.copies.push(copy);
    return copy;
  }

  async finish(): Promise<void> {
    this.copies.forEach((copy) => copy.disconnect());
    if (this.status === 'ready') {
      await this.quit().catch(() => undefined);
    }
    this.disconnect();
  }
}

/**
 * Nodes that share a Redis: frames travel whole over its streams, and what nodes tell each other over its channels.
 *
 * This node's own sockets never wait for Redis: they got the frame already, so they are left out of the broadcast. While Redis is away
 * frames for the others are dropped rather than piled up; when it is back the others hear that there was a gap.
 */
export class RedisLink extends NodeLink {
  private readonly redis: Connections;
  /** Under which this installation's nodes meet; others may use the same Redis. */
  private readonly name: string;
  private readonly room: string;
  private namespaces: Partial<Record<Frame['to'], Namespace>> = {};
  private hasDropped = false;
  private isReported = false;
  private settling: NodeJS.Timeout | undefined;

  constructor(
    nodeId: string,
    { url, name }: { url: string; name: string },
    private readonly log: Log,
  ) {
    super(nodeId);
    this.name = `peyk:${name}`;
    this.room = `node:${nodeId}`;
    // The adapter does not look after what it publishes: a command that is given up on would end the process.
    this.redis = new Connections(url, {
      maxRetriesPerRequest: null,
      disconnectTimeout: 100,
      retryStrategy: (tries) => Math.min(100 * tries, 2_000),
    });
    this.redis.on('error', (error: Error) => this.report(error));
    this.redis.on('ready', () => this.back());
  }

  override equip(to: Frame['to'], namespace: Namespace): void {
    if (Object.keys(this.namespaces).length === 0) {
      (namespace.server as Server).adapter(
        createAdapter(this.redis, { streamName: this.name, channelPrefix: this.name, blockTimeInMs: waitMs }),
      );
    }
    this.namespaces[to] = namespace;
    namespace.on('connection', (socket) => void socket.join(this.room));
    if (to === 'agents') {
      namespace.on('node', (message: NodeMessage, node: string) => this.heard(message, node));
    }
  }

  override send(message: NodeMessage): void {
    if (this.isReady()) {
      this.namespaces.agents?.serverSideEmit('node', message, this.nodeId);
    }
  }

  override carry({ to, rooms, except, name, payload }: Frame): void {
    if (this.isReady()) {
      const everyoneElse = this.namespaces[to]?.except([...except, this.room]);
      (rooms === null ? everyoneElse : everyoneElse?.to(rooms))?.emit(name, ...payload);
    }
  }

  override open(): Promise<void> {
    return Promise.resolve();
  }

  override async close(): Promise<void> {
    clearTimeout(this.settling);
    await this.redis.finish();
  }

  private isReady(): boolean {
    const isReady = this.redis.status === 'ready';
    this.hasDropped ||= !isReady;
    return isReady;
  }

  /** The others may need a moment to be back as well. */
  private back(): void {
    this.isReported = false;
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      if (this.hasDropped && this.redis.status === 'ready') {
        this.hasDropped = false;
        this.send({ kind: 'gap' });
      }
    }, settleMs).unref();
  }

  private report(error: Error): void {
    if (!this.isReported) {
      this.isReported = true;
      this.log.warn('Redis is away: other nodes hear nothing until it is back.', { reason: error.message });
    }
  }
}
