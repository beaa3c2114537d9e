import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AgentChoice, CdrTableSettings } from '#channels';

/** A table of records, open to be read. */
export interface CdrDatabase {
  query(text: string, values: string[]): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

const connectMs = 10_000;
const queryMs = 30_000;
const farewellMs = 2_000;
const usualPort = { mysql: 3306, postgresql: 5432 };

/**
 * Connects to an exchange's database, through the guard of addresses. Values come as text. Rejects with the error of the connection or the
 * server. The drivers are loaded when somebody has such a table.
 */
export async function openCdrDatabase(
  settings: CdrTableSettings,
  password: string,
  agentFor: AgentChoice,
): Promise<CdrDatabase> {
  const { host, engine } = settings;
  const agent = agentFor(new URL('http://records/'));
  let socket: Socket | null = null;
  const open = (): Socket => {
    socket = agent?.createConnection({ host, port: settings.port ?? usualPort[engine], timeout: connectMs }) as Socket;
    return socket;
  };
  const connect = engine === 'mysql' ? openMysql : openPostgres;
  const database = await connect(settings, password, open).catch((error: unknown) => {
    socket?.destroy();
    throw error;
  });
  return {
    query: (text, values) => database.query(text, values),
    close: () =>
      closeInTime(
        () => database.close(),
        () => socket?.destroySoon(),
      ),
  };
}

/** A server that hangs says no farewell either. */
async function closeInTime(close: () => Promise<void>, cut: () => void): Promise<void> {
  const said = new AbortController();
  await Promise.race([close(), sleep(farewellMs, null, { signal: said.signal }).catch(() => undefined)]);
  said.abort();
  cut();
}

function tlsOf({ tls, host }: CdrTableSettings): { rejectUnauthorized: boolean; servername: string } | undefined {
  return tls === 'off' ? undefined : { rejectUnauthorized: tls === 'verified', servername: host };
}

async function openMysql(settings: CdrTableSettings, password: string, open: () => Socket): Promise<CdrDatabase> {
  const { createConnection } = await import('mysql2/promise');
  const ssl = tlsOf(settings);
  const connection = await createConnection({
    stream: open,
    user: settings.username,
    password,
    database: settings.database,
    connectTimeout: connectMs,
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    ...(ssl && { ssl: { rejectUnauthorized: ssl.rejectUnauthorized } }),
  });
  return {
    query: async (sql, values) => {
      const [rows] = await connection.query({ sql, timeout: queryMs }, values);
      return rows as Record<string, unknown>[];
    },
    close: () => connection.end().catch(() => connection.destroy()),
  };
}

async function openPostgres(settings: CdrTableSettings, password: string, open: () => Socket): Promise<CdrDatabase> {
  const { Client } = await import('pg');
  const ssl = tlsOf(settings);
  const options = {
    // The guarded socket connects by itself; the driver would have it connect again.
    stream: () => connecting(open()),
    host: settings.host,
    user: settings.username,
    password,
    database: settings.database,
    connectionTimeoutMillis: connectMs,
    query_timeout: queryMs,
    types: { getTypeParser: () => String },
    ...(ssl && { ssl }),
  };
  const client = new Client(options as unknown as ConstructorParameters<typeof Client>[0]);
  client.on('error', () => undefined);
  await client.connect();
  await client.query(`select set_config('TimeZone', $1, false)`, [settings.timeZone]);
  return {
    query: async (text, values) => (await client.query(text, values)).rows,
    close: () => client.end().catch(() => undefined),
  };
}

function connecting(socket: Socket): Socket {
  return Object.assign(socket, { connect: () => socket });
}
