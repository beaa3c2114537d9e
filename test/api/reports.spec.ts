import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { v7 as uuid } from 'uuid';
import { ChannelError, type OutboundMessage } from '#channels';
import { HubConfig } from '#config';
import type {
  ExportView,
  HeatView,
  ReportName,
  ReportScheduleView,
  ReportTicketsView,
  ReportView,
  StaffingCell,
  StaffingView,
  TicketRef,
} from '#contract';
import { operate } from '../../apps/hub/src/operations/operate.js';
import { FileStorage } from '../../apps/hub/src/platform/storage/file-storage.js';
import { ChannelDirectory } from '../../apps/hub/src/settings/channel-directory.service.js';
import { ExportRuns } from '../../apps/hub/src/supervision/reports/exports/export-runs.service.js';
import { ScheduleSweeper } from '../../apps/hub/src/supervision/reports/schedules/schedules.sweeper.js';
import { recount } from '../../apps/hub/src/supervision/reports/facts/report-facts.query.js';
import { ReportFacts } from '../../apps/hub/src/supervision/reports/facts/report-facts.sweeper.js';
import { reports, type ReportDefinition } from '../../apps/hub/src/supervision/reports/questions/report-catalogue.js';
import { columnWords, reportWords } from '../../apps/hub/src/supervision/reports/files/report-words.js';
import { ReportReads } from '../../apps/hub/src/supervision/reports/questions/report-reads.service.js';
import { buildAgent, signedIn, type Caller } from '../support/build-rows.js';
import { buildChannel, buildQueue } from '../support/live-client.js';
import { liveThrough } from '../support/report-history.js';
import { rawNumbers } from '../support/report-numbers.js';
import { everythingOf } from '../support/report-raw.js';
import { addPast, spreadOverTime, type PastOf } from '../support/report-past.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { TicketDesk } from '../support/ticket-desk.js';
import { until } from '../support/until.js';

let hub: TestHub;
let desk: TicketDesk;
let admin: Caller;
/** Oversees the other queue only. */
let asLead: Caller;
let otherQueue: string;
let past: PastOf;
let site: { id: string; kind: 'web' | 'messages' };

const zone = 'Asia/Tehran';
const people = 11;

/** Until all that happened is followed: a sweep may have begun before, and facts wait for older transactions of whoever shares the server. */
const sweep = (): Promise<number> =>
  until(
    async () => {
      await hub.app.get(ReportFacts, { strict: false }).sweep();
      const [left] = await hub.database.query<{ facts: number }>(
        `select count(*)::int as facts from event_log e, fact_cursor c where c.reader = 'reports' and (e.xid, e.position) > (c.xid, c.position)`,
      );
      return left?.facts ?? 0;
    },
    (facts) => facts === 0,
  );

interface Said {
  id: string;
  body: string;
}

/** As an operator asks for it in a terminal: how it ends, and what it says. */
async function recounted(...options: string[]): Promise<[number, unknown]> {
  const written: string[] = [];
  const out = { write: (text: string) => void written.push(text), say: () => undefined, complain: () => undefined };
  const status = await operate(['reports', 'recount', ...options], out, () => hub.app.get(HubConfig));
  return [status, JSON.parse(written.join(''))];
}

const differences = (): Promise<object[]> => hub.database.query(recount, [20]);

