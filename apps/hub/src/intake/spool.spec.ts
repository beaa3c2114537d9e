import { appendFile, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { InboundIgnored } from '#channels';
import { Spool, SpoolFull, type Damage, type Spooled } from './spool.js';

let folder: string;
let spool: Spool;
let damages: Damage[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'peyk-spool-'));
  damages = [];
  spool = await Spool.open(folder, 1_000_000, (damage) => damages.push(damage));
});

afterEach(async () => {
  await spool.close();
  await rm(folder, { recursive: true });
});

function record(name: string, bytes = 10): Spooled {
  const event: InboundIgnored = { type: 'ignored', externalId: name, raw: Buffer.alloc(bytes), reason: '' };
  return { channel: { id: 'channel', kind: 'sms' }, events: [event] };
}

const nameOf = ({ events: [event] }: Spooled): string | null | undefined => event?.externalId;

async function fill(count: number): Promise<void> {
  for (let n = 1; n <= count; n += 1) {
    await spool.append(record(`m${String(n)}`));
  }
}

/** Takes runs of two until `runs` were taken; then everything is refused, as when the database goes away. */
async function replaySome(runs: number): Promise<(string | null | undefined)[]> {
  const taken: (string | null | undefined)[] = [];
  await spool
    .replay((run) => {
      if (taken.length >= runs * 2) {
        throw new Error('away');
      }
      taken.push(...run.map(nameOf));
      return Promise.resolve();
    }, 2)
    .catch(() => undefined);
  return taken;
}

/** As a hub that was killed finds it: the file as it lies there. */
async function reopen(): Promise<void> {
  await spool.close();
  damages = [];
  spool = await Spool.open(folder, 1_000_000, (damage) => damages.push(damage));
}

const file = (): string => join(folder, 'inbound.spool');

/** What a failing disk does to bytes that lie on it. */
async function spoil(at: number, bytes: Buffer): Promise<void> {
  const handle = await open(file(), 'r+');
  await handle.write(bytes, 0, bytes.length, at);
  await handle.close();
}

async function flip(at: number): Promise<void> {
  const byte = (await readFile(file()))[at] ?? 0;
  await spoil(at, Buffer.from([byte ^ 4]));
}

const keptAside = async () => (await readdir(folder)).filter((name) => name.startsWith('damaged-'));

