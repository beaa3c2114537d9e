import { afterEach, describe, expect, it } from '@jest/globals';
import type { ChannelAccount, CheckStep } from '../../channel-adapter.js';
import type { InboundCall } from '../../message.js';
import { exchangeEvents as on, type ExchangeChannel } from '../../../../../tools/stand-ins/asterisk-events.js';
import {
  startManager,
  type ManagerOptions,
  type ManagerStandIn,
} from '../../../../../tools/stand-ins/asterisk-manager.js';
import { listenOnLoopback } from '../../../../../tools/stand-ins/loopback-server.js';
import { until } from '../../../../../test/support/until.js';
import { createPhoneAdapter } from '../phone.adapter.js';
import { phoneConfig, type AsteriskSettings } from '../phone-settings.js';
import { AmiExchanges } from './ami-exchange.js';

// Protocol-tested: the other side is a stand-in written from Asterisk's published documentation.
let manager: ManagerStandIn;
const stop = new AbortController();

afterEach(() => manager?.close());

async function exchange(options: ManagerOptions = {}, config: object = {}): Promise<ChannelAccount<AsteriskSettings>> {
  manager = await startManager(options);
  const settings = {
    ...phoneConfig.parse({
      driver: 'asterisk',
      manager: { host: '127.0.0.1', port: manager.port, username: 'peyk', ...config },
    }),
    managerSecret: 'secret',
  } as AsteriskSettings;
  return { id: 'c1', name: 'Exchange', settings, publicUrl: null };
}

const adapterOf = () => createPhoneAdapter({ amiTimes: { lookMs: 2000, answerMs: 2000, connectMs: 2000 } });

const caller: ExchangeChannel = {
  name: 'PJSIP/trunk-00000001',
  id: '1.1',
  linked: '1.1',
  caller: '09121234567',
  context: 'from-trunk',
  exten: '02144556677',
};

/** Looks until it has so many events; a broken connection is another look, as it is for whoever polls. */
async function pollUntil(
  adapter: ReturnType<typeof adapterOf>,
  account: ChannelAccount<AsteriskSettings>,
  { cursor = null, count = 1 }: { cursor?: unknown; count?: number } = {},
): Promise<{ events: InboundCall[]; cursor: unknown }> {
  const events: InboundCall[] = [];
  let at = cursor;
  for (let looks = 0; events.length < count && looks < 20; looks += 1) {
    const nothing = { events: [], cursor: at };
    const polled = (await adapter.poll?.(account, at, stop.signal).catch(() => nothing)) ?? nothing;
    events.push(...(polled.events as InboundCall[]));
    at = polled.cursor;
  }
  return { events, cursor: at };
}

