import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Sql } from '#channels';
import type { Actor } from '../../auth/actor.js';

/** A request as handlers get it. The guard sets `actor` before any handler runs; null where the route is open and nobody is signed in. */
export type HubRequest = FastifyRequest & {
  actor?: Actor | null;
  /** There under an Idempotency-Key: keeps the answer on the work's own transaction (see SettlesInTransaction). */
  settle?: (tx: Sql, value: unknown) => Promise<void>;
};
export type HubReply = FastifyReply;
export type HttpServer = FastifyInstance;
