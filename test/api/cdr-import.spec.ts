import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { CdrCheckView, CdrFaultView, CdrImportView, CdrPreviewView, CdrReadingView, MessageView } from '#contract';
import { CdrImportRuns } from '../../apps/hub/src/calls/sources/cdr-import-runs.service.js';
import { CdrReader } from '../../apps/hub/src/calls/sources/cdr-reader.service.js';
import { StorageAway } from '../../apps/hub/src/database/is-away.js';
import { Receiving } from '../../apps/hub/src/intake/receiving.service.js';
import { ChannelDirectory, type OpenChannel } from '../../apps/hub/src/settings/channel-directory.service.js';
import type { Answered } from '../support/build-rows.js';
import { PeopleDesk } from '../support/people-desk.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

const token = 'token-of-the-exchange';
const phone = uuid();
let desk: PeopleDesk;
let exchange: TestDatabase;

beforeAll(async () => {
  // Its own jobs stay asleep: imports are done here, when it suits.
  desk = await PeopleDesk.start({ env: { ROLE: 'web', OUTBOUND_ALLOW: '127.0.0.0/8,::1/128' } });
  exchange = await openTestDatabase();
  await desk.admin.call('/api/channels', {
    body: { kind: 'phone', name: 'Exchange', queueId: desk.queue, config: { driver: 'pbx' }, secrets: { token } },
  });
  await desk.hub.database.query('update channel set id = $1 where kind = $2', [phone, 'phone']);
  await desk.hub.app.get(ChannelDirectory).refresh();
}, 60_000);
afterAll(async () => {
  await exchange?.close();
  await desk?.hub.stop();
});

const header =
  'calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,amaflags,accountcode,uniqueid,userfield,did,recordingfile,cnum,cnam,outbound_cnum,outbound_cnam,dst_cnam,linkedid,peeraccount,sequence';

/** A row of an exchange's table; each call has numbers of its own. */
function row(more: Record<string, string>): string {
  const cells: Record<string, string> = {
    calldate: '2020-03-01 10:00:00',
    dst: '600',
    dcontext: 'ext-queues',
    channel: 'SIP/trunk-1',
    duration: '20',
    billsec: '0',
    disposition: 'NO ANSWER',
    did: '02122334455',
    ...more,
  };
  return header
    .split(',')
    .map((name) => `"${cells[name] ?? ''}"`)
    .join(',');
}

/** Two agents are rung, and both talk. */
function transferred(number: string, id: string): string[] {
  const common = {
    src: number,
    cnum: number,
    linkedid: id,
    uniqueid: id,
    duration: '60',
    billsec: '50',
    disposition: 'ANSWERED',
  };
  return [
    row({ ...common, dstchannel: 'PJSIP/101-a', sequence: '1' }),
    row({ ...common, dstchannel: 'PJSIP/102-b', sequence: '2', calldate: '2020-03-01 10:01:00' }),
  ];
}

function send<Body = Record<string, unknown>>(path: string, content: string, terms?: object): Promise<Answered<Body>> {
  const query = terms ? `?terms=${encodeURIComponent(JSON.stringify(terms))}` : '';
  const file = { name: 'تماس‌ها.csv', type: 'text/csv', content };
  return desk.admin.call<Body>(`/api/channels/${phone}/cdr-imports${path}${query}`, { file });
}

/** Imports a file, and does it here. */
async function importFile(body: string, terms?: object): Promise<CdrImportView> {
  const answer = await send<CdrImportView>('', body, terms);
  expect(answer.status).toBe(201);
  const { id } = answer.body;
  await desk.hub.app.get(CdrImportRuns, { strict: false }).run(id);
  return (await desk.admin.call<CdrImportView>(`/api/channels/${phone}/cdr-imports/${id}`)).body;
}

interface CallRow {
  id: string;
  ticket_id: string | null;
  sent_at: Date;
  content: {
    past?: true;
    call: NonNullable<MessageView['call']> & { details?: { source?: string; legs?: unknown[] } };
  };
}

