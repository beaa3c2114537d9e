import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { pino } from 'pino';
import { openTestDatabase, type TestDatabase } from '../../../../test/support/test-database.js';
import { until } from '../../../../test/support/until.js';
import { Log } from '../platform/operations/log.js';
import type { NodeMessage } from './node-link.js';
import { NotifyLink } from './notify-link.js';

let database: TestDatabase;
let witness: pg.Client;
/** Payloads of every notification, whoever sent it. */
let notified: string[];
let links: NotifyLink[];

beforeEach(async () => {
  database = await openTestDatabase({ poolSize: 1, applicationName: 'notify-link.spec' });
  witness = new pg.Client({ connectionString: database.connectionUrl });
  await witness.connect();
  notified = [];
  witness.on('notification', ({ payload }) => notified.push(payload ?? ''));
  await witness.query('listen peyk_live');
  links = [];
});

afterEach(async () => {
  await Promise.all(links.map((link) => link.close()));
  await witness.end();
  await database.close();
});

async function open(name: string): Promise<{ link: NotifyLink; heard: NodeMessage[] }> {
  const link = new NotifyLink(name, database.connectionUrl, new Log(pino({ level: 'silent' })));
  const heard: NodeMessage[] = [];
  for (const kind of ['gap', 'merged', 'agent'] as const) {
    link.on(kind, (message) => heard.push(message));
  }
  links.push(link);
  await link.open();
  return { link, heard };
}

const arrived = (heard: NodeMessage[], kind: NodeMessage['kind']) =>
  until(
    () => Promise.resolve(heard.map((message) => message.kind)),
    (kinds) => kinds.includes(kind),
  );

describe('a link over notifications', () => {
  it('says while it is alone only that it is there, and talks once somebody listens', async () => {
    const first = await open('first');
    // Had this been kept or sent, it would come before what is said later.
    first.link.send({ kind: 'merged', people: [] });
    const second = await open('second');
    await arrived(first.heard, 'gap');
    await arrived(second.heard, 'gap');

    first.link.send({ kind: 'agent', agentId: 'a' });
    await arrived(second.heard, 'agent');
    expect(second.heard.map(({ kind }) => kind)).toEqual(['gap', 'agent']);
    expect(notified[0]).toBe('{"node":"first","moves":[],"more":[]}');
  });

  it('tells its own clients nothing of what it says', async () => {
    const first = await open('first');
    const second = await open('second');
    await arrived(first.heard, 'gap');

    first.link.send({ kind: 'merged', people: [] });
    await arrived(second.heard, 'merged');
    expect(first.heard.map(({ kind }) => kind)).toEqual(['gap']);
  });
});
