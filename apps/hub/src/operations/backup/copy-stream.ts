import { once } from 'node:events';
import { Readable, Writable } from 'node:stream';
import { callbackify } from 'node:util';
import type { Connection, Submittable } from 'pg';

/** COPY … TO STDOUT as a stream of rows, one line of PostgreSQL's text format each. The server waits while nobody reads. */
export class CopyOut extends Readable implements Submittable {
  private connection: Connection | null = null;

  constructor(private readonly text: string) {
    super({ objectMode: true, highWaterMark: 256 });
  }

  callback(): void {}

  submit(connection: Connection): void {
    this.connection = connection;
    connection.query(this.text);
  }

  handleCopyData({ chunk }: { chunk: Uint8Array }): void {
    // The bytes belong to a buffer that the next message is read into.
    if (!this.push(Buffer.from(chunk))) {
      this.connection?.stream.pause();
    }
  }

  handleCommandComplete(): void {}

  handleError(error: Error): void {
    this.destroy(error);
  }

  handleReadyForQuery(): void {
    this.push(null);
  }

  override _read(): void {
    this.connection?.stream.resume();
  }
}

/** COPY … FROM STDIN as a stream to write into; it ends when the server has taken everything. */
export class CopyIn extends Writable implements Submittable {
  /** What the server says it took. */
  rows = 0;
  private readonly isWanted = Promise.withResolvers<Connection>();
  private readonly isTaken = Promise.withResolvers<void>();

  constructor(private readonly text: string) {
    super({ highWaterMark: 1 << 20 });
    this.isWanted.promise.catch(() => undefined);
    this.isTaken.promise.catch(() => undefined);
  }

  callback(): void {}

  submit(connection: Connection): void {
    connection.query(this.text);
  }

  handleCopyInResponse(connection: Connection): void {
    this.isWanted.resolve(connection);
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.rows = Number(/^COPY (\d+)/.exec(text)?.[1] ?? 0);
  }

  handleError(error: Error): void {
    this.isWanted.reject(error);
    this.isTaken.reject(error);
    this.destroy(error);
  }

  handleReadyForQuery(): void {
    this.isTaken.resolve();
  }

  override _write(chunk: Uint8Array, _encoding: string, done: (error: Error | null) => void): void {
    callbackify(() => this.send(chunk))(done);
  }

  override _final(done: (error: Error | null) => void): void {
    callbackify(() => this.close())(done);
  }

  private async send(chunk: Uint8Array): Promise<void> {
    const connection = await this.isWanted.promise;
    connection.sendCopyFromChunk(chunk);
    if (connection.stream.writableNeedDrain) {
      await once(connection.stream, 'drain');
    }
  }

  private async close(): Promise<void> {
    const connection = await this.isWanted.promise;
    connection.endCopyFrom();
    await this.isTaken.promise;
  }
}