function callsOf(address: string): Promise<CallRow[]> {
  return desk.hub.database.query<CallRow & Record<string, unknown>>(
    `select m.id, m.ticket_id, m.sent_at, m.content from message m join identity i on i.id = m.identity_id where i.address = $1 and m.kind = 'call' order by m.seq`,
    [address],
  );
}

describe('a file of call records', () => {
  it('is history of its customers: one call of several rows, and nothing to do', async () => {
    const file = [header, ...transferred('09121110001', '1.1'), row({ src: '09121110002', linkedid: '1.2' })].join(
      '\n',
    );
    expect(await importFile(file)).toMatchObject({
      name: 'تماس‌ها.csv',
      state: 'done',
      progress: 1,
      records: 3,
      added: 2,
      known: 0,
      refused: 0,
      lacksUnanswered: false,
    });
    const [call, ...others] = await callsOf('+989121110001');
    expect(others).toEqual([]);
    expect(call).toMatchObject({
      ticket_id: null,
      sent_at: new Date('2020-03-01T06:30:00Z'),
      content: {
        past: true,
        call: { outcome: 'answered', details: { source: 'cdr', legs: [{ to: '101' }, { to: '102' }] } },
      },
    });
    const [missed] = await callsOf('+989121110002');
    expect(missed).toMatchObject({ ticket_id: null, content: { call: { outcome: 'missed' } } });
    const told = await desk.hub.database.query('select 1 from event_log where subject_id = any ($1::uuid[])', [
      [call?.id, missed?.id],
    ]);
    expect(told).toEqual([]);
  });

  it('brings nothing new when it is imported again, nor what another source told', async () => {
    const id = uuid();
    const report = (fields: object) =>
      desk.hub.app.get(Receiving, { strict: false }).take({ id: phone, kind: 'phone' }, [fields as never]);
    const told = { type: 'call', raw: Buffer.from('x'), callId: id, order: 2, direction: 'in', state: 'ended', outcome: 'answered', startedAt: null, answeredAt: null, endedAt: null, durationSeconds: 9, recordingUrl: null, note: '', externalId: `${id}:end`, party: { kind: 'phone', address: '+989121110003', trust: 'channel_given', name: '' }, details: { source: 'ami', legs: [{ id: 'live', to: '101', agentId: null, startedAt: null, answeredAt: null, endedAt: null, outcome: 'answered' }] } }; // prettier-ignore
    await report(told);
    const file = [header, ...transferred('09121110003', id), ...transferred('09121110004', uuid())].join('\n');
    expect(await importFile(file)).toMatchObject({ added: 1, known: 1 });
    const before = [await callsOf('+989121110003'), await callsOf('+989121110004')];
    expect(await importFile(file)).toMatchObject({ added: 0, known: 2, refused: 0 });
    expect([await callsOf('+989121110003'), await callsOf('+989121110004')]).toEqual(before);
    expect(before[0]).toMatchObject([{ content: { call: { details: { source: 'ami', legs: [{ id: 'live' }] } } } }]);
  });

  it('goes in but for its broken lines, which are told by number and as a file', async () => {
    const file = [header, row({ src: '09121110005', linkedid: '5.1' }), '"2020-03-01 10:00:00","cut', row({ src: '09121110006', linkedid: '5.2', calldate: 'soon' }), row({ src: 'anonymous', linkedid: '5.3' }), row({ src: '101', dst: '102', did: '', dcontext: 'from-internal', linkedid: '5.4' })].join('\n'); // prettier-ignore
    const done = await importFile(file);
    expect(done).toMatchObject({ state: 'done', linesDone: 6, added: 1, refused: 2, nameless: 1, internal: 1 });
    const path = `/api/channels/${phone}/cdr-imports/${done.id}`;
    expect((await desk.admin.call<CdrFaultView[]>(`${path}/faults`)).body).toMatchObject([
      { line: 3, code: 'truncated' },
      { line: 4, code: 'not_a_time', value: 'soon' },
    ]);
    const csv = await fetch(`${desk.hub.url}${path}/faults.csv?language=fa`, { headers: desk.admin.credentials });
    expect(await csv.text()).toContain('"4","زمان نیست","soon"');
  });

  it('is shown as calls before it is imported, and read as somebody says', async () => {
    const file = ['۱۴۰۴/۱/۱ ۱۰:۰۰;۰۹۱۲۱۱۱۰۰۰۷;۱۰۱;ANSWERED;30', '۱۴۰۴/۱/۱ ۱۱:۰۰;۰۹۱۲۱۱۱۰۰۰۸;۱۰۱;ANSWERED;30'].join(
      '\n',
    );
    const seen = (await send<CdrPreviewView>('/preview', file)).body;
    expect(seen).toMatchObject({
      terms: { preset: 'other', delimiter: ';', hasHeader: false },
      problems: ['no_time', 'no_numbers'],
      calls: [],
    });
    expect((await send('', file)).status).toBe(422);
    const terms = { ...seen.terms, columns: ['start', 'src', 'dst', 'disposition', 'duration'], calendar: 'jalali' };
    const read = (await send<CdrPreviewView>('/preview', file, terms)).body;
    expect(read).toMatchObject({
      problems: [],
      lacksUnanswered: true,
      calls: [
        { number: '+989121110007', direction: 'in', startedAt: '2025-03-21T06:30:00.000Z', outcome: 'answered' },
        {},
      ],
    });
    expect(await callsOf('+989121110007')).toEqual([]);
    expect(await importFile(file, terms)).toMatchObject({ added: 2, lacksUnanswered: true });
  });

  it('goes on where it was when its node died, and is for administrators', async () => {
    const lines = Array.from({ length: 620 }, (_, at) =>
      row({ src: `0912222${String(at).padStart(4, '0')}`, linkedid: `7.${String(at)}` }),
    );
    const answer = await send<CdrImportView>('', [header, ...lines].join('\n'));
    const { id } = answer.body;
    const [runs, receiving] = [
      desk.hub.app.get(CdrImportRuns, { strict: false }),
      desk.hub.app.get(Receiving, { strict: false }),
    ];
    const path = `/api/channels/${phone}/cdr-imports/${id}`;
    // The first portion went in, and its node died before it could say so.
    const take = receiving.takePast.bind(receiving);
    jest.spyOn(receiving, 'takePast').mockImplementationOnce(async (channel, calls) => {
      await take(channel, calls);
      throw new StorageAway('gone');
    });
    await expect(runs.run(id)).rejects.toThrow(StorageAway);
    // Nobody else takes it while it may be at work, and whoever would looks again.
    expect(await runs.run(id)).toBe(false);
    expect((await desk.admin.call<CdrImportView>(path)).body).toMatchObject({ state: 'running', linesDone: 0 });
    await desk.hub.database.query('update cdr_import set held_until = clock_timestamp() where id = $1', [id]);
    await runs.run(id);
    expect((await desk.admin.call<CdrImportView>(path)).body).toMatchObject({
      state: 'done',
      linesDone: 621,
      known: 500,
      added: 120,
    });
    expect(await callsOf('+989122220001')).toHaveLength(1);
    expect((await desk.admin.call<CdrImportView[]>(`/api/channels/${phone}/cdr-imports`)).body[0]).toMatchObject({
      id,
    });
    expect((await desk.agent.call(`/api/channels/${phone}/cdr-imports`)).status).toBe(403);
    expect((await desk.admin.call(`/api/channels/${desk.mail.id}/cdr-imports`)).status).toBe(404);
  });

  it('goes in although a program wrote of a line what no database keeps', async () => {
    const file = [header, row({ src: '09121110009', linkedid: `9\u0000${'x'.repeat(9_000)}`, clid: 'S\u0000ara' }), row({ src: '09121110010', linkedid: '9.2' })].join('\n'); // prettier-ignore
    expect(await importFile(file)).toMatchObject({ state: 'done', added: 2, refused: 0 });
  });

  it('can be stopped before its end', async () => {
    const given = [header, row({ src: '09124440001', linkedid: '8.1' })].join('\n');
    const { id } = (await send<CdrImportView>('', given)).body;
    const stopped = await desk.admin.call<CdrImportView>(`/api/channels/${phone}/cdr-imports/${id}/stop`, {
      method: 'POST',
    });
    expect(stopped.body).toMatchObject({ state: 'stopped' });
    await desk.hub.app.get(CdrImportRuns, { strict: false }).run(id);
    expect(await callsOf('+989124440001')).toEqual([]);
  });
});