describe('a spool', () => {
  it('gives back what it was given, in order, and is empty then', async () => {
    await fill(5);
    expect(await replaySome(10)).toEqual(['m1', 'm2', 'm3', 'm4', 'm5']);
    expect(spool.isEmpty).toBe(true);
    await reopen();
    expect(spool.isEmpty).toBe(true);
  });

  it('goes on after a kill where it was, so that a hub which dies again and again still gets through', async () => {
    await fill(6);
    const whole = spool.waitingBytes;
    expect(await replaySome(1)).toEqual(['m1', 'm2']);
    await reopen();
    expect(spool.waitingBytes).toBeLessThan(whole);
    expect(await replaySome(1)).toEqual(['m3', 'm4']);
    await spool.append(record('late'));
    await reopen();
    expect(await replaySome(10)).toEqual(['m5', 'm6', 'late']);
    expect(spool.isEmpty).toBe(true);
  });

  it('begins anew after it was emptied', async () => {
    await fill(4);
    await replaySome(10);
    await spool.append(record('next'));
    await reopen();
    expect(await replaySome(10)).toEqual(['next']);
  });

  it('cuts off a record that a crash tore, and keeps those before it', async () => {
    await fill(2);
    await appendFile(join(folder, 'inbound.spool'), Buffer.from([200, 0, 0, 0, 1, 2, 3, 4, 5]));
    await reopen();
    expect(await replaySome(10)).toEqual(['m1', 'm2']);
  });

  it('takes what arrives while it is replayed behind what was there', async () => {
    await fill(3);
    const taken: (string | null | undefined)[] = [];
    let isFirst = true;
    await spool.replay(async (run) => {
      taken.push(...run.map(nameOf));
      if (isFirst) {
        isFirst = false;
        await spool.append(record('behind'));
      }
    }, 2);
    expect(taken).toEqual(['m1', 'm2', 'm3', 'behind']);
    expect(spool.isEmpty).toBe(true);
  });

  it('reads records that are larger than what it reads at once', async () => {
    await spool.close();
    spool = await Spool.open(folder, 20_000_000);
    await spool.append(record('large', 9_000_000));
    await spool.append(record('small'));
    await reopen();
    expect(await replaySome(10)).toEqual(['large', 'small']);
  });

  it('refuses what would make it larger than it may be, and stays whole', async () => {
    await fill(1);
    await expect(spool.append(record('huge', 1_000_001))).rejects.toBeInstanceOf(SpoolFull);
    const { size } = await stat(join(folder, 'inbound.spool'));
    expect(spool.waitingBytes).toBe(size);
    expect(await replaySome(10)).toEqual(['m1']);
  });

  it.each([
    ['its words', 60],
    ['its checksum', 4],
    ['its length', 0],
    ['its length, by much', 3],
  ])('loses no other record to a bit of one that flipped in %s, and keeps the file', async (_where, offset) => {
    await fill(1);
    const second = spool.waitingBytes;
    await spool.append(record('m2'));
    await spool.append(record('m3'));
    await flip(second + offset);
    const before = await readFile(file());
    await reopen();
    expect(await keptAside()).toHaveLength(1);
    expect(await readFile(damages[0]?.keptAs ?? '')).toEqual(before);
    expect(damages[0]?.rescued).toBe(2);
    expect(await replaySome(10)).toEqual(['m1', 'm3']);
    await spool.append(record('m4'));
    await reopen();
    expect(await keptAside()).toHaveLength(1);
    expect(await replaySome(10)).toEqual(['m4']);
  });

  it('goes on behind a sector that was lost, heads of records and all', async () => {
    await fill(2);
    const lost = spool.waitingBytes - 40;
    for (const name of ['lost', 'behind', 'last']) {
      await spool.append(record(name));
    }
    await spoil(lost, Buffer.alloc(100));
    await reopen();
    expect(await replaySome(10)).toEqual(['m1', 'behind', 'last']);
  });

  it('finds the damage also when it happens under a running hub, and goes on the next time', async () => {
    await fill(1);
    const second = spool.waitingBytes;
    await spool.append(record('m2'));
    await spool.append(record('m3'));
    await flip(second + 60);
    expect([...(await replaySome(10)), ...(await replaySome(10))]).toEqual(['m1', 'm3']);
    expect(damages).toHaveLength(1);
  });

  it('does not repeat, after a damage, what was replayed before it', async () => {
    await fill(6);
    expect(await replaySome(1)).toEqual(['m1', 'm2']);
    const { size } = await stat(file());
    await spool.append(record('m7'));
    await flip(size + 60);
    await spool.append(record('m8'));
    await reopen();
    expect(await replaySome(10)).toEqual(['m3', 'm4', 'm5', 'm6', 'm8']);
  });

  it('keeps the last record too when it was whole and is not readable', async () => {
    await fill(2);
    await flip(spool.waitingBytes - 3);
    await reopen();
    expect(await keptAside()).toHaveLength(1);
    expect(await replaySome(10)).toEqual(['m1']);
  });

  it.each([1, 2, 3])('keeps the last record when it is its length that is wrong, in byte %i', async (byte) => {
    await fill(1);
    const last = spool.waitingBytes;
    await spool.append(record('m2'));
    await flip(last + byte);
    await reopen();
    expect(await keptAside()).toHaveLength(1);
    expect(await replaySome(10)).toEqual(['m1', 'm2']);
    await spool.append(record('m3'));
    await reopen();
    expect(await replaySome(10)).toEqual(['m3']);
  });

  it('takes no record out of the words of a sender', async () => {
    const forged = join(folder, 'elsewhere');
    const other = await Spool.open(forged, 1_000_000);
    await other.append(record('forged'));
    await other.close();
    const [event] = record('m1').events;
    const raw = await readFile(join(forged, 'inbound.spool'));
    await spool.append({ ...record('m1'), events: [{ ...(event as InboundIgnored), raw }] });
    await spool.append(record('m2'));
    await flip(0);
    await reopen();
    expect(await replaySome(10)).toEqual(['m2']);
  });

  it('starts with zeros at the end, as a file system may leave them', async () => {
    await fill(2);
    await appendFile(file(), Buffer.alloc(4096));
    await reopen();
    expect(await keptAside()).toEqual([]);
    expect(await replaySome(10)).toEqual(['m1', 'm2']);
  });

  it('reads what a hub wrote that knew no marker', async () => {
    const body = serialize(record('old'));
    const head = Buffer.alloc(8);
    head.writeUInt32LE(body.length, 0);
    head.writeUInt32LE(crc32(body), 4);
    await writeFile(file(), Buffer.concat([head, body]));
    await reopen();
    expect(await replaySome(10)).toEqual(['old']);
  });
});
