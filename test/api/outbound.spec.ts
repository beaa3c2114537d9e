import { lookup as resolve } from 'node:dns';
import { createServer, type AddressInfo, type LookupFunction, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ChannelError, createAdapters, type Adapters, type OutboundMessage } from '#channels';
import { guardAddresses } from '../../apps/hub/src/platform/outbound/guard-addresses.js';
import { bePresent, listRows, replyBy, startConnectedWorld } from '../support/connected-world.js';
import { until } from '../support/until.js';

/** Listens where nobody should come, on both loopback addresses. */
const listeners: Server[] = [];
let hits = 0;
let port = 0;

beforeAll(async () => {
  const listen = (host: string, wished: number): Promise<number> =>
    new Promise((done, fail) => {
      const server = createServer((socket) => {
        hits += 1;
        socket.destroy();
      });
      server.once('error', fail).listen(wished, host, () => done((server.address() as AddressInfo).port));
      listeners.push(server);
    });
  port = await listen('127.0.0.1', 0);
  await listen('::1', port).catch(() => undefined);
});
afterEach(() => {
  hits = 0;
});
afterAll(() => listeners.forEach((server) => server.close()));

/** A resolver of the test's own: names under .test lead where the test says, all others where the system says. */
const names: Record<string, string[]> = {
  localhost: ['127.0.0.1', '::1'],
  'inside.test': ['127.0.0.1'],
  'inside6.test': ['::1'],
  'both.test': ['93.184.216.34', '127.0.0.1'],
  'metadata.test': ['169.254.169.254'],
  'nat64.test': ['64:ff9b::7f00:1'],
};
const lookup: LookupFunction = (hostname, options, done) => {
  const found = names[hostname.toLowerCase().replace(/\.$/u, '')];
  if (!found) {
    resolve(hostname, options, done as never);
    return;
  }
  const addresses = found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  process.nextTick(() => {
    if (options.all) {
      done(null, addresses);
    } else {
      done(null, addresses.at(-1)?.address ?? '', addresses.at(-1)?.family);
    }
  });
};

const hosts = [
  '127.0.0.1',
  '127.1',
  '127.255.255.254',
  '2130706433',
  '0x7f000001',
  '0177.0.0.1',
  '0',
  '0.0.0.0',
  'localhost',
  'LOCALHOST.',
  '[::1]',
  '[::]',
  '[0:0:0:0:0:0:0:1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[64:ff9b::127.0.0.1]',
  '[fe80::1]',
  '[fd00::1]',
  '[fec0::1]',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '192.0.2.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  'inside.test',
  'inside6.test',
  'both.test',
  'metadata.test',
  'nat64.test',
  '①②⑦.⓪.⓪.①',
];

type Sending = 'messages' | 'sms' | 'telegram' | 'email';
const sending: Sending[] = ['messages', 'sms', 'telegram', 'email'];

const to: Record<Sending, OutboundMessage['to']> = {
  messages: { kind: 'external', address: 'a:7' },
  sms: { kind: 'phone', address: '+14155550111' },
  telegram: { kind: 'telegram', address: '7' },
  email: { kind: 'email', address: 'amir@example.org' },
};

/** An account of each kind whose provider is at a host. */
function settingsFor(kind: Sending, host: string, scheme: string): object {
  const root = `${scheme}://${host}:${String(port)}`;
  switch (kind) {
    case 'messages':
      return { url: `${root}/in`, secret: 'a secret of thirty-two characters' };
    case 'sms':
      return {
        driver: 'twilio',
        accountSid: `AC${'0'.repeat(32)}`,
        authToken: 'x',
        from: '+15005550006',
        baseUrl: root,
      };
    case 'telegram':
      return { token: '1:abc', apiRoot: root, mode: 'poll' };
    case 'email':
      return {
        address: 'desk@peyk.test',
        fromName: 'Peyk',
        smtp: { host: host.replaceAll(/[[\]]/gu, ''), port, secure: scheme === 'https', user: '' },
        smtpPassword: '',
      };
  }
}

/** With what a channel's own schema adds to them. */
const asObject = (settings: unknown) => settings as object;

