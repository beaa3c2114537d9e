import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PollTrouble, ChannelError, type Polled } from '#channels';
import type { ChannelHealthView, ChannelView } from '#contract';
import { ChannelDirectory } from '../../apps/hub/src/settings/channel-directory.service.js';
import { signedIn, type Caller } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { until } from '../support/until.js';

let hub: TestHub;
let admin: Caller;
let channel: string;
/** What the next polls come to; one that has nothing more to come to waits until it is called off. */
let ends: (() => Promise<Polled>)[] = [];
/** The cursors that polls were begun with. */
let begun: unknown[] = [];

beforeAll(async () => {
  hub = await startTestHub();
  const [root] = await hub.database.query<{ id: string }>('select id from agent');
  admin = await signedIn(hub, (root as { id: string }).id);
  const adapter = hub.app.get(ChannelDirectory).adapterFor('email');
  adapter.poll = (_, cursor, signal) => {
    begun.push(cursor);
    return ends.shift()?.() ?? untilCalledOff(signal, cursor);
  };
  const answer = await admin.call<ChannelView>('/api/channels', {
    body: {
      kind: 'email',
      name: 'Mailbox',
      config: {
        address: 'support@shop.example',
        fromName: 'Shop',
        smtp: { host: '127.0.0.1', port: 2525 },
        imap: { host: '127.0.0.1', port: 1, secure: false },
        oauth: { provider: 'google' },
      },
      secrets: { oauthClientId: 'client', oauthClientSecret: 'secret', oauthRefreshToken: 'first' },
    },
  });
  expect(answer.status).toBe(201);
  channel = answer.body.id;
}, 60_000);

afterAll(() => hub.stop());

function untilCalledOff(signal: AbortSignal, cursor: unknown): Promise<Polled> {
  return new Promise((resolve) => {
    const end = () => resolve({ events: [], cursor });
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) {
      end();
    }
  });
}

const saved = async () =>
  (
    await hub.database.query<{ cursor: unknown; problem: string | null }>(
      'select cursor, problem from account_lease where channel_id = $1',
      [channel],
    )
  )[0];

const health = async () => (await admin.call<ChannelHealthView>(`/api/channels/${channel}/health`)).body;

/** Has the poller begin anew, as it does when settings are saved. */
async function begin(...next: (() => Promise<Polled>)[]): Promise<void> {
  ends = next;
  begun = [];
  await admin.call(`/api/channels/${channel}`, { method: 'PATCH', body: { name: `Mailbox ${Math.random()}` } });
}

const fails = (error: unknown) => () => Promise.reject(error as Error);
const brings = (polled: Partial<Polled>) => () => Promise.resolve({ events: [], cursor: {}, ...polled });

describe('a poll that fails', () => {
  it.each([
    ['as its adapter foresaw', new ChannelError('unreachable', 'The mailbox cannot be reached.', { retry: 'soon' })],
    ['as nobody foresaw', new TypeError('The mailbox cannot be reached.')],
  ])(
    '%s is told with the channel on every node',
    async (_, error) => {
      await begin(brings({ cursor: { at: 1 } }), fails(error));
      await until(saved, (row) => row?.problem === 'The mailbox cannot be reached.');
      expect((await saved())?.cursor).toEqual({ at: 1 });
      expect(await until(health, ({ light }) => light === 'red', 20_000)).toMatchObject({
        problem: 'The mailbox cannot be reached.',
      });
    },
    30_000,
  );

  it('keeps what it has learnt for the process that comes after it', async () => {
    const trouble = new ChannelError('unreachable', 'One mail cannot be read.', { retry: 'soon' });
    await begin(brings({ cursor: { at: 2 } }), fails(new PollTrouble(trouble, { at: 2, failures: 1 })));
    await until(saved, (row) => row?.problem === 'One mail cannot be read.');
    expect((await saved())?.cursor).toEqual({ at: 2, failures: 1 });
    await begin(brings({ cursor: { at: 3 } }));
    await until(saved, (row) => row?.problem === null);
    expect(begun[0]).toEqual({ at: 2, failures: 1 });
  });
});

describe('a secret that a poll brings', () => {
  const token = () =>
    (hub.app.get(ChannelDirectory).find(channel)?.account.settings as { oauthRefreshToken?: string } | undefined)
      ?.oauthRefreshToken;

  it('is stored in place of the old one', async () => {
    await begin(brings({ cursor: { at: 4 }, secrets: { oauthRefreshToken: 'second' } }));
    await until(
      () => Promise.resolve(token()),
      (now) => now === 'second',
    );
  });

  it('that cannot be stored keeps no mail back, and is told with the channel until it can be', async () => {
    await hub.database.query(`
      create function no_secrets() returns trigger language plpgsql as $$ begin raise 'the disk is full'; end $$;
      create trigger no_secrets before update of secrets on channel for each row execute function no_secrets();`);
    const replaced = brings({ cursor: { at: 5 }, secrets: { oauthRefreshToken: 'third' } });
    ends = [replaced];
    await hub.database.query(`update channel set name = 'Renamed by another node' where id = $1`, [channel]);
    await hub.app.get(ChannelDirectory).refresh();
    await until(saved, (row) => (row?.cursor as { at?: number } | undefined)?.at === 5);
    const told = await until(health, ({ light }) => light === 'red', 20_000);
    expect(told.problem).toMatch(/could not be stored \(the disk is full\).*sign in again/u);
    expect(told.problem).not.toContain('third');
    await hub.database.query('drop trigger no_secrets on channel; drop function no_secrets();');
    await begin(brings({ cursor: { at: 6 }, secrets: { oauthRefreshToken: 'third' } }));
    await until(
      () => Promise.resolve(token()),
      (now) => now === 'third',
    );
    expect((await until(health, ({ problem }) => problem === null, 20_000)).light).toBe('green');
  }, 60_000);
});
