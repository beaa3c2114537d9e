import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { HubConfig } from '#config';
import { AccessInventory, noteRoutes } from './auth/access-inventory.js';
import { SetUpService } from './auth/accounts/set-up.service.js';
import { WebChats } from './auth/visitors/web-chats.service.js';
import type { Database } from './database/database.js';
import { isAway } from './database/is-away.js';
import { takeOwnership } from './database/owner-lock.js';
import { LeanSocketAdapter } from './live/lean-socket.adapter.js';
import { openStorage } from './open-storage.js';
import { HubModule } from './hub.module.js';
import { bodyLimit, registerBodyParsers } from './platform/http/body-parsers.js';
import { servePages } from './platform/http/console-files.js';
import { protect } from './platform/http/security-headers.js';
import { openWaitingRoom } from './platform/http/waiting-room.js';
import { Closers } from './platform/operations/closers.js';
import { Health } from './platform/operations/health.js';
import { createLog, toNestLogger, type Log } from './platform/operations/log.js';
import { OpenApiModule } from './platform/openapi/openapi.module.js';
import { Metrics } from './platform/operations/metrics.js';
import type { Foundation } from './platform/platform.module.js';
import { loadSecretKeys } from './platform/secret-keys.js';

export interface RunningHub {
  /** Where it listens, as this machine reaches it. */
  url: string;
  app: NestFastifyApplication;
  /** Opens `/setup` once; null when the hub has an administrator. */
  setUpToken: string | null;
  /** Lets what is being sent end, stops listening, lets what runs finish for ten seconds, then closes everything. */
  stop(): Promise<void>;
}

/** Where the build puts pages, seen from the built hub and from its sources. */
function findBuilt(name: string): string | null {
  const folders = ['../../..', '../../../dist'].map((path) => resolve(import.meta.dirname, path, name));
  return folders.find((folder) => existsSync(folder)) ?? null;
}

/** What requests under way have left to end in when the hub stops. */
const drainMs = 10_000;
const againMs = 1_000;

/** Before a signal can come, and where none does. */
const never = new AbortController().signal;

/**
 * Starts the whole hub: data folder, port, database, schema, rooms. The port is taken at once and says that the hub is not ready until
 * it is, which is when this resolves: without its database it waits. Throws with a sentence for the operator what waiting cannot
 * cure, and the reason of `signal` when that ends the wait; leaves nothing running then. `extraRooms` are for tests.
 */
export async function startHub(
  config: HubConfig,
  log: Log = createLog(config.logLevel),
  extraRooms: Type[] = [],
  signal: AbortSignal = never,
): Promise<RunningHub> {
  config.warnings.forEach((warning) => log.warn(warning));
  await mkdir(config.dataDir, { recursive: true });
  const closers = new Closers(log);
  try {
    const ownership = await takeOwnership(config.dataDir);
    closers.add(() => ownership.release());
    const waitingRoom = await openWaitingRoom(config);
    closers.add(() => waitingRoom.close());
    const database = await openStorage(config, { log, closers, signal });
    const secretKeys = await loadSecretKeys(config);
    const app = await openApp({ config, log, database, secretKeys }, extraRooms, signal);
    closers.add(() => closeApp(app));
    signal.throwIfAborted();
    await waitingRoom.close();
    await app.getHttpAdapter().getInstance().listen({ port: waitingRoom.port, host: config.host });
    return { url: urlOf(app, config), app, setUpToken: app.get(SetUpService).token, stop: () => closers.closeAll() };
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

/** All rooms, open, behind a port that is not. When the database goes away in the middle it is begun anew. */
async function openApp(
  foundation: Foundation,
  extraRooms: Type[],
  signal: AbortSignal,
): Promise<NestFastifyApplication> {
  for (;;) {
    signal.throwIfAborted();
    const app = await createApp(foundation, extraRooms);
    try {
      await furnish(app, foundation.config, foundation.database);
      return app;
    } catch (error) {
      await closeApp(app);
      if (!isAway(error) || signal.aborted) {
        throw error;
      }
      foundation.log.warn('The database went away while the hub started. It begins anew.');
    }
    await sleep(againMs, undefined, { signal }).catch(() => undefined);
  }
}

async function createApp(foundation: Foundation, extraRooms: Type[]): Promise<NestFastifyApplication> {
  const { config, log } = foundation;
  const adapter = new FastifyAdapter({
    bodyLimit,
    trustProxy: config.trustProxy.length > 0 ? config.trustProxy : false,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    requestTimeout: 120_000,
    routerOptions: { maxParamLength: 300 },
  });
  return NestFactory.create<NestFastifyApplication>(HubModule.on(foundation, [OpenApiModule, ...extraRooms]), adapter, {
    logger: toNestLogger(log),
    bodyParser: false,
    abortOnError: false,
  });
}

/** Everything between the rooms and the open port. What nobody declared is found before any room begins its work. */
async function furnish(app: NestFastifyApplication, config: HubConfig, database: Database): Promise<void> {
  const server = app.getHttpAdapter().getInstance();
  app.useWebSocketAdapter(new LeanSocketAdapter(app));
  const routes = noteRoutes(server);
  const inventory = app.get(AccessInventory);
  inventory.refuseUndeclared();
  protect(app, config);
  registerBodyParsers(server);
  const chats = app.get(WebChats, { strict: false });
  await servePages(
    server,
    { console: findBuilt('agent-ui'), widget: findBuilt('widget') },
    (channelId) => chats.find(channelId)?.allowedOrigins ?? null,
    config.publicUrl,
  );
  server.addHook('onSend', async (request, reply) => void reply.header('x-request-id', request.id));
  app.get(Metrics).watch(server);
  app.get(Health).add('database', () => database.healthy());
  await app.init();
  inventory.refuseUnknown(routes);
}

function urlOf(app: NestFastifyApplication, config: HubConfig): string {
  const { port } = app.getHttpServer().address() as AddressInfo;
  const host = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** A server that closes waits for its connections, and some would keep theirs forever: each has its time, over and over until it is done. */
async function closeApp(app: NestFastifyApplication): Promise<void> {
  const cut = setInterval(() => (app.getHttpServer() as Server).closeAllConnections(), drainMs);
  try {
    await app.close();
  } finally {
    clearInterval(cut);
  }
}
