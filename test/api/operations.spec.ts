import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '#config';
import type { SystemAlarmView, SystemView } from '#contract';
import { headerOf, readHeader } from '../../apps/hub/src/operations/backup/archive-format.js';
import { ArchiveWriter } from '../../apps/hub/src/operations/backup/archive-writer.js';
import { CheckedArchive } from '../../apps/hub/src/operations/backup/archive-reader.js';
import { Heartbeats } from '../../apps/hub/src/operations/system/heartbeats.service.js';
import { operate } from '../../apps/hub/src/operations/operate.js';
import { createDataSource } from '../../apps/hub/src/database/data-source.js';
import { buildAgent, signedIn } from '../support/build-rows.js';
import {
  listRows,
  openConversation,
  replyBy,
  startConnectedWorld,
  type ConnectedWorld,
} from '../support/connected-world.js';
import { openedConsole } from '../support/live-client.js';
import { startTestHub } from '../support/start-hub.js';
import { until } from '../support/until.js';

const passphrase = 'a passphrase of enough words';
const fileBytes = randomBytes(3_000_000);
/** Every folder and database that this file made. */
const made: (() => Promise<unknown>)[] = [];
let scene: ConnectedWorld;
let folder: string;
let backup: string;
/** The installation that was restored first. */
let second: { DATA_DIR: string; DATABASE_URL: string };

beforeAll(async () => {
  scene = await startConnectedWorld();
  folder = await newFolder();
  await writeFile(join(folder, 'passphrase'), `${passphrase}\n`);
}, 60_000);

afterAll(async () => {
  await scene?.close();
  for (const undo of made.toReversed()) {
    await undo();
  }
});

async function newFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'peyk-data-'));
  await chmod(path, 0o755);
  made.push(() => rm(path, { recursive: true, force: true }));
  return path;
}

async function ask(databaseUrl: string, statement: string, values: unknown[] = []): Promise<unknown[]> {
  const source = await createDataSource(databaseUrl, { poolSize: 1 }).initialize();
  try {
    return await source.query<unknown[]>(statement, values);
  } finally {
    await source.destroy();
  }
}

const asAdmin = (statement: string) => ask(process.env['PEYK_TEST_DATABASE_URL'] as string, statement);

