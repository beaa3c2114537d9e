import pg from 'pg';
import { Log } from '../platform/operations/log.js';
import { NodeLink, type Frame, type NodeMessage } from './node-link.js';
import { NotifyBatch, readPayload } from './notify-batch.js';

const channel = 'peyk_live';
const gatherMs = 30;
const pulseMs = 10_000;
const answerMs = 5_000;
const longestPauseMs = 10_000;

/**
 * Nodes that share a database tell each other by LISTEN and NOTIFY, on one connection that nothing else uses: NOTIFY takes a lock of
 * the whole cluster at commit, so it stays out of the transactions that write messages. What was said within 30 ms goes out at once.
 *
 * A lost connection comes back by itself. What we had to say meanwhile is kept; what others said is lost, so our clients are told
 * to catch up.
 */
export class NotifyLink extends NodeLink {
  private readonly batch = new NotifyBatch();
  private client: pg.Client | null = null;
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
    this.batch.add(message);
    this.timers.gather ??= setTimeout(() => void this.flush(), gatherMs);
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
      await this.client.query('select pg_notify($1, payload) from unnest($2::text[]) payload', [
        channel,
        this.batch.take(this.nodeId),
      ]);
    } catch (error) {
      this.log.debug('Other nodes could not be told.', { reason: String(error) });
    }
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
      await client.query(`listen ${channel}`);
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
    this.failures = 0;
    if (this.hasListened) {
      this.heard({ kind: 'gap' }, this.nodeId);
    }
    this.hasListened = true;
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

  /** A connection may be dead without anybody having said so. */
  private async pulse(): Promise<void> {
    const client = this.client;
    if (client === null) {
      return;
    }
    const late = setTimeout(() => {
      this.lost(client);
      void client.end().catch(() => undefined);
    }, answerMs);
    try {
      await client.query('select 1');
    } catch {
      this.lost(client);
    } finally {
      clearTimeout(late);
    }
  }

  private take(payload: string): void {
    const read = readPayload(payload);
    if (read && read.node !== this.nodeId) {
      read.messages.forEach((message) => this.heard(message, read.node));
    }
  }
}
