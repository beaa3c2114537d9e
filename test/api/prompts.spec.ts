import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { HubConfig } from '#config';
import type { PromptLibraryView, PromptView, ScriptGateView } from '#contract';
import { PromptLibrary } from '../../apps/hub/src/calls/prompts/prompt-library.service.js';
import { writeTelephoneWav } from '../../apps/hub/src/calls/prompts/telephone-wav.js';
import { SecretKeys } from '../../apps/hub/src/platform/secret-keys.js';
import { FileStorage } from '../../apps/hub/src/platform/storage/file-storage.js';
import { buildAgent, signedIn, type Caller } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { until } from '../support/until.js';

const publicUrl = 'https://support.example';

let hub: TestHub;
let admin: Caller;
let agent: Caller;

beforeAll(async () => {
  hub = await startTestHub({ env: { PUBLIC_URL: publicUrl } });
  const [root] = await hub.database.query<{ id: string }>('select id from agent');
  admin = await signedIn(hub, root?.id ?? '');
  agent = await signedIn(hub, (await buildAgent(hub.database)).id);
}, 60_000);

afterAll(async () => {
  await hub?.stop();
});

const sound = (seconds: number, value = 0.25) => writeTelephoneWav(new Float32Array(8_000 * seconds).fill(value));

describe('the prompt library', () => {
  const name = 'prompts/main_menu/hello.fa.wav';
  const query = (prompt: string) => `/api/prompts/recording?name=${encodeURIComponent(prompt)}&locale=fa`;
  const keep = (prompt: string, body: Uint8Array, who = admin) =>
    fetch(hub.url + query(prompt), {
      method: 'PUT',
      headers: { ...who.credentials, 'content-type': 'audio/wav' },
      body: new Uint8Array(body),
    });
  const library = () => hub.app.get(PromptLibrary, { strict: false });
  const fetched = (link: string | null) => fetch((link ?? '').replace(publicUrl, hub.url));

  it('plays the starter set until somebody records something better, under an address of its own', async () => {
    const starter = library().urlOf(name, 'fa');
    expect(starter).toMatch(/^https:\/\/support\.example\/media\/prompts\/[0-9a-f]{64}-[0-9a-f]{32}\.wav$/);
    const answer = await keep(name, sound(1, 0.5));
    const view = (await answer.json()) as PromptView;
    expect([answer.status, view.state, view.ms]).toEqual([200, 'own', 1_000]);
    const own = library().urlOf(name, 'fa');
    expect(own).not.toBe(starter);
    const heard = await fetched(own);
    expect([heard.status, heard.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    expect(Buffer.from(await heard.arrayBuffer())).toEqual(sound(1, 0.5));
    const part = await fetch((own ?? '').replace(publicUrl, hub.url), { headers: { range: 'bytes=0-3' } });
    expect([part.status, await part.text()]).toEqual([206, 'RIFF']);
    expect((await fetched(starter)).status).toBe(200);
    expect((await fetched((own ?? '').replace(/.\.wav$/, 'x.wav'))).status).toBe(404);
    const gone = await admin.call(query(name), { method: 'DELETE' });
    expect([gone.status, library().urlOf(name, 'fa')]).toEqual([204, starter]);
    expect((await admin.call(query(name), { method: 'DELETE' })).status).toBe(404);
  });

  it('has its files on this machine, and gets them again from storage', async () => {
    await keep(name, sound(1, 0.4));
    const path = library().fileOf(name, 'fa')?.path ?? '';
    expect(path.startsWith(join(hub.dataDir, 'prompts'))).toBe(true);
    await rm(path);
    await keep('prompts/other.fa.wav', sound(1, 0.3));
    expect(library().fileOf(name, 'fa')).toEqual({ path });
    await until(
      async () => (await fetched(library().urlOf(name, 'fa'))).status,
      (status) => status === 200,
    );
  });

  it('plays on another node at once, and as before while storage is away', async () => {
    await keep(name, sound(1, 0.45));
    const link = library().pathOf(name, 'fa') ?? '';
    const storage = hub.app.get(FileStorage, { strict: false });
    const config = Object.assign(Object.create(hub.app.get(HubConfig, { strict: false })) as HubConfig, {
      dataDir: join(hub.dataDir, 'node-b'),
    });
    const keys = hub.app.get(SecretKeys, { strict: false });
    const node = new PromptLibrary(config, keys, hub.database, storage);
    const token = link.slice('/media/prompts/'.length, -'.wav'.length);
    const found = await node.open(token);
    expect(found?.path.startsWith(config.dataDir)).toBe(true);
    const away = jest.spyOn(storage, 'open').mockImplementation(() => {
      throw new Error('storage is away');
    });
    const changed = sound(1, 0.35);
    await keep(name, changed);
    await node.refresh();
    expect(node.fileOf(name, 'fa')?.path).toBe(found?.path);
    away.mockRestore();
    await node.refresh();
    expect(node.find(name, 'fa')?.sha256).toBe(createHash('sha256').update(changed).digest('hex'));
    // A line that was told of it a moment ago still fetches the one before.
    expect(await node.open(token)).not.toBeNull();
  });

  it('refuses what a telephone cannot play, with the reason', async () => {
    const mp3 = await keep(name, Buffer.from('ID3\x04 and so on and so on'));
    expect([mp3.status, ((await mp3.json()) as { detail: string }).detail]).toEqual([
      422,
      expect.stringContaining('MP3'),
    ]);
    expect((await keep('../x.fa.wav', sound(1))).status).toBe(422);
    expect((await keep('line/en/goodbye.wav', sound(1))).status).toBe(422);
    expect((await keep(name, sound(1), agent)).status).toBe(403);
    expect((await keep(name, Buffer.alloc(13 * 1024 * 1024))).status).toBe(413);
  });

  it('lists what scripts need, what is there, and what lines wanted in vain', async () => {
    const source = `format: hub-script/1
id: phone_hello
title: { en: Hello, fa: سلام }
locales: [en, fa]
default_locale: fa
channels: [voice]
start: { default: hello }
fallback: bye
nodes:
  hello:
    do: say
    message:
      text: { en: Hello., fa: سلام. }
      audio: { fa: prompts/nobody_said_this.fa.wav }
    next: bye
  bye:
    do: end
    outcome: resolved
`;
    const made = await admin.call<{ id: string }>('/api/scripts', { body: { name: 'Hello', source } });
    expect([made.status, made.text]).toEqual([201, expect.any(String)]);
    expect(library().urlOf('prompts/nobody_said_this.fa.wav', 'fa')).toBeNull();
    const listed = async () => (await admin.call<PromptLibraryView>('/api/prompts')).body.prompts;
    const prompts = await listed();
    const of = (prompt: string) => prompts.find((one) => one.name === prompt);
    expect(of('prompts/nobody_said_this.fa.wav')).toMatchObject({
      state: 'missing',
      text: 'سلام.',
      group: 'script',
      scripts: ['phone_hello'],
      url: null,
    });
    expect(of('line/en/goodbye.wav')).toMatchObject({ state: 'starter', group: 'line', locale: 'en' });
    expect(of('numbers/fa/day-21.wav')).toMatchObject({ state: 'starter', text: 'بیست و یکم', group: 'numbers' });
    expect((await agent.call('/api/prompts')).status).toBe(403);
    const gate = await admin.call<ScriptGateView>(`/api/scripts/${made.body.id}/gate`);
    expect(gate.body.problems.filter(({ code }) => code === 'prompt_missing')).toEqual([
      expect.objectContaining({
        severity: 'warning',
        text: { en: expect.stringContaining('prompts/nobody_said_this.fa.wav'), fa: expect.any(String) },
      }),
    ]);
    await keep('prompts/nobody_said_this.fa.wav', sound(1));
    const after = await admin.call<ScriptGateView>(`/api/scripts/${made.body.id}/gate`);
    expect(after.body.problems.filter(({ code }) => code === 'prompt_missing')).toEqual([]);
  });

  it('comes as one archive for an exchange’s folder of sounds', async () => {
    const answer = await fetch(`${hub.url}/api/prompts/archive`, { headers: admin.credentials });
    const tar = Buffer.from(await answer.arrayBuffer());
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-tar']);
    expect(tar.includes('line/fa/goodbye.wav')).toBe(true);
    expect(tar.length % 512).toBe(0);
  });
});