/** One try to reach a host, and how it ended. */
async function tryToReach(adapters: Adapters, kind: Sending, host: string, scheme = 'http'): Promise<ChannelError> {
  const message: OutboundMessage = {
    id: '0199a0e0-0000-7000-8000-000000000001',
    to: to[kind],
    toName: 'Amir',
    text: 'Hello',
    attachments: [],
    replyTo: null,
    mail: {
      messageId: '<1@peyk.test>',
      inReplyTo: null,
      references: [],
      subject: 'Hello',
      cc: [],
      threadToken: null,
    },
  };
  const written = settingsFor(kind, host, scheme);
  const settings = { ...asObject(adapters[kind].config.parse(written)), ...written };
  const account = { id: 'a', name: 'A', settings, publicUrl: null };
  try {
    await adapters[kind].send?.(message, account);
    return new ChannelError('sent', 'It was sent.', { retry: 'never' });
  } catch (error) {
    return error as ChannelError;
  }
}

const strict = () => createAdapters({ agentFor: guardAddresses([], lookup) });

describe('connections to providers', () => {
  it.each(hosts)('are refused to %s, whatever channel tries', async (host) => {
    const adapters = strict();
    for (const kind of sending) {
      for (const scheme of ['http', 'https']) {
        const { code, message, retry } = await tryToReach(adapters, kind, host, scheme);
        expect([kind, scheme, code, retry]).toEqual([kind, scheme, 'address_refused', 'after-reconnect']);
        expect(message).toContain('OUTBOUND_ALLOW');
      }
    }
    expect(hits).toBe(0);
  });

  it.each([
    [['127.0.0.0/8'], '127.0.0.1', true],
    [['127.0.0.0/8'], 'inside.test', true],
    [['127.0.0.1'], 'inside.test', true],
    [['127.0.0.0/8'], '[::1]', false],
    [['::1'], '[::1]', true],
    [['::1', '10.0.0.0/8'], '127.0.0.1', false],
    [['10.0.0.0/8'], 'inside.test', false],
    [['127.0.0.0/8'], 'metadata.test', false],
  ])('with OUTBOUND_ALLOW=%j to %s are open: %j', async (allow, host, isOpen) => {
    const noise = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const adapters = createAdapters({ agentFor: guardAddresses(allow, lookup) });
    for (const kind of sending) {
      hits = 0;
      const { code } = await tryToReach(adapters, kind, host);
      expect([kind, code === 'address_refused']).toEqual([kind, !isOpen]);
      expect([kind, hits > 0]).toEqual([kind, isOpen]);
    }
    expect(noise).not.toHaveBeenCalled();
    noise.mockRestore();
  });

  it('stay closed when a name that was open leads elsewhere the second time', async () => {
    const adapters = createAdapters({ agentFor: guardAddresses(['127.0.0.0/8'], lookup) });
    names['rebound.test'] = ['127.0.0.1'];
    expect((await tryToReach(adapters, 'messages', 'rebound.test')).code).not.toBe('address_refused');
    names['rebound.test'] = ['::1'];
    hits = 0;
    expect((await tryToReach(adapters, 'messages', 'rebound.test')).code).toBe('address_refused');
    expect(hits).toBe(0);
  });
});

describe('a hub without OUTBOUND_ALLOW', () => {
  it('reaches no provider on this machine, and parks the message with a sentence that says why', async () => {
    const scene = await startConnectedWorld({ env: { OUTBOUND_ALLOW: '' } });
    try {
      await bePresent(scene);
      await scene.world.twilio.sms(scene.channels.sms, { from: '+14155550111', to: '+15005550006', body: 'Hello' });
      const [row] = await until(
        () => listRows(scene.agent, 'all'),
        (rows) => rows.length > 0,
      );
      await replyBy(scene.agent, (row as { conversation: string }).conversation, 'sms', 'Good morning');
      const [delivery] = await until(
        () =>
          scene.hub.database.query<{ state: string; error_code: string; error: string }>(
            'select state, error_code, error from delivery',
          ),
        ([one]) => one?.error_code === 'address_refused',
      );
      expect(delivery?.error).toContain('OUTBOUND_ALLOW');
    } finally {
      await scene.close();
    }
  });
});