describe('a table of call records', () => {
  async function look(): Promise<void> {
    const { app, database } = desk.hub;
    await database.query(`update cdr_reading set due_at = clock_timestamp()`);
    await app.get(CdrReader, { strict: false }).lookAt(app.get(ChannelDirectory).find(phone) as OpenChannel);
  }

  async function write(more: Record<string, string>): Promise<void> {
    const record: Record<string, string> = {
      dcontext: 'from-trunk',
      dst: '101',
      disposition: 'ANSWERED',
      dstchannel: 'SIP/101-1',
      duration: '30',
      billsec: '20',
      did: '',
      linkedid: '',
      ...more,
    };
    const names = Object.keys(record);
    await exchange.query(
      `insert into cdr (calldate, ${names.join(', ')}) values ((clock_timestamp() at time zone 'Asia/Tehran') - $1::interval, ${names.map((_, at) => `$${String(at + 2)}`).join(', ')})`,
      [more['ago'] ?? '5 minutes', ...names.map((name) => record[name])],
    );
  }

  beforeAll(async () => {
    await exchange.query(
      `create table cdr (calldate timestamp not null, ago text, src text, dst text, dcontext text, dstchannel text, duration int, billsec int, disposition text, uniqueid text, linkedid text, did text)`,
    );
    const { hostname, port, username, password, pathname } = new URL(exchange.url);
    const records = { engine: 'postgresql', host: hostname, port: Number(port), database: pathname.slice(1), username };
    const changed = await desk.admin.call(`/api/channels/${phone}`, {
      method: 'PATCH',
      body: { config: { driver: 'pbx', records }, secrets: { token, recordsPassword: password || 'none' } },
    });
    expect([changed.status, changed.text]).toEqual([200, expect.any(String)]);
    await desk.hub.app.get(ChannelDirectory).refresh();
  });

  it('tells each call once, its late rows with it', async () => {
    const id = uuid();
    await write({ src: '09123330001', uniqueid: id, linkedid: id });
    await look();
    const [first] = await callsOf('+989123330001');
    expect(first).toMatchObject({ content: { call: { outcome: 'answered', details: { legs: [{ to: '101' }] } } } });
    expect(first?.ticket_id).not.toBeNull();
    expect(first?.content.past).toBeUndefined();
    await write({
      src: '09123330001',
      uniqueid: `${id}.2`,
      linkedid: id,
      dst: '102',
      dstchannel: 'SIP/102-1',
      ago: '4 minutes',
    });
    await write({ src: '09123330002', uniqueid: uuid(), ago: '90 minutes' });
    await look();
    await look();
    expect(await callsOf('+989123330001')).toMatchObject([
      { content: { call: { details: { legs: [{ to: '101' }, { to: '102' }] } } } },
    ]);
    const before = [await callsOf('+989123330001'), await callsOf('+989123330002')];
    expect(before.map(({ length }) => length)).toEqual([1, 1]);
    // A node that dies before it says how far it read: the next one reads the same again.
    await desk.hub.database.query('update cdr_reading set cursor = null');
    await look();
    expect([await callsOf('+989123330001'), await callsOf('+989123330002')]).toEqual(before);
  });

  it('is read on although an exchange whose clock was wrong wrote of a day to come', async () => {
    await write({ src: '09123330004', uniqueid: uuid(), ago: '-400 days' });
    await look();
    await write({ src: '09123330005', uniqueid: uuid(), ago: '1 minute' });
    await look();
    expect(await callsOf('+989123330005')).toHaveLength(1);
    await exchange.query(`delete from cdr where src = '09123330004'`);
  });

  it('is tried step by step, and its trouble is told', async () => {
    const check = async () =>
      (await desk.admin.call<CdrCheckView[]>(`/api/channels/${phone}/cdr-reading/check`, { method: 'POST' })).body;
    expect((await check()).map(({ step, state }) => `${step} ${state}`)).toEqual([
      'connect ok',
      'table ok',
      'columns ok',
      'records failed',
    ]);
    await write({ src: '09123330003', uniqueid: uuid(), disposition: 'NO ANSWER' });
    expect((await check()).at(-1)).toMatchObject({ step: 'records', state: 'ok' });
    await exchange.query('alter table cdr rename to kept');
    expect((await check()).at(-1)).toMatchObject({
      step: 'table',
      state: 'failed',
      text: expect.stringContaining('cdr'),
    });
    await look();
    const standing = () => desk.admin.call<CdrReadingView>(`/api/channels/${phone}/cdr-reading`);
    expect((await standing()).body).toMatchObject({
      problem: expect.stringContaining('cdr'),
      readAt: expect.any(String),
    });
    await exchange.query('alter table kept rename to cdr');
    await look();
    expect((await standing()).body).toMatchObject({ problem: null });
    expect(await callsOf('+989123330003')).toMatchObject([{ content: { call: { outcome: 'missed' } } }]);
  });
});