/** An empty database of somebody else's server: its owner is an ordinary role. */
async function emptyDatabase(): Promise<string> {
  const name = `elsewhere_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(`create role ${name} login nosuperuser nocreatedb nocreaterole password 'elsewhere'`);
  await asAdmin(`create database ${name} owner ${name} template template1`);
  made.push(async () => {
    await asAdmin(`drop database if exists ${name} with (force)`);
    await asAdmin(`drop role ${name}`);
  });
  const url = new URL(process.env['PEYK_TEST_DATABASE_URL'] as string);
  return Object.assign(url, { username: name, password: 'elsewhere', pathname: `/${name}` }).toString();
}

/** A command, as it is typed on the machine of an installation. */
async function peyk(env: Record<string, string>, ...words: string[]): Promise<{ code: number; out: string }> {
  let out = '';
  const keep = (text: string) => void (out += text);
  const to = { write: keep, complain: keep, say: () => undefined };
  const code = await operate(words, to, () => parseConfig(env));
  return { code, out };
}

/** The same as a process that dies at a named place. Resolves once it is gone. */
async function peykThatDies(place: string, env: Record<string, string>, ...words: string[]): Promise<string | null> {
  const support = join(import.meta.dirname, '../support/run-decorated.mjs');
  const program = join(import.meta.dirname, '../../apps/hub/src/operations/main.ts');
  const child = spawn(process.execPath, ['--conditions=chaos', '--import', support, program, ...words, '--quiet'], {
    env: { PATH: process.env['PATH'] ?? '', FAILPOINT: place, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return signal;
}

const here = (): Record<string, string> => ({
  DATA_DIR: scene.hub.dataDir,
  DATABASE_URL: scene.hub.database.connectionUrl,
});
const passphraseFile = () => join(folder, 'passphrase');

/** Rows of every table in any order, as a backup counts and hashes them, without those that a restore writes. */
async function sumsOf(path: string): Promise<Map<string, string>> {
  const archive = await CheckedArchive.open(path);
  await archive.close();
  return new Map(archive.manifest.tables.map(({ name, rows, sum }) => [name, `${String(rows)} ${sum}`]));
}

async function buildChat(chat: number, words = 'hello'): Promise<string> {
  scene.world.bot.customer(chat, `Customer ${String(chat)}`).say(words);
  const row = await until(
    async () =>
      (await listRows(scene.agent, 'open')).find(({ customer }) => customer.name === `Customer ${String(chat)}`),
    (found) => found !== undefined,
  );
  return row?.conversation ?? '';
}

describe('an installation', () => {
  it('tells its administrators how it is, and which worker is silent', async () => {
    const heartbeats = scene.hub.app.get(Heartbeats, { strict: false });
    await heartbeats.tell();
    const { body, status } = await scene.admin.call<SystemView>('/api/system');
    expect(status).toBe(200);
    expect(body.nodes).toMatchObject([{ name: heartbeats.nodeName, role: 'all', silent: false }]);
    const workers = body.nodes[0]?.workers.map(({ name }) => name);
    expect(workers).toEqual(
      expect.arrayContaining(['deliveries', 'rules', 'promises', 'webhooks', 'bots', 'routing', 'outreach']),
    );
    expect(body.queues.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['deliveries', 'facts rules', 'quarantine']),
    );
    expect(body.database.bytes).toBeGreaterThan(1_000_000);
    expect((await scene.admin.call<SystemAlarmView>('/api/system/alarm')).body).toEqual({ silent: [] });
    expect((await scene.agent.call('/api/system')).status).toBe(403);

    await scene.hub.database.query(
      `insert into hub_node (name, version, node_version, role, started_at, memory_bytes) values ('other', '1', '24', 'worker', now(), 1)`,
    );
    await scene.hub.database.query(
      `insert into worker_turn values ('other', 'rules', clock_timestamp() - interval '2 minutes', 1000), ('other', 'bots', clock_timestamp(), 1000)`,
    );
    const told = await scene.admin.call<SystemAlarmView>('/api/system/alarm');
    expect(told.body.silent).toMatchObject([{ node: 'other', worker: 'rules' }]);
    expect(await peyk(here(), 'doctor')).toMatchObject({
      code: 1,
      out: expect.stringContaining('rules on other is silent'),
    });
    await scene.hub.database.query(`delete from hub_node where name = 'other'`);
  });

  it('gives who helps a file without secrets and without what people wrote', async () => {
    const canary = `canary-${randomUUID()}`;
    await replyBy(scene.agent, await buildChat(8050, canary), 'telegram', `${canary} answered`);
    const { status, text, headers } = await scene.admin.call('/api/system/diagnostics');
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toContain('peyk-diagnostics.json');
    const key = (await readFile(join(scene.hub.dataDir, 'secret.key'), 'utf8')).trim();
    for (const secret of [
      canary,
      key,
      scene.world.bot.token,
      new URL(scene.hub.database.connectionUrl).password,
      'admin@peyk.test',
    ]) {
      expect(text).not.toContain(secret);
    }
    const doctor = await peyk(here(), 'doctor', '--json');
    expect(doctor.out).not.toContain(key);
    const { findings } = JSON.parse(doctor.out) as { findings: { check: string; state: string }[] };
    expect(
      findings
        .filter(({ check }) => ['schema', 'clocks', 'secrets', 'workers', 'queues'].includes(check))
        .map(({ state }) => state),
    ).toEqual(Array.from({ length: 5 }, () => 'ok'));
  });

  it('lets an operator into accounts by links that work once, and says how its schema stands', async () => {
    const made = await peyk(here(), 'user', 'create', 'Neda@peyk.test', '--role', 'supervisor', '--name', 'Neda');
    expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/\/join#\S{43}\n/) });
    expect(await peyk(here(), 'user', 'create', 'neda@peyk.test')).toMatchObject({ code: 1 });
    expect((await peyk(here(), 'user', 'reset', 'admin@peyk.test')).out).toMatch(/\/reset#\S{43}\n/);
    expect(await peyk(here(), 'user', 'disable', 'admin@peyk.test')).toMatchObject({
      code: 1,
      out: expect.stringContaining('would be an administrator any more'),
    });
    await peyk(here(), 'user', 'make-admin', 'neda@peyk.test');
    expect((await peyk(here(), 'user', 'list')).out).toContain('neda@peyk.test  admin, has not joined yet  Neda\n');
    // Of administrators who have not joined nobody can sign in yet.
    expect(await peyk(here(), 'user', 'disable', 'admin@peyk.test')).toMatchObject({ code: 1 });
    await peyk(here(), 'user', 'disable', 'neda@peyk.test');
    const leaving = await buildAgent(scene.hub.database);
    const open = await openedConsole(scene.hub, leaving.id);
    await peyk(here(), 'user', 'disable', leaving.email);
    await open.until('put out', () => !open.socket.connected, 1_000);
    expect(await peyk(here(), 'migrate')).toMatchObject({ code: 0, out: expect.stringContaining('up to date') });
    for (const words of [
      ['fly'],
      ['backup', 'somewhere'],
      ['doctor', '--thoroughly'],
      ['user', 'constructor', 'x@y'],
    ]) {
      expect({ words, ...(await peyk(here(), ...words)) }).toMatchObject({ words, code: 2 });
    }
    expect(await peyk(here(), 'backup', '--help')).toMatchObject({
      code: 0,
      out: expect.stringContaining('restore FILE'),
    });
  });

  it('is begun by no command that was pointed at a wrong folder or an empty database', async () => {
    const wrong = join(await newFolder(), 'wrong');
    const empty = await emptyDatabase();
    for (const command of [['backup'], ['user', 'list'], ['doctor'], ['migrate', 'up']]) {
      expect(await peyk({ DATA_DIR: wrong }, ...command)).toMatchObject({
        code: 1,
        out: expect.stringContaining('There is no database of Peyk'),
      });
    }
    await expect(readdir(wrong)).rejects.toThrow('ENOENT');
    for (const command of [['backup'], ['user', 'list'], ['doctor']]) {
      expect(await peyk({ DATA_DIR: wrong, DATABASE_URL: empty }, ...command)).toMatchObject({
        code: 1,
        out: expect.stringMatching(/here is no Peyk in/),
      });
    }
  });
});

describe('a backup of a hub that works', () => {
  const chat = 8100;
  const received = () => scene.world.bot.receivedBy(chat).map(({ text }) => text);
  let conversation: string;

  it('is one moment of everything, while messages come in and go out', async () => {
    await buildChat(8060, 'waits in line');
    await until(
      () => scene.hub.database.query(`select 1 from work_item where state = 'queued'`),
      (rows) => rows.length > 0,
    );
    conversation = await buildChat(chat);
    await replyBy(scene.agent, conversation, 'telegram', 'before');
    await until(
      () => Promise.resolve(received()),
      (texts) => texts.length === 1,
    );
    scene.world.bot.customer(chat, `Customer ${String(chat)}`).sendFile({
      as: 'document',
      bytes: fileBytes,
      name: 'report.bin',
      mediaType: 'application/octet-stream',
    });
    await until(
      () => scene.hub.database.query(`select 1 from attachment where state = 'stored'`),
      (rows) => rows.length === 1,
    );
    scene.world.bot.faults.arm('rate_limit', { only: 'sendMessage', retryAfter: 600 });
    await replyBy(scene.agent, conversation, 'telegram', 'waits for its time');
    await until(
      () => scene.hub.database.query(`select 1 from account_pause, delivery where state = 'queued' and attempts > 0`),
      (rows) => rows.length > 0,
    );
    let isOver = false;
    const traffic = (async () => {
      for (let nth = 0; !isOver; nth++) {
        scene.world.bot.customer(9000 + nth, `Caller ${String(nth)}`).say('while it is copied');
        await until(
          () => scene.hub.database.query(`select 1 from customer where name = $1`, [`Caller ${String(nth)}`]),
          (rows) => isOver || rows.length > 0,
        );
      }
    })();
    const written = await peyk(here(), 'backup', '--to', folder, '--passphrase-file', passphraseFile());
    isOver = true;
    await traffic;
    expect(written).toMatchObject({ code: 0, out: expect.stringContaining('1 files') });
    backup = written.out.split('\n')[0] as string;
    expect(await peyk(here(), 'restore', backup, '--check')).toMatchObject({
      code: 0,
      out: expect.stringContaining('A whole backup'),
    });
    // The hub that was copied goes on, and sends what waited.
    await scene.hub.database.query('delete from account_pause');
    await scene.hub.database.query(`update delivery set due_at = clock_timestamp() where state = 'queued'`);
    await until(
      () => Promise.resolve(received()),
      (texts) => texts.includes('waits for its time'),
    );
  });

  it('gives a hub on another server the same rows and files, and sends nothing twice', async () => {
    second = { DATA_DIR: await newFolder(), DATABASE_URL: await emptyDatabase() };
    await scene.hub.stop();
    const done = await peyk(second, 'restore', backup, '--passphrase-file', passphraseFile());
    expect(done.out).toContain('1 messages became unconfirmed');
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining(conversation) });
    expect(await readFile(join(second.DATA_DIR, 'secret.key'), 'utf8')).toMatch(/^\S{44}\n$/);

    const again = await peyk(second, 'backup', '--to', join(second.DATA_DIR, 'again.tar'));
    const [was, is] = await Promise.all([sumsOf(backup), sumsOf(again.out.split('\n')[0] as string)]);
    const changed = [...was.keys()].filter((name) => was.get(name) !== is.get(name));
    // What was held back and what tells of the restore; every other row is the same.
    const touched = new Set(
      'account_lease account_link agent_presence audit delivery event_log fact_cursor message past_state session setting wait_notice'.split(
        ' ',
      ),
    );
    expect(changed.filter((name) => !touched.has(name) && name !== 'conversation')).toEqual([]);

    await ask(second.DATABASE_URL, 'delete from account_pause');
    const hub = await startTestHub({
      databaseUrl: second.DATABASE_URL,
      env: { ...second, OUTBOUND_ALLOW: '127.0.0.0/8' },
    });
    try {
      const agent = await signedIn(hub, scene.sara.id);
      await replyBy(agent, conversation, 'telegram', 'after');
      await until(
        () => Promise.resolve(received()),
        (texts) => texts.includes('after'),
      );
      expect(received().toSorted()).toEqual(['after', 'before', 'waits for its time']);
      const { messages } = await openConversation(agent, conversation);
      expect(messages.find(({ body }) => body === 'waits for its time')?.delivery).toBe('unconfirmed');
      const [file] = messages.flatMap(({ attachments }) => attachments);
      const answer = await fetch(`${hub.url}/api/attachments/${file?.id ?? ''}`, { headers: agent.credentials });
      expect(Buffer.from(await answer.arrayBuffer()).equals(fileBytes)).toBe(true);
    } finally {
      await hub.stop();
    }
  });
});

describe('a restore', () => {
  const restore = async (path: string, more: string[] = ['--passphrase-file', passphraseFile()]) =>
    peyk({ DATA_DIR: await newFolder(), DATABASE_URL: await emptyDatabase() }, 'restore', path, ...more);

  it('refuses a file with one other byte, wherever it is, and one that was cut off', async () => {
    // No entry leads out of the folder that it is restored into.
    expect(() => readHeader(headerOf('files/../../secret.key', 32))).toThrow(/damaged/);
    const whole = await readFile(backup);
    const path = join(folder, 'changed.tar');
    const last = whole.length - 1;
    const places = [
      0,
      130,
      600,
      40_000,
      Math.floor(whole.length / 2),
      whole.indexOf('manifest.json'),
      last - 1600,
      last - 1100,
      last,
    ];
    for (const place of places) {
      const changed = Buffer.from(whole);
      changed[place] = (changed[place] as number) ^ 1;
      await writeFile(path, changed);
      expect({ place, ...(await peyk(here(), 'restore', path, '--check')) }).toMatchObject({
        place,
        code: 1,
        out: expect.stringMatching(/damaged|cut off/),
      });
    }
    for (const length of [0, 512, whole.length - 512, whole.length - 100_000]) {
      await writeFile(path, whole.subarray(0, length));
      expect(await peyk(here(), 'restore', path, '--check')).toMatchObject({ code: 1 });
    }
  });

  it('refuses a wrong passphrase, no passphrase, and another key, in words', async () => {
    await writeFile(join(folder, 'wrong'), 'not the passphrase at all\n');
    expect(await restore(backup, ['--passphrase-file', join(folder, 'wrong')])).toMatchObject({
      code: 1,
      out: expect.stringContaining('does not open'),
    });
    expect(await restore(backup, [])).toMatchObject({ code: 1, out: expect.stringContaining('--passphrase-file') });
    const other = {
      SECRET_KEY: randomBytes(32).toString('base64'),
      DATA_DIR: await newFolder(),
      DATABASE_URL: await emptyDatabase(),
    };
    expect(await peyk(other, 'restore', backup)).toMatchObject({
      code: 1,
      out: expect.stringContaining("is not the backup's"),
    });
  });

  it('refuses what a newer version made, and a database that is not empty', async () => {
    const archive = await CheckedArchive.open(backup);
    const { manifest } = archive;
    await archive.close();
    const path = join(folder, 'newer.tar');
    const file = await open(path, 'w');
    const writer = new ArchiveWriter(file);
    await writer.addJson('about.json', {});
    const newer = {
      ...manifest,
      migrations: [...manifest.migrations, 'FromTheFuture1999999999999'],
      tables: [],
      files: [],
      keys: { sealed: false, fingerprints: [] },
    };
    await writer.addJson('manifest.json', newer);
    await writer.seal();
    await file.close();
    expect(await restore(path, ['--without-key'])).toMatchObject({
      code: 1,
      out: expect.stringContaining('FromTheFuture'),
    });

    const databaseUrl = await emptyDatabase();
    await ask(databaseUrl, 'create table somebodys (id int)');
    const full = { DATA_DIR: await newFolder(), DATABASE_URL: databaseUrl };
    expect(await peyk(full, 'restore', backup, '--passphrase-file', passphraseFile())).toMatchObject({
      code: 1,
      out: expect.stringContaining('somebodys'),
    });
  });

  let elsewhere: { DATA_DIR: string; DATABASE_URL: string };

  it('leaves no half backup and no half database when it is killed', async () => {
    elsewhere = { DATA_DIR: await newFolder(), DATABASE_URL: await emptyDatabase() };
    const kept = await newFolder();
    const died = await Promise.all([
      peykThatDies(
        'restore.between-tables:kill:40',
        elsewhere,
        'restore',
        backup,
        '--passphrase-file',
        passphraseFile(),
      ),
      peykThatDies('backup.before-rename:kill', second, 'backup', '--to', kept),
    ]);
    expect(died).toEqual(['SIGKILL', 'SIGKILL']);
    expect((await readdir(kept)).filter((name) => name.endsWith('.tar'))).toEqual([]);
    expect(await ask(elsewhere.DATABASE_URL, `select to_regclass('migration') as migration`)).toEqual([
      { migration: null },
    ]);
  });

  it('begins anew after that, and leaves to people what was due, for the hub that went on may have done it', async () => {
    await letThingsBeDue(second.DATABASE_URL);
    const written = await peyk(second, 'backup', '--to', await newFolder(), '--json');
    const { path } = JSON.parse(written.out) as { path: string };
    const done = await peyk(elsewhere, 'restore', path, '--json');
    expect(done.code).toBe(0);
    const { heldBack } = JSON.parse(done.out) as { heldBack: { what: string; count: number }[] };
    expect(Object.fromEntries(heldBack.map(({ what, count }) => [what, count]))).toMatchObject({
      // Two that stood there, and each morning since.
      reports: 5,
      bulk: 1,
      'idle-tickets': 1,
      waits: expect.any(Number),
    });
    expect(await ask(elsewhere.DATABASE_URL, 'select distinct state, why from report_sending')).toEqual([
      { state: 'failed', why: 'restored' },
    ]);
    expect(await ask(elsewhere.DATABASE_URL, 'select 1 from report_schedule where next_at <= now()')).toEqual([]);
    expect(await ask(elsewhere.DATABASE_URL, 'select 1 from wait_notice where mute is null')).toEqual([]);
  });
});

/** Mails of reports, an act on many tickets, a place in line and the end of a ticket: all would happen as soon as a hub looks. */
async function letThingsBeDue(databaseUrl: string): Promise<void> {
  await ask(
    databaseUrl,
    `with schedule as (
       insert into report_schedule (id, name, report, every, at_minute, zone, addresses, channel_id, locale, owner_id, next_at)
       select gen_random_uuid(), 'Daily', 'volume', 'day', 480, 'UTC', '{boss@peyk.test}', id, 'en', $1, now() - interval '3 days'
       from channel limit 1 returning id),
     sending as (
       insert into report_sending (id, schedule_id, for_at) select gen_random_uuid(), id, now() - interval '1 week' from schedule),
     run as (
       insert into bulk_run (id, agent_id, act, total) values (gen_random_uuid(), $1, '{"do": "spam"}', 1) returning id)
     insert into bulk_item (run_id, position, ticket_id) select id, 1, (select id from ticket order by number limit 1) from run`,
    [scene.sara.id],
  );
  await ask(
    databaseUrl,
    `delete from wait_notice;
     update queue set idle_days = 3, idle_warn_days = 1;
     update ticket set state = 'pending'
     where id = (select id from ticket where state in ('new', 'open') order by number desc limit 1);
     update ticket set pending_since = now() - interval '1 week', last_message_at = now() - interval '1 week' where state = 'pending'`,
  );
}
