import pg from 'pg';
import { Log } from '../platform/operations/log.js';
import { NodeLink, type Frame, type NodeMessage } from './node-link.js';
import { greeting, liveChannel, NotifyBatch, readPayload } from './notify-batch.js';
import { PieceJoiner } from './notify-pieces.js';

const gatherMs = 30;
const pulseMs = 10_000;
const answerMs = 5_000;
/** A node that missed three pulses is gone. */
const forgetMs = 35_000;
const longestPauseMs = 10_000;

/**
 * Nodes that share a database tell each other by LISTEN and NOTIFY, on one connection that nothing else uses: NOTIFY takes a lock of
 * the whole cluster at commit, so it stays out of the transactions that write messages. What was said within 30 ms goes out at once.
 *
 * A node says that it is there when it begins to listen and then every ten seconds; one that has heard of no other says nothing
 * else, because a commit for nobody would be a quarter of what a lone hub writes. Who hears a node for the first time answers with
 * a gap: what moved before they knew of each other was told to nobody.
 *
 * A lost connection comes back by itself. What we had to say meanwhile is kept; what others said is lost, so our clients are told
 * to catch up.
 */
export class NotifyLink extends NodeLink {
  private readonly batch = new NotifyBatch();
  private readonly pieces = new PieceJoiner();
  private client: pg.Client | null = null;
  /** One statement at a time: the client would queue them, and complain. */
  private saying: Promise<unknown> = Promise.resolve();
  /** Other nodes, by when they were last heard: milliseconds of the process. */
  private readonly others = new Map<string, number>();
  private timers: { gather?: NodeJS.Timeout | undefined; pulse?: NodeJS.Timeout; retry?: NodeJS.Timeout } = {};
  private failures = 0;
  private hasListened = false;
  private isClosed = false;

  constructor(
    nodeId: string,
    private readonly url: string,
    private readonly log: Log,
  ) {
    super(nodeId);
  }

  override async open(): Promise<void> {
    await this.connect();
    this.timers.pulse = setInterval(() => void this.pulse(), pulseMs);
  }

  override async close(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.timers.pulse);
    clearTimeout(this.timers.gather);
    clearTimeout(this.timers.retry);
    const client = this.client;
    this.client = null;
    await client?.end().catch(() => undefined);
  }

  override send(message: NodeMessage): void {
    if (this.others.size > 0) {
      this.batch.add(message);
      this.timers.gather ??= setTimeout(() => void this.flush(), gatherMs);
    }
  }

  /** Content is not carried: the others load it themselves when they hear of the move. */
  override carry(frame: Frame): void {
    if (frame.name !== 'conversation.changes' && frame.name !== 'messages') {
      this.send({ kind: 'frame', ...frame });
    }
  }

  private async flush(): Promise<void> {
    this.timers.gather = undefined;
    if (this.client === null || this.batch.isEmpty) {
      return;
    }
    try {
      await this.say(this.client, this.batch.take(this.nodeId));
    } catch (error) {
      this.log.debug('Other nodes could not be told.', { reason: String(error) });
    }
  }

  private say(client: pg.Client, payloads: string[]): Promise<unknown> {
    const said = this.saying.then(() =>
      client.query('select pg_notify($1, payload) from unnest($2::text[]) payload', [liveChannel, payloads]),
    );
    this.saying = said.catch(() => undefined);
    return said;
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.url,
      connectionTimeoutMillis: answerMs,
      application_name: 'peyk live',
      // A notification is a hint that may be lost; it must not make the messages' own commits wait for one more flush.
      options: '-c synchronous_commit=off',
    });
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    client.on('notification', ({ payload }) => this.take(payload ?? ''));
    try {
      await client.connect();
      await client.query(`listen ${liveChannel}`);
    } catch (error) {
      this.log.debug('The link to other nodes waits for the database.', { reason: String(error) });
      await client.end().catch(() => undefined);
      this.retry();
      return;
    }
    if (this.isClosed) {
      await client.end().catch(() => undefined);
      return;
    }
    this.adopt(client);
  }

  private adopt(client: pg.Client): void {
    this.client = client;
    this.saying = Promise.resolve();
    this.failures = 0;
    if (this.hasListened) {
      this.heard({ kind: 'gap' }, this.nodeId);
    }
    this.hasListened = true;
    void this.pulse();
    void this.flush();
  }

  private lost(client: pg.Client): void {
    if (this.client === client) {
      this.client = null;
      this.retry();
    }
  }

  private retry(): void {
    if (!this.isClosed) {
      const pause = Math.min(200 * 2 ** this.failures, longestPauseMs) * (0.5 + Math.random() / 2);
      this.failures += 1;
      clearTimeout(this.timers.retry);
      this.timers.retry = setTimeout(() => void this.connect(), pause);
    }
  }

  /** Says that this node is there, and finds a connection that died without anybody having said so. */
  private async pulse(): Promise<void> {
    const now = performance.now();
    this.others.forEach((heard, node) => heard < now - forgetMs && this.forget(node));
    const client = this.client;
    if (client === null) {
      return;
    }
    const late = setTimeout(() => {
      this.lost(client);
      void client.end().catch(() => undefined);
    }, answerMs);
    try {
      await this.say(client, [greeting(this.nodeId)]);
    } catch {
      this.lost(client);
    } finally {
      clearTimeout(late);
    }
  }

  private forget(node: string): void {
    this.others.delete(node);
    this.pieces.forget(node);
  }

  private take(payload: string): void {
    const read = readPayload(payload);
    if (read && read.node !== this.nodeId) {
      const isNew = !this.others.has(read.node);
      this.others.set(read.node, performance.now());
      if (isNew) {
        this.send({ kind: 'gap' });
      }
      const whole = read.messages.flatMap((message) => this.pieces.take(read.node, message) ?? []);
      whole.forEach((message) => this.heard(message, read.node));
    }
  }
}
