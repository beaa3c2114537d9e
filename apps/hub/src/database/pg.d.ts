/** The part of node-postgres that this room uses; the package ships no types of its own. */
declare module 'pg' {
  import type { EventEmitter } from 'node:events';

  export interface QueryConfig {
    name?: string;
    text: string;
    values?: unknown[];
  }

  export interface QueryResult<Row> {
    rows: Row[];
    rowCount: number | null;
    command: string;
  }

  /** The connection under a client, as far as what speaks the protocol itself needs it. */
  export interface Connection {
    readonly stream: import('node:net').Socket;
    query(text: string): void;
    sendCopyFromChunk(chunk: Uint8Array): void;
    endCopyFrom(): void;
  }

  /** A query that takes the server's messages itself. */
  export interface Submittable {
    callback(): void;
    submit(connection: Connection): void;
    handleError(error: Error): void;
    handleCommandComplete(message: { text: string }): void;
    handleReadyForQuery(): void;
  }

  interface Queryable {
    query<Row extends object = Record<string, unknown>>(
      query: string | QueryConfig,
      values?: unknown[],
    ): Promise<QueryResult<Row>>;
  }

  export interface Notification {
    channel: string;
    payload?: string;
    processId: number;
  }

  export class Client extends EventEmitter implements Queryable {
    constructor(options: {
      connectionString: string;
      connectionTimeoutMillis?: number;
      application_name?: string;
      options?: string;
    });
    connect(): Promise<void>;
    end(): Promise<void>;
    query: Queryable['query'];
    on(event: 'notification', listener: (message: Notification) => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
    on(event: 'end', listener: () => void): this;
  }

  export interface PoolClient extends EventEmitter, Queryable {
    query: Queryable['query'] & (<Own extends Submittable>(own: Own) => Own);
    /** With an error the connection is thrown away instead of kept. */
    release(error?: Error | boolean): void;
  }

  export interface Pool extends EventEmitter, Queryable {
    connect(): Promise<PoolClient>;
    readonly totalCount: number;
    readonly idleCount: number;
    readonly waitingCount: number;
  }

  export const types: {
    getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown;
  };
}
