import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cdrQuery, followCdrTable, type CdrTableRow, type CdrTableSettings } from '#channels';
import { guardAddresses } from '../../platform/outbound/guard-addresses.js';
import { openCdrDatabase, type CdrDatabase } from './cdr-database.js';

const isThere = spawnSync('mariadbd', ['--version']).status === 0;
if (!isThere) {
  if (process.env['CI'] === 'true') {
    throw new Error('MariaDB (Debian: mariadb-server) is needed to test the reading of call records.');
  }
  process.stderr.write('SKIPPED: tables of MariaDB are not read in this test, for there is no mariadbd here.\n');
}

const asMe = process.getuid?.() === 0 ? ['--user=root'] : [];
const where = { defaultCountry: 'IR', now: '2026-11-22 12:00:00' };
const allowed = guardAddresses(['127.0.0.0/8']);
let folder = '';
let server: ChildProcess | null = null;
let settings: CdrTableSettings;

function open(more: Partial<CdrTableSettings> = {}, password = 'only-reads', guard = allowed): Promise<CdrDatabase> {
  return openCdrDatabase({ ...settings, ...more }, password, guard);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function startServer(): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'peyk-mariadb-'));
  const [rows, socket] = [join(folder, 'rows'), join(folder, 'socket')];
  await promisify(execFile)('mariadb-install-db', ['--no-defaults', `--datadir=${rows}`, '--auth-root-authentication-method=normal', '--skip-test-db', ...asMe]); // prettier-ignore
  const port = await freePort();
  settings = { engine: 'mysql', host: '127.0.0.1', port, database: 'asteriskcdrdb', table: 'cdr', timeColumn: 'calldate', username: 'peyk', tls: 'off', everySeconds: 30, overlapMinutes: 120, timeZone: 'Asia/Tehran' }; // prettier-ignore
  server = spawn('mariadbd', ['--no-defaults', `--datadir=${rows}`, `--socket=${socket}`, `--port=${String(port)}`, '--bind-address=127.0.0.1', '--innodb-buffer-pool-size=8M', ...asMe], { stdio: 'ignore' }); // prettier-ignore
  const sql = `create database asteriskcdrdb character set utf8mb4; use asteriskcdrdb;
    create table cdr (calldate datetime not null, clid varchar(80) not null default '', src varchar(80) not null default '', dst varchar(80) not null default '',
      dcontext varchar(80) not null default '', channel varchar(80) not null default '', dstchannel varchar(80) not null default '',
      lastapp varchar(80) not null default '', lastdata varchar(80) not null default '', duration int not null default 0, billsec int not null default 0,
      disposition varchar(45) not null default '', amaflags int not null default 0, accountcode varchar(20) not null default '',
      uniqueid varchar(32) not null default '', userfield varchar(255) not null default '', did varchar(50) not null default '',
      recordingfile varchar(255) not null default '', linkedid varchar(32) not null default '', sequence int not null default 0);
    insert into cdr (calldate, clid, src, dst, dcontext, dstchannel, duration, billsec, disposition, uniqueid, linkedid, sequence) values
      ('2026-11-22 10:00:00', '"سارا" <09121234567>', '09121234567', '101', 'ext-group', 'PJSIP/101-1', 20, 0, 'NO ANSWER', '7.1', '7.1', 1),
      ('2026-11-22 10:00:20', '"سارا" <09121234567>', '09121234567', '102', 'ext-group', 'PJSIP/102-1', 70, 60, 'ANSWERED', '7.1', '7.1', 2),
      ('2026-11-22 09:00:00', '', '09127654321', '101', 'from-trunk', 'PJSIP/101-2', 10, 0, 'BUSY', '6.1', '6.1', 0);
    create user peyk@'127.0.0.1' identified by 'only-reads'; grant select on asteriskcdrdb.cdr to peyk@'127.0.0.1';`;
  const run = (input: string) =>
    spawnSync('mariadb', ['--no-defaults', `--socket=${socket}`, '-u', 'root', '--default-character-set=utf8mb4'], {
      input,
    });
  for (let tries = 0; run('select 1').status !== 0; tries++) {
    if (tries === 100) {
      throw new Error('MariaDB does not start');
    }
    await sleep(100);
  }
  const done = run(sql);
  expect([done.status, done.stderr.toString()]).toEqual([0, '']);
}

const describeHere = isThere ? describe : describe.skip;

describeHere('a table of call records in MariaDB', () => {
  beforeAll(startServer, 60_000);
  afterAll(async () => {
    if (server) {
      const ended = new Promise((resolve) => server?.once('exit', resolve));
      server.kill('SIGTERM');
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  }, 30_000);

  it('is read as text on the exchange’s own clock, and becomes calls', async () => {
    const database = await open();
    const rows = (await database.query(cdrQuery(settings, 10), ['2026-11-22 09:30:00'])) as CdrTableRow[];
    await database.close();
    expect(rows).toMatchObject([{ peyk_at: '2026-11-22 10:00:00' }, { peyk_at: '2026-11-22 10:00:20', billsec: 60 }]);
    const { calls, cursor } = followCdrTable(rows, null, settings, where);
    expect(calls).toMatchObject([
      {
        callId: '7.1',
        party: { address: '+989121234567', name: 'سارا' },
        outcome: 'answered',
        startedAt: new Date('2026-11-22T06:30:00Z'),
        details: { legs: [{ to: '101' }, { to: '102' }] },
      },
    ]);
    expect(followCdrTable(rows, cursor, settings, where).calls).toEqual([]);
  });

  it('may only be read, and only with the password, where the guard lets us', async () => {
    const database = await open();
    await expect(database.query('delete from cdr', [])).rejects.toMatchObject({ code: 'ER_TABLEACCESS_DENIED_ERROR' });
    await database.close();
    await expect(open({}, 'wrong')).rejects.toMatchObject({ code: 'ER_ACCESS_DENIED_ERROR' });
    await expect(open({}, 'only-reads', guardAddresses([]))).rejects.toMatchObject({ code: 'address_refused' });
  });
});
