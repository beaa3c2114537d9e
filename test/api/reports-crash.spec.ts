import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { ExportView, ReportScheduleView } from '#contract';
import { ChannelDirectory } from '../../apps/hub/src/settings/channel-directory.service.js';
import { ExportRuns } from '../../apps/hub/src/supervision/reports/exports/export-runs.service.js';
import { ScheduleSweeper } from '../../apps/hub/src/supervision/reports/schedules/schedules.sweeper.js';
import { startMailServer, type MailServer } from '../../tools/stand-ins/mail-server.js';
import { Caller } from '../support/build-rows.js';
import { spawnNode, type SpawnedNode } from '../support/spawn-node.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { createTestDatabase } from '../support/test-database.js';
import { TicketDesk } from '../support/ticket-desk.js';

const env = { SECRET_KEY: Buffer.alloc(32, 7).toString('base64'), OUTBOUND_ALLOW: '127.0.0.0/8' };

let database: Awaited<ReturnType<typeof createTestDatabase>>;
/** Answers those who ask and does nothing by itself, until it is told to. */
let survivor: TestHub;
let admin: Caller;
let mails: MailServer;
let doomed: SpawnedNode | null = null;
let folder: string;
let schedule: ReportScheduleView;

beforeAll(async () => {
  [database, mails] = await Promise.all([createTestDatabase(), startMailServer()]);
  survivor = await startTestHub({ databaseUrl: database.url, env: { ...env, ROLE: 'web' } });
  const desk = await TicketDesk.open(survivor);
  admin = desk.callers.asAdmin;
  await desk.talk('something to export');
  await survivor.database.query(
    `insert into channel (id, kind, name, queue_id, config) values (gen_random_uuid(), 'email', 'Post', $1, $2)`,
    [
      desk.queueId,
      {
        address: 'reports@peyk.test',
        fromName: 'Peyk',
        smtp: { host: '127.0.0.1', port: mails.port, secure: false },
      },
    ],
  );
  const channels = survivor.app.get(ChannelDirectory);
  await channels.refresh();
  const [mailbox] = await survivor.database.query<{ id: string }>(`select id from channel where kind = 'email'`);
  const made = await admin.call<ReportScheduleView>('/api/reports/schedules', {
    body: { name: 'Daily', report: 'queues', every: 'day', to: ['boss@peyk.test'], channelId: mailbox?.id },
  });
  schedule = made.body;
}, 60_000);

afterEach(async () => {
  await doomed?.close();
  await rm(folder, { recursive: true, force: true });
});

afterAll(async () => {
  await survivor?.stop();
  await mails?.close();
  await database?.drop();
});

/** A node that is asked for something, and dies of it; it may before it can answer. */
async function asked(place: string, ...call: Parameters<Caller['call']>): Promise<SpawnedNode> {
  // One storage of files for both, as nodes of an installation have it.
  folder = await mkdtemp(join(tmpdir(), 'peyk-doomed-'));
  await mkdir(join(survivor.dataDir, 'files'), { recursive: true });
  await symlink(join(survivor.dataDir, 'files'), join(folder, 'files'));
  doomed = await spawnNode({ ...env, DATABASE_URL: database.url, DATA_DIR: folder });
  await doomed.dieAt(place);
  await new Caller(doomed.url, admin.credentials).call(...call).catch(() => undefined);
  return doomed;
}

it.each(['export.before-part-commit', 'export.after-part-commit'])(
  'finishes an export that died at %s, with every message once',
  async (place) => {
    const { gone } = await asked(place, '/api/exports', {
      body: { kind: 'conversations', format: 'jsonl', from: '2020-01-01', to: '2030-01-01' },
    });
    await gone;
    const [made] = (await admin.call<ExportView[]>('/api/exports')).body;
    const id = made?.id ?? '';
    expect(made?.state).toBe('running');
    await survivor.app.get(ExportRuns, { strict: false }).run(id);
    const file = await admin.call(`/api/exports/${id}/file`);
    const ids = file.text
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { message: string }).message);
    const said = await survivor.database.query<{ id: string }>(
      `select id from message where direction <> 'internal' order by at, id`,
    );
    expect(ids).toEqual(said.map((message) => message.id));
  },
  40_000,
);

it.each([
  ['report-mail.after-claim', 1],
  ['report-mail.after-send', 2],
])(
  'loses no mailed report when a node dies at %s, and what goes again is the same mail',
  async (place, copies) => {
    const before = mails.sent.length;
    const { gone } = await asked(place, `/api/reports/schedules/${schedule.id}/send`, { method: 'POST' });
    await gone;
    // Nobody takes what another may be sending.
    const sweeper = survivor.app.get(ScheduleSweeper, { strict: false });
    await sweeper.look();
    expect(mails.sent).toHaveLength(before + copies - 1);
    await survivor.database.query(`update report_sending set due_at = clock_timestamp() where state = 'due'`);
    await sweeper.look();
    await sweeper.look();
    const sent = mails.sent.slice(before);
    expect([sent.length, new Set(sent.map(({ messageId }) => messageId)).size]).toEqual([copies, 1]);
    const [left] = await survivor.database.query(`select 1 from report_sending where state <> 'sent'`);
    expect(left).toBeUndefined();
  },
  40_000,
);
