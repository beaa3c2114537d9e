import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { isConnectionLoss } from './is-away.js';

function failure(message: string, more: object): Error {
  return Object.assign(new Error(message), more);
}

/** What Node's socket layer really throws. */
async function refusedConnection(): Promise<unknown> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return once(connect(port, '127.0.0.1'), 'connect').catch((error: unknown) => error);
}

describe('a database error', () => {
  it.each([
    [
      'a refused connection',
      failure('connect ECONNREFUSED 127.0.0.1:5432', { code: 'ECONNREFUSED', syscall: 'connect' }),
    ],
    ['a shutdown by the administrator', failure('terminating connection', { code: '57P01' })],
    ['a server that is starting', failure('the database system is starting up', { code: '57P03' })],
    ['a connection exception', failure('gone', { code: '08006' })],
    ['a connection that ended in the middle', new Error('Connection terminated unexpectedly')],
    ['a pool that got no connection in time', new Error('timeout exceeded when trying to connect')],
    ['a server that does not answer', new Error('Query read timeout')],
    ['the same inside an error of TypeORM', failure('query failed', { driverError: failure('x', { code: '57P01' }) })],
  ])('means that it is away: %s', (_what, error) => {
    expect(isConnectionLoss(error)).toBe(true);
  });

  it('means that it is away when the real socket says so', async () => {
    expect(isConnectionLoss(await refusedConnection())).toBe(true);
  });

  it.each([
    ['a refused row', failure('duplicate key value', { code: '23505' })],
    ['a deadlock', failure('deadlock detected', { code: '40P01' })],
    ['a statement that took too long', failure('canceling statement due to statement timeout', { code: '57014' })],
    ['a provider that refused us', new TypeError('fetch failed', { cause: failure('', { code: 'ECONNREFUSED' }) })],
    ['something that is no error', 'ECONNREFUSED'],
  ])('is an answer, not an absence: %s', (_what, error) => {
    expect(isConnectionLoss(error)).toBe(false);
  });
});
