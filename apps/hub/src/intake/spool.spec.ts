import { appendFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { InboundIgnored } from '#channels';
import { Spool, SpoolFull, type Spooled } from './spool.js';

let folder: string;
let spool: Spool;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'peyk-spool-'));
  spool = await Spool.open(folder, 1_000_000);
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
  spool = await Spool.open(folder, 1_000_000);
}

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
});
