import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createDataSource } from '../../apps/hub/src/database/data-source.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../apps/hub/src/database/embedded-postgres.js';
import { takeOwnership } from '../../apps/hub/src/database/owner-lock.js';
import { checkReach } from '../../apps/hub/src/database/postgres-user.js';
import { makeServerFolder } from '../support/server-folder.js';
import { endPostmaster } from '../support/stop-postmaster.js';

interface Owner {
  child: ChildProcess;
  url: string;
  adopted: boolean;
}

let dataDir: string;
let folder: string;

beforeAll(async () => {
  dataDir = await makeServerFolder();
  folder = join(dataDir, 'postgres');
});

afterAll(async () => {
  await endPostmaster(folder);
  await rm(dataDir, { recursive: true, force: true });
});

async function startOwner(): Promise<Owner> {
  const here = import.meta.dirname;
  const args = ['--import', join(here, '../support/run-typescript.mjs'), join(here, 'owner-process.ts'), dataDir];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, ...(JSON.parse(line) as { url: string; adopted: boolean }) };
}

async function kill(owner: Owner): Promise<void> {
  owner.child.kill('SIGKILL');
  await once(owner.child, 'exit');
}

function start(): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ folder, log: () => undefined, settings: { fsync: 'off' } });
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const source = await createDataSource(url, { poolSize: 1 }).initialize();
  try {
    return await source.query<unknown[]>(statement);
  } finally {
    await source.destroy();
  }
}

describe('the embedded PostgreSQL', () => {
  let first: Owner;

  it('starts in an empty folder, even where an earlier start was cut off, and keeps its password to the hub', async () => {
    await mkdir(join(folder, 'cluster.new'), { recursive: true });
    await writeFile(join(folder, 'cluster.new', 'PG_VERSION'), '18\n');
    first = await startOwner();
    expect(first.adopted).toBe(false);
    await ask(first.url, "create table kept as select 'سلام' as text");
    expect((await stat(join(dataDir, 'postgres.json'))).mode & 0o777).toBe(0o600);
    expect(await ask(first.url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    const anyone = first.url.replace(/:[^:@]+@/, ':guess@');
    await expect(ask(anyone, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('sorts, cuts and finds Persian', async () => {
    const [row] = (await ask(
      first.url,
      `select lower('ÀB') as folded, (select string_agg(l, '' order by l) from unnest('{ی,پ,ب,ا,گ,ک}'::text[]) l) as sorted`,
    )) as [object];
    expect(row).toEqual({ folded: 'àb', sorted: 'ابپکگی' });
  });

  it('belongs to one hub: a second one on the folder is refused while the first lives', async () => {
    await expect(takeOwnership(dataDir)).rejects.toThrow(`process ${String(first.child.pid)}`);
  });

  it('outlives a killed hub, and the next one adopts it with its port and rows', async () => {
    await kill(first);
    const second = await startOwner();
    expect(second).toMatchObject({ adopted: true, url: first.url });
    expect(await ask(second.url, 'select text from kept')).toEqual([{ text: 'سلام' }]);
    await kill(second);
    await (await takeOwnership(dataDir)).release();
  });

  it('is followed after a power cut by one on the same port, though its pid is somebody else’s now', async () => {
    await endPostmaster(folder);
    await writeFile(join(folder, 'cluster', 'postmaster.pid'), `${String(process.pid)}\n${folder}/cluster\n0\n1\n\n\n`);
    const server = await start();
    expect(server).toMatchObject({ adopted: false, url: first.url });
    expect(await ask(server.url, 'select text from kept')).toHaveLength(1);
    await server.stop();
    await expect(ask(server.url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('takes another port when somebody sits on its own, and keeps that one', async () => {
    const squatter = createServer().listen(Number(new URL(first.url).port), '127.0.0.1');
    await once(squatter, 'listening');
    const server = await start();
    squatter.close();
    expect(server.url).not.toBe(first.url);
    expect(await ask(server.url, 'select text from kept')).toHaveLength(1);
    expect((await start()).url).toBe(server.url);
  });

  it('is started again at the same url when it dies while the hub lives', async () => {
    const server = await start();
    expect(await server.revive()).toBe(false);
    const pid = Number.parseInt(await readFile(join(folder, 'cluster', 'postmaster.pid'), 'utf8'), 10);
    process.kill(pid, 'SIGKILL');
    let revived = false;
    while (!revived) {
      revived = await server.revive();
    }
    expect(await ask(server.url, 'select text from kept')).toHaveLength(1);
  });

  it('gets a new password when the file with the old one is lost', async () => {
    await rm(join(dataDir, 'postgres.json'));
    const server = await start();
    expect(await ask(server.url, 'select text from kept')).toHaveLength(1);
    await server.stop();
  });

  it('runs under the owner of its files, whatever number that account has here', async () => {
    if (process.getuid?.() !== 0) {
      return;
    }
    execFileSync('chown', ['-R', '54321:54321', folder]);
    const server = await start();
    const pid = Number.parseInt(await readFile(join(folder, 'cluster', 'postmaster.pid'), 'utf8'), 10);
    expect((await stat(`/proc/${String(pid)}`)).uid).toBe(54_321);
    await server.stop();
  });

  it('is refused, with both versions named, over the files of another major version', async () => {
    const file = join(folder, 'cluster', 'PG_VERSION');
    const version = await readFile(file, 'utf8');
    await writeFile(file, '13\n');
    await expect(start()).rejects.toThrow('was written by PostgreSQL 13');
    await writeFile(file, version);
  });
});

describe('the account that PostgreSQL runs under', () => {
  const stranger = { name: 'stranger', uid: 54_321, gid: 54_321 };

  it('must be able to reach the folder; the directory at fault is named', async () => {
    const closed = join(dataDir, 'closed');
    await mkdir(closed, { mode: 0o700 });
    const target = join(closed, 'data', 'postgres');
    const refusal = process.getuid?.() === 0 ? startEmbeddedPostgres({ folder: target, log: () => undefined }) : null;
    await expect(refusal ?? checkReach(stranger, [target])).rejects.toThrow(`may not enter ${closed}`);
    await expect(checkReach(stranger, [target])).rejects.toThrow(`chmod o+x ${closed}`);
    await chmod(closed, 0o711);
    await checkReach(stranger, [target]);
  });

  it('must be able to reach where a link leads', async () => {
    const hidden = join(dataDir, 'hidden');
    await mkdir(join(hidden, 'data'), { recursive: true });
    await chmod(hidden, 0o700);
    await symlink(join(hidden, 'data'), join(dataDir, 'link'));
    await expect(checkReach(stranger, [join(dataDir, 'link', 'postgres')])).rejects.toThrow(`may not enter ${hidden}`);
  });

  it('is judged by the first class that fits it, as the kernel does', async () => {
    const odd = join(dataDir, 'odd');
    await mkdir(odd);
    await chmod(odd, 0o077);
    const { uid, gid } = await stat(odd);
    await expect(checkReach({ name: 'owner', uid, gid }, [join(odd, 'x')])).rejects.toThrow(odd);
    await checkReach(stranger, [join(odd, 'x')]);
  });
});
