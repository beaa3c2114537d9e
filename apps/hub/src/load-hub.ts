import nodeModule from 'node:module';
import { resolve } from 'node:path';

type RunHub = typeof import('./run-hub.js').runHub;

/** What the hub is made of, in parts of about the same size, each before those that stand on it. */
const parts = [
  () => import('typeorm'),
  () => import('@nestjs/common'),
  () => import('@nestjs/core'),
  () => import('@nestjs/platform-fastify'),
  () => import('class-validator'),
  () => import('#channels'),
  () => import('#bots'),
  () => import('#tickets'),
  () => import('./auth/auth.module.js'),
  () => import('./settings/settings.module.js'),
  () => import('./desk/desk.module.js'),
  () => import('./calls/calls.module.js'),
  () => import('./run-hub.js'),
];

/**
 * Loads all that the hub needs to run, compiled once and kept beside the build, where nobody else writes; a folder that is read-only
 * keeps nothing, and every start compiles. The build does this once, so that the first start finds it done.
 *
 * Node holds what it read or wrote of that folder until it is told that it may let go, 22 MB after a whole start. Told after each part,
 * it reads the next into the same room.
 */
export async function loadHub(): Promise<RunHub> {
  nodeModule.enableCompileCache(resolve(import.meta.dirname, '../../../.compiled'));
  for (const load of parts) {
    await load();
    nodeModule.flushCompileCache();
  }
  return (await import('./run-hub.js')).runHub;
}