describe('the manager interface of an exchange', () => {
  it.each(['challenge', 'plain'])('is signed in to by %s, and the calls that are up come first', async (signIn) => {
    const account = await exchange({}, { signIn });
    manager.channels.push({ channel: caller });
    manager.cutInto(signIn === 'plain' ? 3 : 0);
    const adapter = adapterOf();
    const { events } = await pollUntil(adapter, account);
    expect(events).toMatchObject([{ callId: '1.1', direction: 'in', party: { address: '+989121234567' } }]);
    expect(manager.actions.some((action) => JSON.stringify(action).includes('secret'))).toBe(false);
    adapter.disconnect?.(account);
  });

  it('hands on again what was not stored, with the same names', async () => {
    const account = await exchange();
    const adapter = adapterOf();
    const first = await pollUntil(adapter, account, { count: 0 });
    const opening = adapter.poll?.(account, first.cursor, stop.signal);
    await manager.heard();
    manager.tell(on.newChannel(caller));
    await opening;
    const one = await pollUntil(adapter, account);
    const other = await pollUntil(adapter, account);
    expect(one.events.map(({ externalId }) => externalId)).toEqual(other.events.map(({ externalId }) => externalId));
    adapter.disconnect?.(account);
  });

  it('leaves no ghosts behind when the connection broke, and takes up what is still there', async () => {
    const account = await exchange();
    const other = { ...caller, name: 'PJSIP/trunk-00000002', id: '2.1', linked: '2.1', caller: '09130000000' };
    manager.channels.push({ channel: caller }, { channel: other });
    const adapter = adapterOf();
    const before = await pollUntil(adapter, account, { count: 2 });
    manager.channels.splice(0, 1);
    // The one that ends between the lines of the list must not come back by it.
    const third = { ...caller, name: 'PJSIP/trunk-00000003', id: '3.1', linked: '3.1', caller: '09140000000' };
    manager.channels.push({ channel: third });
    manager.betweenTheList(on.hangup(third));
    manager.hangUp();
    const after = await pollUntil(adapter, account, { cursor: before.cursor, count: 2 });
    expect(after.events.map(({ callId, state, details }) => [callId, state, details?.cause])).toEqual([
      ['1.1', 'ended', 'unseen'],
      ['3.1', 'ended', '16'],
    ]);
    manager.tell(on.hangup(other));
    const end = await pollUntil(adapter, account, { cursor: after.cursor });
    expect(end.events).toMatchObject([{ callId: '2.1', state: 'ended' }]);
    adapter.disconnect?.(account);
  });

  it('hands on what it heard before the connection broke, also when nobody looked meanwhile', async () => {
    const account = await exchange();
    const exchanges = new AmiExchanges({ amiTimes: { lookMs: 2000, answerMs: 2000, connectMs: 2000 } });
    const opening = exchanges.poll(account, null, stop.signal);
    await manager.heard();
    manager.tell(on.newChannel(caller));
    const first = await opening;
    manager.tell(on.hangup(caller, 17));
    manager.hangUp();
    await until(
      () => Promise.resolve(exchanges.isFollowing('c1')),
      (isFollowing) => !isFollowing,
    );
    let polled = await exchanges.poll(account, first.cursor, stop.signal);
    for (let looks = 0; looks < 5 && polled.events.length === 0; looks += 1) {
      polled = await exchanges.poll(account, polled.cursor, stop.signal);
    }
    expect(polled.events).toMatchObject([{ callId: '1.1', state: 'ended', details: { cause: '17' } }]);
    exchanges.disconnect('c1');
  });

  it('says what is wrong: the secret, the place, a list that it may not see', async () => {
    const account = await exchange({ secret: 'another' });
    await expect(adapterOf().poll?.(account, null, stop.signal)).rejects.toMatchObject({
      code: 'unauthorized',
      retry: 'after-reconnect',
    });
    await manager.close();
    await expect(adapterOf().poll?.(account, null, stop.signal)).rejects.toMatchObject({
      code: 'unreachable',
      retry: 'soon',
    });
    const other = await exchange();
    manager.refuse('CoreShowChannels', 'Permission denied');
    await expect(adapterOf().poll?.(other, null, stop.signal)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('rings an agent and then the customer, by the exchange’s own rules', async () => {
    const account = await exchange();
    const { asterisk } = adapterOf();
    const call = {
      agent: { kind: 'extension', address: '101' } as const,
      to: '+989351112233',
      callerId: null,
      key: 'k 1',
    };
    expect(await asterisk.originate(account, call)).toBe('peyk-k1');
    expect(manager.actions.at(-1)).toMatchObject({
      Action: 'Originate',
      Channel: 'PJSIP/101',
      ChannelId: 'peyk-k1',
      Context: 'from-internal',
      Exten: '09351112233',
      CallerID: '"09351112233" <101>',
      Async: 'true',
    });
    await asterisk.originate(account, { ...call, to: '+442079460000' });
    expect(manager.actions.at(-1)).toMatchObject({ Exten: '00442079460000' });
    await expect(
      asterisk.originate(account, { ...call, agent: { kind: 'extension', address: '101,1)&System(x' } }),
    ).rejects.toMatchObject({ code: 'unreachable_number' });
    manager.refuse('Originate', 'Permission denied');
    await expect(asterisk.originate(account, call)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('silences the recording of a call', async () => {
    const account = await exchange();
    manager.channels.push({ channel: caller });
    const { asterisk } = adapterOf();
    await asterisk.muteRecording(account, '1.1', true);
    expect(manager.actions.at(-1)).toMatchObject({
      Action: 'MixMonitorMute',
      Channel: caller.name,
      Direction: 'both',
      State: '1',
    });
    await expect(asterisk.muteRecording(account, '9.9', true)).rejects.toMatchObject({ code: 'gone' });
  });

  it('is checked: its version, what the user may do, and what to paste', async () => {
    const check = async (account: ChannelAccount<AsteriskSettings>): Promise<CheckStep[]> => {
      const steps: CheckStep[] = [];
      await adapterOf().check?.(account, (step) => void steps.push(step));
      return steps;
    };
    const account = await exchange();
    const good = await check({ ...account, settings: { ...account.settings, token: 'a-token-of-sixteen' } });
    expect(good.map(({ step, state }) => [step, state])).toEqual([
      ['ami.sign_in', 'ok'],
      ['ami.rights', 'ok'],
      ['agi.address', 'ok'],
    ]);
    expect(good[2]?.text).toContain('AGI(agi://HUB:4573/c1/TOKEN)');
    expect(JSON.stringify(good)).not.toContain('a-token-of-sixteen');
    await manager.close();
    const poor = await check(await exchange({ greeting: 'Asterisk Call Manager/1.3', actions: ['CoreShowChannels'] }));
    expect(poor.map(({ code }) => code)).toEqual(['too_old', 'forbidden', 'ok']);
    expect(poor[1]?.text).toContain('Originate');
  });

  it('fetches recordings from where the settings say, and from nowhere else', async () => {
    const server = await listenOnLoopback(({ path }) =>
      path === '/recordings/peyk-leg-1.wav' ? { status: 200, body: 'RIFF' } : { status: 404 },
    );
    const account = await exchange();
    const { settings } = account;
    const recorded = {
      ...account,
      settings: { ...settings, recordings: { ...settings.recordings, url: `${server.url}/recordings` } },
    };
    const adapter = adapterOf();
    const fetchFile = (...what: [string, typeof account, number]) => adapter.fetch?.(...what);
    expect(Buffer.from((await fetchFile('asterisk:peyk-leg-1.wav', recorded, 100)) ?? []).toString()).toBe('RIFF');
    await expect(fetchFile('asterisk:peyk-leg-2.wav', recorded, 100)).rejects.toMatchObject({ code: 'gone' });
    for (const reference of [
      'asterisk:../etc/passwd',
      'http://127.0.0.1/x.wav',
      `${server.url}/recordings/peyk-leg-1.wav`,
    ]) {
      await expect(fetchFile(reference, recorded, 100)).rejects.toMatchObject({ code: 'misconfigured' });
    }
    await expect(fetchFile('asterisk:peyk-leg-1.wav', account, 100)).rejects.toMatchObject({ code: 'misconfigured' });
    await server.close();
  });
});
