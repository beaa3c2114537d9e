import type { BackendFactory, Job, PgPool, PostgresConnectionOptions, Queue, Worker } from 'bullmq';
import type { LogFields } from '../operations/log.js';

/** The part of the library that is used, loaded only when jobs begin: with its clients it is 15 MB. */
type Library = typeof import('bullmq');

export interface JobPlace {
  /** Redis when there is one, else the database itself. */
  redisUrl: string | null;
  databaseUrl: string;
  /** Under which this installation's jobs are kept in a Redis that others may use too. */
  name: string;
}

/** Makes queues and workers in one place, over few connections. */
export interface JobBackend {
  createQueue(name: string): Queue;
  createWorker(name: string, process: (job: Job) => Promise<void>): Worker;
  close(): Promise<void>;
}

export type Complain = (message: string, error: unknown, fields?: LogFields) => void;

/** In the database jobs have a schema of their own, so that no migration of ours ever meets theirs. */
const schema = 'bullmq';

/**
 * A process that dies leaves its job to others within 15 s. Jobs are made to be repeated, so being left behind is no reason to
 * give one up.
 */
const pace = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 1_000, runRetryDelay: 5_000 };
/** Each of the two workers listens on a connection of its own; both share the third, which an idle database keeps for them. */
const maxConnections = 3;

export async function openJobBackend(place: JobPlace, complain: Complain): Promise<JobBackend> {
  const library = await import('bullmq');
  return place.redisUrl === null
    ? openInDatabase(library, place.databaseUrl, complain)
    : openInRedis(library, { url: place.redisUrl, prefix: `peyk:${place.name}:jobs` });
}

async function openInDatabase(library: Library, url: string, complain: Complain): Promise<JobBackend> {
  const connection = new library.PostgresConnection({
    connectionString: url,
    schema,
    max: maxConnections,
    keepAlive: true,
    idleTimeoutMillis: 10_000,
    connectionTimeoutMillis: 5_000,
    application_name: 'peyk jobs',
  });
  connection.on('error', (error) => complain('A connection of the jobs was lost.', error));
  // The pool listens only to those that nobody uses; unheard, the loss of one that is used would end the process.
  connection.pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await migrate(library, connection.pool);
  } catch (error) {
    await connection.close();
    throw error;
  }
  const factory = library.createPostgresBackend as unknown as BackendFactory;
  const options = { connection: connection.pool as PostgresConnectionOptions as object };
  return {
    createQueue: (name) => new library.Queue(name, options, factory) as Queue,
    createWorker: (name, process) =>
      new library.Worker(name, process, { ...options, ...pace, autorun: false }, factory) as Worker,
    close: () => connection.close(),
  };
}

/** One look when there is nothing to do. Nodes that start together take turns on the library's own lock. */
async function migrate(library: Library, pool: PgPool): Promise<void> {
  const client = await pool.connect();
  let isMigrated = false;
  try {
    const version = await library.assertSchemaCompatibility(client, schema).catch((error: unknown) => {
      if (error instanceof library.SchemaMigrationRequiredError) {
        return 0;
      }
      throw error;
    });
    if (version < library.LATEST_SCHEMA_VERSION) {
      // A connection keeps in memory what it has changed of the schema, so this one is closed and not used any more.
      isMigrated = true;
      await library.runMigrations(client, schema);
    }
  } finally {
    client.release(isMigrated);
  }
}

function openInRedis(library: Library, { url, prefix }: { url: string; prefix: string }): JobBackend {
  const options = { connection: { url, maxRetriesPerRequest: null }, prefix };
  return {
    createQueue: (name) => new library.Queue(name, options),
    createWorker: (name, process) => new library.Worker(name, process, { ...options, ...pace, autorun: false }),
    close: () => Promise.resolve(),
  };
}
