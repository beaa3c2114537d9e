import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { v7 as uuid } from 'uuid';
import type { HubConfig } from '#config';
import { AccessInventory, noteRoutes } from './auth/access-inventory.js';
import { SetUpService } from './auth/accounts/set-up.service.js';
import type { Database } from './database/database.js';
import { openStorage, type Storage } from './open-storage.js';
import { HubModule } from './hub.module.js';
import { bodyLimit, registerBodyParsers } from './platform/http/body-parsers.js';
import { servePages } from './platform/http/console-files.js';
import { protect } from './platform/http/security-headers.js';
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
  /** Stops listening, lets what runs finish for ten seconds, then closes everything. */
  stop(): Promise<void>;
}

/** Where the build puts pages, seen from the built hub and from its sources. */
function findBuilt(name: string): string | null {
  const folders = ['../../..', '../../../dist'].map((path) => resolve(import.meta.dirname, path, name));
  return folders.find((folder) => existsSync(folder)) ?? null;
}

const drainMs = 10_000;

/**
 * Starts the whole hub: data folder, database, schema, rooms, port. Throws with a sentence for the operator, and leaves nothing
 * running then. `extraRooms` are for tests.
 */
export async function startHub(
  config: HubConfig,
  log: Log = createLog(config.logLevel),
  extraRooms: Type[] = [],
): Promise<RunningHub> {
  await mkdir(config.dataDir, { recursive: true });
  const storage = await openStorage(config, log);
  let app: NestFastifyApplication | null = null;
  const stop = (): Promise<void> => closeAll(app, storage);
  try {
    app = await createApp(
      { config, log, database: storage.database, secretKeys: await loadSecretKeys(config) },
      extraRooms,
    );
    await furnish(app, config, storage.database);
    await app.getHttpAdapter().getInstance().listen({ port: config.port, host: config.host });
    return { url: urlOf(app, config), app, setUpToken: app.get(SetUpService).token, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function createApp(foundation: Foundation, extraRooms: Type[]): Promise<NestFastifyApplication> {
  const { config, log } = foundation;
  const adapter = new FastifyAdapter({
    bodyLimit,
    trustProxy: config.trustProxy.length > 0 ? config.trustProxy : false,
    genReqId: () => uuid(),
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
  const routes = noteRoutes(server);
  const inventory = app.get(AccessInventory);
  inventory.refuseUndeclared();
  protect(app, config);
  registerBodyParsers(server);
  await servePages(server, { console: findBuilt('agent-ui'), widget: findBuilt('widget') });
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

async function closeAll(app: NestFastifyApplication | null, storage: Storage): Promise<void> {
  const cut = setTimeout(() => app?.getHttpServer().closeAllConnections(), drainMs);
  try {
    await app?.close();
  } finally {
    clearTimeout(cut);
    await storage.close();
  }
}