describe('a call that an agent writes down', () => {
  const call = (more: object) => ({ direction: 'out', address: '09125550001', startedAt: '2026-01-01T10:00:00Z', durationSeconds: 90, outcome: 'answered', note: 'They want two.\nSoon.', ...more }); // prettier-ignore
  const log = (conversation: string, body: object) =>
    desk.agent.call<MessageView & { code?: string }>(`/api/conversations/${conversation}/calls`, { body });

  it('keeps what came of it, and is somebody’s work where it is to be followed up', async () => {
    const { conversation } = await desk.hear({ address: '+989125550001' });
    await desk.hub.database.query(`update ticket set state = 'solved', solved_at = now() where conversation_id = $1`, [
      conversation,
    ]);
    const alone = await log(conversation, call({ disposition: 'order_taken' }));
    expect([alone.status, alone.body]).toMatchObject([
      201,
      { ticketId: null, call: { outcome: 'answered', durationSeconds: 90 } },
    ]);
    const [stored] = await callsOf('+989125550001');
    expect(stored?.content.call.details).toMatchObject({
      source: 'manual',
      disposition: 'order_taken',
      legs: [{ agentId: desk.agentId, outcome: 'answered' }],
    });
    const followed = await log(conversation, call({ followUp: true }));
    expect(followed.body.ticketId).toEqual(expect.any(String));
    const view = await desk.open(conversation);
    expect(view.tickets.find(({ id }) => id === followed.body.ticketId)).toMatchObject({
      state: 'new',
      subject: 'They want two.',
    });
    const again = await log(conversation, call({ followUp: true, outcome: 'missed', direction: 'in' }));
    expect(again.body.ticketId).toBe(followed.body.ticketId);
  });

  it('is refused where it cannot be', async () => {
    const { conversation } = await desk.hear({ address: '+989125550002' });
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    expect((await log(conversation, call({ startedAt: soon }))).status).toBe(422);
    expect((await log(conversation, call({ startedAt: '2026-W10' }))).status).toBe(422);
    expect((await log(conversation, call({ disposition: 'no_such' }))).status).toBe(422);
    const list = (await desk.agent.call<{ key: string; names: object }[]>('/api/call-dispositions')).body;
    expect(list.map(({ key }) => key)).toContain('order_taken');
    const left = [{ key: 'order_taken', names: { en: 'Sold', fa: 'فروخته شد' } }];
    expect((await desk.agent.call('/api/call-dispositions', { method: 'PUT', body: { list: left } })).status).toBe(403);
    const set = await desk.admin.call<object[]>('/api/call-dispositions', { method: 'PUT', body: { list: left } });
    expect(set.body[0]).toEqual({ ...left[0], isRetired: false });
    expect((await log(conversation, call({ disposition: 'complaint' }))).status).toBe(422);
  });
});
