import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import type { AttachmentView } from '#contract';
import { UploadSweeper } from '../../apps/hub/src/desk/attachments/upload.sweeper.js';
import { FileStorage } from '../../apps/hub/src/platform/storage/file-storage.js';
import { Housekeeping } from '../../apps/hub/src/platform/operations/housekeeping.js';
import { buildAgent, signedIn, type Caller } from '../support/build-rows.js';
import { buildChannel, buildQueue, hearFrom } from '../support/live-client.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';

const hourMs = 3_600_000;
let hub: TestHub;
let caller: Caller;
let conversation: string;

beforeAll(async () => {
  hub = await startTestHub();
  const agent = await buildAgent(hub.database);
  const queueId = await buildQueue(hub.database, { members: [agent.id] });
  conversation = await hearFrom(hub, await buildChannel(hub, { kind: 'messages', queueId }), uuid(), 'hello');
  caller = await signedIn(hub, agent.id);
});
afterAll(() => hub.stop());

const inHours = (hours: number) => new Date(Date.now() + hours * hourMs);
const sweep = (at: Date) => hub.app.get(UploadSweeper, { strict: false }).sweep(at);

async function upload(text: string): Promise<AttachmentView> {
  const answer = await caller.call<AttachmentView>(`/api/attachments?conversation=${conversation}`, {
    file: { name: 'a.txt', content: text },
  });
  return answer.body;
}

const bind = (ids: string[]) =>
  caller.call<{ seq: number }>(`/api/conversations/${conversation}/messages`, {
    body: { id: uuid(), kind: 'note', body: 'see the file', attachmentIds: ids },
  });

async function filesOnDisk(): Promise<string[]> {
  const entries = await readdir(join(hub.dataDir, 'files'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

async function leaveUnfinished(name: string, changedAt: Date): Promise<void> {
  const folder = join(hub.dataDir, 'files', name.slice(0, 2));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), 'half');
  await utimes(join(folder, name), changedAt, changedAt);
}

describe('sweeping files', () => {
  it('removes uploads that no message took within a day, and never one that a message has', async () => {
    const [sent, forgotten] = [await upload('sent'), await upload('forgotten')];
    expect((await bind([sent.id])).status).toBe(201);
    expect(await filesOnDisk()).toHaveLength(2);

    expect(await sweep(inHours(23))).toEqual({ unfinished: 0, unbound: 0 });
    expect((await caller.call(forgotten.url)).text).toBe('forgotten');

    expect(await sweep(inHours(25))).toEqual({ unfinished: 0, unbound: 1 });
    expect((await caller.call(forgotten.url)).status).toBe(404);
    expect((await caller.call(sent.url)).text).toBe('sent');
    expect(await filesOnDisk()).toHaveLength(1);
    expect(await sweep(inHours(25))).toEqual({ unfinished: 0, unbound: 0 });
  });

  it('leaves alone what is being bound at that moment', async () => {
    const late = await upload('late');
    const swept = await hub.database.transaction(async (tx) => {
      await tx.query('select 1 from attachment where id = $1 for update', [late.id]);
      return sweep(inHours(25));
    });
    expect(swept.unbound).toBe(0);
    expect((await bind([late.id])).status).toBe(201);
    await sweep(inHours(25));
    expect((await caller.call(late.url)).text).toBe('late');
  });

  it('finishes what an earlier sweep did not, and lets nobody bind it', async () => {
    const doomed = await upload('doomed');
    await hub.database.query(`update attachment set state = 'erased' where id = $1`, [doomed.id]);
    expect((await bind([doomed.id])).status).toBe(422);
    expect((await sweep(inHours(25))).unbound).toBe(1);
  });

  it('removes what a crash left half written after a day, and nothing that is being written', async () => {
    await leaveUnfinished(`aa${'0'.repeat(30)}.part`, inHours(-25));
    await leaveUnfinished(`ab${'0'.repeat(30)}.part`, inHours(-23));
    const storage = hub.app.get(FileStorage);
    const [first, done] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    async function* slowly(): AsyncIterable<Uint8Array> {
      yield Buffer.from('be');
      first.resolve(undefined);
      await done.promise;
      yield Buffer.from('gun');
    }
    const storing = storage.store(slowly(), 100);
    await first.promise;
    expect(await sweep(new Date())).toMatchObject({ unfinished: 1 });
    // However long it takes: what this hub writes itself is in use.
    expect(await sweep(inHours(1_000))).toMatchObject({ unfinished: 1 });
    done.resolve(undefined);
    const { key } = await storing;
    expect((await filesOnDisk()).filter((name) => name.endsWith('.part'))).toEqual([]);
    expect(await filesOnDisk()).toContain(key.split('/')[1]);
  });

  it('is one of the hourly chores', async () => {
    await leaveUnfinished(`ac${'0'.repeat(30)}.part`, inHours(-25));
    await hub.app.get(Housekeeping).run();
    expect((await filesOnDisk()).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});
