import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AgentSettingsView, CalendarView, ChannelView, QueueSettingsView, QueueView, StartView } from '#contract';
import { buildAgent, signedIn, stranger, type Caller } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';

let hub: TestHub;
let admin: Caller;

const owner = { name: 'Nima', email: 'nima@peyk.test', password: 'twelve quiet lanterns', locale: 'en' };
const company = {
  name: 'Lantern & Sons',
  timeZone: 'Asia/Tehran',
  locale: 'fa',
  hoursName: 'Working hours',
  week: { days: [6, 7, 1, 2, 3], from: 540, to: 1020 },
};

const read = async (caller = admin) => (await caller.call<StartView>('/api/start')).body;
const setCompany = (change: object) =>
  admin.call<StartView & { code?: string; field?: string }>('/api/start/company', {
    method: 'PUT',
    body: { ...company, queues: [], ...change },
  });
const queues = async () => (await admin.call<QueueView[]>('/api/queues')).body;
const queueOf = async (name: string) => {
  const id = (await queues()).find((queue) => queue.name === name)?.id ?? '';
  return (await admin.call<QueueSettingsView>(`/api/queues/${id}`)).body;
};
const calendars = async () => (await admin.call<CalendarView[]>('/api/calendars')).body;

beforeAll(async () => {
  hub = await startTestHub({ env: { ROLE: 'web', PEYK_ADMIN_EMAIL: '', PEYK_ADMIN_PASSWORD: '' } });
  const made = await stranger(hub).call<{ id: string }>('/api/setup', { body: { ...owner, token: hub.setUpToken } });
  admin = await signedIn(hub, made.body.id);
});

afterAll(() => hub?.stop());

describe('the first steps of a hub', () => {
  it('begin with nothing but the administrator and a queue', async () => {
    expect(await read()).toEqual({
      mine: { done: [], dismissed: false },
      hub: {
        company: null,
        skipped: [],
        at: null,
        channel: null,
        message: null,
        colleague: false,
        hours: false,
        cannedReply: false,
      },
    });
  });

  it('write the working week as a calendar, rename the queue and make others, as often as they are taken', async () => {
    const [support] = await queues();
    const wish = { queues: [{ id: support?.id, name: 'پشتیبانی' }, { name: 'مالی' }] };
    for (let times = 0; times < 2; times += 1) {
      expect((await setCompany(wish)).status).toBe(200);
    }
    const [calendar, ...others] = await calendars();
    expect(others).toEqual([]);
    expect(calendar).toMatchObject({ name: 'Working hours', timeZone: 'Asia/Tehran' });
    expect(calendar?.windows.map(({ weekday, from, to }) => [weekday, from, to])).toEqual(
      [1, 2, 3, 6, 7].map((day) => [day, 540, 1020]),
    );
    expect((await queues()).map(({ name }) => name).toSorted()).toEqual(['مالی', 'پشتیبانی'].toSorted());
    for (const name of ['پشتیبانی', 'مالی']) {
      expect(await queueOf(name)).toMatchObject({ calendarId: calendar?.id });
    }
    expect((await read()).hub).toMatchObject({
      hours: true,
      company: { name: 'Lantern & Sons', locale: 'fa', calendarId: calendar?.id },
    });
  });

  it('come to one outcome when two windows take them at the same moment', async () => {
    const answers = await Promise.all(
      ['Shop', 'Shop', 'Shop'].map((name) => setCompany({ hoursName: 'Shop hours', queues: [{ name }] })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await queues()).filter(({ name }) => name === 'Shop')).toHaveLength(1);
    expect(await calendars()).toHaveLength(1);
  });

  it('leave hours that are not named as they are, and a queue with hours of its own to them', async () => {
    const own = await admin.call<CalendarView>('/api/calendars', {
      body: { name: 'Nights', timeZone: 'Asia/Tehran', windows: [] },
    });
    const shop = await queueOf('Shop');
    await admin.call(`/api/queues/${shop.id}`, { method: 'PATCH', body: { calendarId: own.body.id } });
    const { week: _week, ...rest } = company;
    await admin.call('/api/start/company', {
      method: 'PUT',
      body: { ...rest, name: 'Lantern', queues: [{ id: shop.id, name: 'Shop' }] },
    });
    expect((await queueOf('Shop')).calendarId).toBe(own.body.id);
    expect((await calendars()).find(({ name }) => name === 'Working hours')?.windows).toHaveLength(5);
    expect((await read()).hub?.company?.name).toBe('Lantern');
  });

  it.each([
    [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ timeZone: 'Mars/Olympus', week: null }, 'timeZone'],
    [{ week: { days: [8], from: 540, to: 1020 } }, 'week.days'],
    [{ week: { days: [], from: 540, to: 1020 } }, 'week.days'],
    [{ week: { days: [1], from: 1020, to: 540 } }, 'windows'],
    [{ name: '' }, 'name'],
    [{ queues: [{ name: '' }] }, 'queues.0.name'],
  ])('name what is wrong with %j', async (change, field) => {
    const answer = await setCompany(change);
    expect(answer.status).toBe(422);
    expect(answer.body.field).toBe(field);
  });

  it('know colleagues, who find the console in the language of the company', async () => {
    expect((await read()).hub?.colleague).toBe(false);
    const made = await admin.call<AgentSettingsView>('/api/agents', {
      body: { email: 'sara@peyk.test', name: 'سارا', role: 'agent' },
    });
    expect(made.body.locale).toBe('fa');
    expect((await read()).hub?.colleague).toBe(true);
  });

  it('know a channel once it is on, and a message once one has come', async () => {
    const chat = await admin.call<ChannelView>('/api/channels', {
      body: { kind: 'web', name: 'Chat', queueId: null, config: {}, secrets: {} },
    });
    expect((await read()).hub).toMatchObject({
      channel: { id: chat.body.id, kind: 'web', name: 'Chat' },
      message: null,
    });
    const said = await admin.call<{ conversation: string }>(`/api/channels/${chat.body.id}/simulate`, {
      body: { from: 'mina', text: 'سلام' },
    });
    expect((await read()).hub?.message).toEqual({ conversation: said.body.conversation });
  });

  it('are left and taken up again where they were left, and remember what was left for later', async () => {
    const keep = (body: object) => admin.call('/api/start', { method: 'PATCH', body });
    await keep({ at: 'team', skip: 'channel' });
    await Promise.all([keep({ skip: 'team' }), keep({ at: 'trial' }), keep({ skip: 'team' })]);
    expect((await read()).hub).toMatchObject({ at: 'trial', skipped: ['channel', 'team'] });
    expect((await keep({ at: 'elsewhere' })).status).toBe(422);
  });

  it('are the administrators’, while colleagues see and keep only their own', async () => {
    const { id } = await buildAgent(hub.database);
    const agent = await signedIn(hub, id);
    expect(await read(agent)).toEqual({ mine: { done: [], dismissed: false }, hub: null });
    expect((await agent.call('/api/start', { method: 'PATCH', body: { at: 'done' } })).status).toBe(403);
    expect((await agent.call('/api/start/company', { method: 'PUT', body: company })).status).toBe(403);
    const keep = (body: object) => agent.call('/api/start/mine', { method: 'PATCH', body });
    await Promise.all([keep({ done: 'palette' }), keep({ done: 'palette' }), keep({ dismissed: true })]);
    expect((await read(agent)).mine).toEqual({ done: ['palette'], dismissed: true });
    expect((await read()).mine).toEqual({ done: [], dismissed: false });
  });
});