beforeAll(async () => {
  hub = await startTestHub();
  desk = await TicketDesk.open(hub);
  admin = desk.callers.asAdmin;
  site = await buildChannel(hub, { kind: 'web', queueId: desk.queueId });
  otherQueue = await buildQueue(hub.database, { members: [desk.people.sara.id] });
  const seeds = Array.from({ length: people }, (_, index) => index + 1);
  const worker = async (): Promise<void> => {
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
      await liveThrough({ desk, site, otherQueue }, seed);
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
}, 60_000);
afterAll(() => hub?.stop());

describe('a busy past', () => {
  it('is kept as facts that agree with a recount, event by event, whatever was merged, moved, split and undone', async () => {
    await sweep();
    const [had] = await hub.database.query<Record<string, number>>(
      `select (select count(*)::int from merge_journal where kind = 'ticket_merge') as merges,
              (select count(*)::int from merge_journal where kind like '%undo') as undone,
              (select count(*)::int from merge_journal where kind in ('ticket_split', 'message_move')) as moves,
              (select count(*)::int from ticket_turn where kind = 'reopened') as reopened,
              (select count(*)::int from report_fact where kind = 'sent') as sent, (select count(*)::int from ticket) as tickets`,
    );
    expect(Object.entries(had ?? {}).filter(([, count]) => count < 3)).toEqual([]);
    expect(had?.['tickets']).toBeGreaterThan(30);
    expect(await differences()).toEqual([]);
  });

  it('that somebody changed behind its back is noticed by a recount', async () => {
    await hub.database.query(
      `update report_fact set at = at - interval '1 second' where id = (select min(id) from report_fact)`,
    );
    expect(await recounted('--json')).toEqual([1, expect.objectContaining({ differences: 2, mended: 0 })]);
    expect(await recounted('--json', '--mend')).toEqual([0, expect.objectContaining({ differences: 2, mended: 1 })]);
    expect(await recounted('--json')).toEqual([0, { differences: 0, mended: 0, first: [] }]);
    past = await addPast(hub.database, { agents: [desk.people.sara.id, desk.people.reza.id] });
    await spreadOverTime(hub.database);
    await sweep();
    expect(await differences()).toEqual([]);
  });

  it('is reported to the number as the rows say it: by days of a place, queues, agents, and everything else', async () => {
    const { from, to } = past;
    const happened = await everythingOf(hub.database);
    for (const [report, { by, dimensions, columns }] of Object.entries(reports)) {
      for (const cut of new Set([by, 'day', dimensions.at(-1) ?? by])) {
        const { status, body, text } = await admin.call<ReportView>(
          `/api/reports/${report}?from=${from}&to=${to}&zone=${zone}&by=${cut}`,
        );
        expect([status, status === 200 ? '' : text]).toEqual([200, '']);
        expect(body.columns.map(({ key }) => key)).toEqual(columns.map(({ key }) => key));
        const raw = rawNumbers(happened, { report, by: cut, from, to, zone });
        const shown = Object.fromEntries(
          [...body.rows, body.total].map(({ key, values }) => [
            key,
            Object.fromEntries(columns.map((column, index) => [column.key, values[index] ?? null])),
          ]),
        );
        expect([report, cut, shown]).toEqual([report, cut, padded(raw, shown)]);
      }
    }
  }, 30_000);

  it('lists behind any number exactly what it counts', async () => {
    const { from, to } = past;
    const counts = new Set(['count', 'sum', 'open']);
    for (const [report, { by, columns }] of Object.entries(reports)) {
      const query = `from=${from}&to=${to}&zone=${zone}`;
      const { body } = await admin.call<ReportView>(`/api/reports/${report}?${query}&by=${by}`);
      const busiest = body.rows.toSorted((a, b) => (b.values[0] ?? 0) - (a.values[0] ?? 0)).slice(0, 1);
      const numbers = [...busiest, body.total].flatMap((row) =>
        columns.map((column, index) => ({ row, column, index })),
      );
      for (const { row, column, index } of numbers) {
        const rows = await allBehind(
          `/api/reports/${report}/tickets?${query}&by=${by}&${row === body.total ? '' : `row=${encodeURIComponent(row.key)}&`}column=${column.key}`,
        );
        const value = row.values[index];
        const listed = column.of === 'sum' ? rows.reduce((sum, one) => sum + one.value, 0) : rows.length;
        expect([report, row.key, column.key, counts.has(column.of) ? listed : listed > 0]).toEqual([
          report,
          row.key,
          column.key,
          counts.has(column.of) ? value : value !== null,
        ]);
      }
    }
    // A tag may be called anything.
    await hub.database.query(
      `update report_ticket set tags = '{total}' where ticket_id = (select ticket_id from report_fact where kind = 'opened' and at < $1 order by at desc limit 1)`,
      [to],
    );
    const tagged = `from=${from}&to=${to}&zone=${zone}&by=tag&column=opened`;
    expect(await allBehind(`/api/reports/tags/tickets?${tagged}&row=total`)).toHaveLength(1);
  }, 30_000);
});

describe('a report as a file', () => {
  it('opens in an office program in Persian, and runs nothing that a stranger wrote', async () => {
    const { from, to } = past;
    const path = `from=${from}&to=${to}&zone=${zone}`;
    await hub.database.query(`update queue set name = '=cmd|''/c calc''!A0' where id = $1`, [otherQueue]);
    const table = await admin.call(`/api/reports/queues/file?${path}&format=csv&locale=fa`);
    expect(table.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const bytes = await rawFile(`/api/reports/queues/file?${path}&format=csv&locale=fa`);
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const lines = bytes.toString().trim().split('\r\n');
    expect(lines[0]).toContain('"صف","بازشده","حل‌شده"');
    expect(lines.some((line) => line.startsWith(`"'=cmd|`))).toBe(true);
    const { body } = await admin.call<ReportView>(`/api/reports/queues?${path}`);
    expect(lines.at(-1)).toBe(`"مجموع",${body.total.values.map((value) => value ?? '').join(',')}`);
    for (const language of ['en', 'fa'] as const) {
      const console = `${import.meta.dirname}/../../apps/agent-ui/src/i18n/reports.${language}.json`;
      const { reports: words } = JSON.parse(readFileSync(console, 'utf8')) as { reports: ConsoleWords };
      for (const [report, { columns }] of Object.entries(reports) as [ReportName, ReportDefinition][]) {
        const shown: Record<string, string> = {
          ...words.column,
          ...(report === 'campaigns' && { sent: words.sentCampaign }),
        };
        const inFile = columns.map((column) => columnWords(report, { ...column, unit: 'count' }, language));
        expect([reportWords[report][language], ...inFile]).toEqual([
          words.name[report],
          ...columns.map(({ key }) => shown[key]),
        ]);
      }
    }
    const behind = await rawFile(`/api/reports/volume/file?${path}&format=jsonl&column=opened`);
    const { body: volume } = await admin.call<ReportView>(`/api/reports/volume?${path}`);
    expect(behind.toString().trim().split('\n')).toHaveLength(volume.total.values[0] ?? 0);
  });

  it('comes although others look at all the reports that are counted at once, with its times in the calendar that was asked for', async () => {
    const path = `from=${past.from}&to=${past.to}&zone=${zone}&calendar=jalali`;
    const { body } = await admin.call<ReportTicketsView>(`/api/reports/volume/tickets?${path}&column=opened&limit=1`);
    const reads = hub.app.get(ReportReads, { strict: false });
    const looking = Promise.withResolvers<void>();
    const looks = [reads.read(() => looking.promise), reads.read(() => looking.promise)];
    const files = [`volume/file?${path}`, `volume/file?${path}&column=opened`];
    const [table, behind] = await Promise.all(files.map((file) => admin.call(`/api/reports/${file}`))).finally(() =>
      looking.resolve(),
    );
    await Promise.all(looks);
    expect([table?.status, behind?.status]).toEqual([200, 200]);
    const [newest] = body.tickets as [TicketRef];
    const jalali = new Intl.DateTimeFormat('fa-IR-u-nu-latn', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'medium',
    }).formatToParts(new Date(newest.at));
    const of = (type: string): string => (jalali.find((part) => part.type === type)?.value ?? '').padStart(2, '0');
    expect(behind?.text.split('\r\n')[1]).toContain(
      `"${of('year')}/${of('month')}/${of('day')} ${of('hour')}:${of('minute')}:${of('second')}"`,
    );
    expect(table?.text.split('\r\n').at(-3)).toMatch(/^"14\d\d\/\d\d\/\d\d",/u);
  });
});

describe('who reads reports', () => {
  it('sees all, or nothing beyond the own queues, or is refused', async () => {
    const path = `from=${past.from}&to=${past.to}&zone=${zone}`;
    expect((await desk.callers.asSara.call(`/api/reports/volume?${path}`)).status).toBe(403);
    expect((await desk.callers.asSara.call('/api/exports')).status).toBe(403);
    const role = uuid();
    await hub.database.query(
      `insert into own_role (id, name, base, permissions, sees) values ($1, '{"en": "Lead"}', 'supervisor', '{reports.read,exports.make}', 'own_queues')`,
      [role],
    );
    const lead = await buildAgent(hub.database, { role: 'supervisor' });
    await hub.database.query('update agent set own_role_id = $2 where id = $1', [lead.id, role]);
    await hub.database.query('insert into queue_member (queue_id, agent_id) values ($1, $2)', [otherQueue, lead.id]);
    asLead = await signedIn(hub, lead.id);
    const seen = await asLead.call<ReportView>(`/api/reports/queues?${path}`);
    expect(seen.body.rows.map(({ key }) => key)).toEqual([otherQueue]);
    const { body } = await admin.call<ReportView>(`/api/reports/queues?${path}&queue=${otherQueue}`);
    expect(seen.body.total).toEqual(body.total);
    expect(await refusalOf(`/api/reports/volume?${path}&by=rule`)).toEqual([422, 'by_unknown']);
    expect(await refusalOf(`/api/reports/weather?${path}`)).toEqual([404, 'not_found']);
    // The database and the hub would count other days by it.
    const offset = `/api/reports/heat?from=${past.from}&to=${past.to}&zone=%2B03:30`;
    expect((await admin.call(offset)).status).toBe(422);
  });
});

describe('an export', () => {
  it('has every message that its maker may read, once, whoever goes on after a stop; notes only when asked for', async () => {
    const { database } = hub;
    const made = await admin.call<ExportView>('/api/exports', {
      body: { kind: 'conversations', format: 'jsonl', from: '2020-01-01', to: '2030-01-01', zone },
    });
    expect(made.status).toBe(201);
    const runs = hub.app.get(ExportRuns, { strict: false });
    await Promise.all([runs.run(made.body.id), runs.run(made.body.id)]);
    const ready = await endOf(made.body, admin);
    expect([ready.state, ready.why]).toEqual(['done', '']);
    const lines = (await rawFile(`/api/exports/${made.body.id}/file`)).toString().trim().split('\n');
    const ids = lines.map((line) => (JSON.parse(line) as { message: string }).message);
    const [raw] = await database.query<{ n: number }>(
      `select count(*)::int as n from message where direction <> 'internal'`,
    );
    expect([new Set(ids).size, ids.length, ready.rows]).toEqual([raw?.n, raw?.n, raw?.n]);
    const own = await asLead.call<ExportView>('/api/exports', {
      body: { kind: 'customers', format: 'jsonl', from: '2020-01-01', to: '2030-01-01', zone },
    });
    await endOf(own.body, asLead);
    const file = (await rawFile(`/api/exports/${own.body.id}/file`, asLead)).toString().trim();
    const exported = file.split('\n').map((line) => JSON.parse(line) as { conversation: string; tickets: number });
    const [theirs] = await database.query<{ n: number }>(
      'select count(*)::int as n from ticket where merged_into is null and queue_id = $1 and conversation_id = any ($2)',
      [otherQueue, exported.map(({ conversation }) => conversation)],
    );
    expect(exported.reduce((sum, { tickets }) => sum + tickets, 0)).toBe(theirs?.n);
    expect((await asLead.call(`/api/exports/${own.body.id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await desk.callers.asReza.call(`/api/exports/${made.body.id}/file`)).status).toBe(403);
    expect((await admin.call(`/api/exports/${made.body.id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await admin.call(`/api/exports/${made.body.id}`)).status).toBe(404);
    expect(await database.query('select 1 from report_export_part')).toEqual([]);
  });

  it('never has what was redacted, be it while it is made or after', async () => {
    const storage = hub.app.get(FileStorage, { strict: false });
    const store = storage.store.bind(storage);
    const said = await hub.database.query<Said & Record<string, unknown>>(
      `select id, body from message where direction = 'in' and length(body) > 5 and redacted_at is null order by id limit 2`,
    );
    const [meanwhile, later] = said as unknown as [Said, Said];
    const redact = async ({ id }: Said): Promise<void> => {
      const { status } = await admin.call(`/api/messages/${id}/redact`, { method: 'POST' });
      expect(status).toBe(200);
    };
    let redacting: Promise<void> | undefined;
    const storing = jest.spyOn(storage, 'store').mockImplementation(async (...file) => {
      // Everything is read, and nothing noted yet, by whichever of those who make it.
      const stored = await store(...file);
      await (redacting ??= redact(meanwhile));
      return stored;
    });
    const { body } = await admin.call<ExportView>('/api/exports', {
      body: { kind: 'conversations', format: 'jsonl', from: '2020-01-01', to: '2030-01-01', zone },
    });
    const wordsOf = async (): Promise<Map<string, string>> => {
      await hub.app.get(ExportRuns, { strict: false }).run(body.id);
      await endOf(body, admin);
      const lines = (await rawFile(`/api/exports/${body.id}/file`)).toString().trim().split('\n');
      const read = lines.map((line) => JSON.parse(line) as { message: string; text: string });
      return new Map(read.map(({ message, text }) => [message, text]));
    };
    const first = await wordsOf();
    storing.mockRestore();
    expect([first.get(meanwhile.id), first.get(later.id)]).toEqual(['', later.body]);
    await redact(later);
    const refused = await admin.call<{ code: string }>(`/api/exports/${body.id}/file`);
    expect([refused.status, refused.body.code]).toEqual([409, 'not_ready']);
    expect((await wordsOf()).get(later.id)).toBe('');
    expect(await hub.database.query('select 1 from spent_file')).toEqual([]);
  });
});

describe('a report that is mailed', () => {
  it('goes out once when it is due, whoever looks, in its reader’s language, and says what went wrong', async () => {
    const { database } = hub;
    const mailbox = uuid();
    await database.query(
      `insert into channel (id, kind, name, queue_id, config) values ($1, 'email', 'Mail', $2, $3)`,
      [
        mailbox,
        desk.queueId,
        JSON.stringify({
          address: 'reports@peyk.test',
          fromName: 'Peyk',
          smtp: { host: '127.0.0.1', port: 9, secure: false },
        }),
      ],
    );
    const channels = hub.app.get(ChannelDirectory);
    await channels.refresh();
    const sent: OutboundMessage[] = [];
    const adapter = channels.find(mailbox)?.adapter as unknown as {
      send: (message: OutboundMessage) => Promise<unknown>;
    };
    const sending = jest
      .spyOn(adapter, 'send')
      .mockImplementation((message) => Promise.resolve(void sent.push(message)));
    const terms = {
      name: 'گزارش روزانه',
      report: 'queues',
      query: { calendar: 'jalali' },
      every: 'month',
      zone,
      to: ['lead@peyk.test', 'boss@peyk.test'],
      channelId: mailbox,
      locale: 'fa',
    };
    const made = await admin.call<ReportScheduleView>('/api/reports/schedules', { body: terms });
    expect([made.status, made.body.atLocalTime, made.body.enabled]).toEqual([201, '08:00', true]);
    const ofAll = `/api/reports/schedules/${made.body.id}`;
    expect((await asLead.call('/api/reports/schedules')).body).toEqual([]);
    expect((await asLead.call(ofAll, { method: 'DELETE' })).status).toBe(404);
    expect((await asLead.call(`${ofAll}/send`, { method: 'POST' })).status).toBe(404);
    await database.query(`update report_schedule set next_at = clock_timestamp() - interval '1 minute'`);
    const sweeper = hub.app.get(ScheduleSweeper, { strict: false });
    const other: ScheduleSweeper = Object.assign(Object.create(ScheduleSweeper.prototype) as object, sweeper, {
      looking: null,
    }) as unknown as ScheduleSweeper;
    await Promise.all([sweeper.look(), other.look()]);
    await sweeper.look();
    expect(sent).toHaveLength(1);
    const [mail] = sent as [OutboundMessage];
    expect(mail.mail).toMatchObject({
      cc: ['boss@peyk.test'],
      table: { head: expect.arrayContaining(['صف', 'بازشده']) as unknown as string[] },
    });
    expect([mail.to.address, mail.attachments[0]?.mediaType]).toEqual(['lead@peyk.test', 'text/csv']);
    expect(mail.mail?.subject).toMatch(/^گزارش روزانه · .*[۰-۹]/u);
    sending.mockRejectedValueOnce(new ChannelError('refused', 'The server said no.', { retry: 'never' }));
    expect((await admin.call(`/api/reports/schedules/${made.body.id}/send`, { method: 'POST' })).status).toBe(202);
    await sweeper.look();
    const [shown] = (await admin.call<ReportScheduleView[]>('/api/reports/schedules')).body;
    expect([shown?.lastProblem, shown?.lastSentAt === null, sent.length]).toEqual(['The server said no.', false, 1]);
    sending.mockRestore();
    // Gone, it is still known by its name to whoever reads the audit.
    expect((await admin.call(ofAll, { method: 'DELETE' })).status).toBe(204);
    expect((await admin.call('/api/audit?action=report_schedule.removed')).text).toContain(made.body.name);
  });
});

describe('the heat map and staffing', () => {
  it('tell of as much as came, and of nobody where nothing did', async () => {
    const { from, to } = past;
    const { body: heat } = await admin.call<HeatView>(`/api/reports/heat?from=${from}&to=${to}&zone=${zone}`);
    const { body: volume } = await admin.call<ReportView>(`/api/reports/volume?from=${from}&to=${to}&zone=${zone}`);
    expect(heat.days.flat().reduce((sum, n) => sum + n, 0)).toBe(volume.total.values[0]);
    const { body: plan } = await admin.call<StaffingView>(`/api/reports/staffing?weeks=5&zone=${zone}&shrinkage=0.5`);
    expect(plan.cells).toHaveLength(168);
    expect(plan.handleSeconds).toBeCloseTo(420, 0);
    const busy = plan.cells.filter(({ arrivals }) => arrivals > 0);
    expect(busy.length).toBeGreaterThan(0);
    expect(busy.every(({ agents, share }) => agents >= 2 && share >= 0.8)).toBe(true);
    expect(plan.cells.filter(({ arrivals }) => arrivals === 0).every(({ agents }) => agents === 0)).toBe(true);
    for (const measure of ['arrivals', 'replies']) {
      const query = `from=${from}&to=${to}&zone=${zone}&measure=${measure}`;
      const { body: of } = await admin.call<HeatView>(`/api/reports/heat?${query}`);
      const [weekday, hour] = busiestOf(of.days);
      const behind = await allBehind(`/api/reports/heat/tickets?${query}&weekday=${weekday}&hour=${hour}`);
      expect([measure, behind.reduce((sum, { value }) => sum + value, 0)]).toEqual([measure, of.max]);
    }
    const [most] = busy.toSorted((a, b) => b.arrivals - a.arrivals) as [StaffingCell];
    const came = await allBehind(
      `/api/reports/heat/tickets?from=${plan.from}&to=${plan.to}&zone=${zone}&atOnce=true&weekday=${most.weekday}&hour=${most.hour}`,
    );
    expect(came).toHaveLength(Math.round(most.arrivals * 5));
    expect((await admin.call(`/api/reports/heat/tickets?from=${from}&to=${to}&weekday=8&hour=1`)).status).toBe(422);
  });
});

/** Names that the console has for reports and their columns. */
interface ConsoleWords {
  name: Record<string, string>;
  column: Record<string, string>;
  sentCampaign: string;
}

/** An export as it is once nobody makes it any more. */
const endOf = ({ id }: ExportView, caller: Caller): Promise<ExportView> =>
  until(
    async () => (await caller.call<ExportView>(`/api/exports/${id}`)).body,
    ({ state }) => state !== 'running',
  );

/** The bytes themselves: reading them as text would take the mark away that they begin with. */
async function rawFile(path: string, caller = admin): Promise<Buffer> {
  const response = await fetch(hub.url + path, { headers: caller.credentials });
  return Buffer.from(await response.arrayBuffer());
}

async function refusalOf(path: string): Promise<[number, string]> {
  const { status, body } = await admin.call<{ code: string }>(path);
  return [status, body.code];
}

/** Instants have microseconds, which the two sides add up in another order. */
const near = (raw: number | null, shown: number | null): number | null =>
  raw !== null && shown !== null && Math.abs(raw - shown) < 0.01 ? shown : raw;

/** What the rows say, with empty rows where the report shows one: nothing is counted and nothing measured there. */
function padded(
  raw: Record<string, Record<string, number | null>>,
  shown: Record<string, Record<string, number | null>>,
): object {
  return Object.fromEntries(
    Object.entries(shown).map(([key, columns]) => [
      key,
      Object.fromEntries(
        Object.entries(columns).map(([column, value]) => [column, near(raw[key]?.[column] ?? null, value)]),
      ),
    ]),
  );
}

/** The weekday, 1 for Monday, and hour of the highest number. */
function busiestOf(days: number[][]): [string, string] {
  const most = Math.max(...days.flat());
  const day = days.findIndex((hours) => hours.includes(most));
  return [String(day + 1), String(days[day]?.indexOf(most) ?? 0)];
}

async function allBehind(path: string): Promise<TicketRef[]> {
  const all: TicketRef[] = [];
  for (let cursor = ''; ;) {
    const { body } = await admin.call<ReportTicketsView>(`${path}&limit=100${cursor}`);
    all.push(...body.tickets);
    if (body.next === null) {
      return all;
    }
    cursor = `&cursor=${encodeURIComponent(body.next)}`;
  }
}
