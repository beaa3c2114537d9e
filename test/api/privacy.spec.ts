import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { HubConfig } from '#config';
import type {
  ConversationView,
  ErasurePreviewView,
  ErasureView,
  MessageView,
  PersonExportView,
  PersonPrivacyView,
  RetentionRuleView,
  ViewCounts,
} from '#contract';
import { ChannelDirectory } from '../../apps/hub/src/settings/channel-directory.service.js';
import { ImportedPeople } from '../../apps/hub/src/outreach/people/imported-people.service.js';
import { ErasureSteps } from '../../apps/hub/src/privacy/erasures/erasure-steps.service.js';
import { PrivacySweeper } from '../../apps/hub/src/privacy/privacy.sweeper.js';
import { Retention } from '../../apps/hub/src/privacy/retention/retention.service.js';
import { FileStorage } from '../../apps/hub/src/platform/storage/file-storage.js';
import { Caller } from '../support/build-rows.js';
import { menuScript, publishScript } from '../support/bot-scene.js';
import { canaryRows } from '../support/canary-rows.js';
import { dying } from '../support/dying-database.js';
import { findTraces } from '../support/find-traces.js';
import { PeopleDesk, type Writer } from '../support/people-desk.js';
import { spawnNode } from '../support/spawn-node.js';
import { until } from '../support/until.js';

let desk: PeopleDesk;
const telegram = { id: uuid(), kind: 'messages' as const };
const site = { id: uuid(), kind: 'messages' as const };

/** A person whom nothing else in the database could be mistaken for. */
interface Canary {
  words: string[];
  secret: string;
  name: string;
  parts: Writer[];
}

let count = 0;
let script = '';
const survey = uuid();

beforeAll(async () => {
  desk = await PeopleDesk.start();
  await desk.hub.database.query(
    `insert into channel (id, kind, name, queue_id, config) values ($1, 'messages', 'Bird', $3, '{}'), ($2, 'messages', 'Site', $3, '{}')`,
    [telegram.id, site.id, desk.queue],
  );
  await desk.hub.app.get(ChannelDirectory).refresh();
  script = await publishScript(desk.hub.database, menuScript);
  await desk.hub.database.query(`insert into survey (id, name, kind) values ($1, 'Afterwards', 'csat')`, [survey]);
  // Tests take each step by hand, so that they know where it is.
  await desk.hub.app.get(PrivacySweeper, { strict: false }).onApplicationShutdown();
}, 60_000);

afterAll(() => desk.stop());

/** Somebody who came by every kind of address, with everything that Peyk keeps of anybody. */
async function meet(): Promise<Canary> {
  count += 1;
  const mark = String(count).padStart(3, '0');
  const name = `Zebulon${mark}trace`;
  const secret = `quokka${mark}secret`;
  const addresses = {
    phone: `+98935${mark}77123`,
    email: `zebulon${mark}@trace.example`,
    telegram: `77${mark}00911`,
    web: uuid(),
    external: `outside-${mark}-trace`,
  };
  const parts: Writer[] = [];
  for (const [kind, channel] of [
    ['phone', desk.channel],
    ['email', desk.mail],
    ['telegram', telegram],
    ['web', site],
    ['external', site],
  ] as const) {
    const address = addresses[kind];
    parts.push(
      await desk.hear(
        {
          kind,
          address,
          name,
          text: `${secret} over ${kind}`,
          event: { raw: Buffer.from(JSON.stringify({ from: { id: address }, text: `${secret} over ${kind}` })) },
        },
        channel,
      ),
    );
  }
  const [root, ...others] = parts as [Writer, ...Writer[]];
  for (const { customer } of others) {
    expect(
      (
        await desk.customer(
          customer,
          '/merge',
          { body: { into: root.customer, choices: {}, reason: `${secret} is one` } },
          desk.admin,
        )
      ).status,
    ).toBe(200);
  }
  await desk.customer(root.customer, '', { method: 'PATCH', body: { name } });
  const canary = { words: [name, secret, ...Object.values(addresses)], secret, name, parts };
  await furnish(canary, root);
  return canary;
}

async function furnish({ secret, parts }: Canary, root: Writer): Promise<void> {
  const { database, app } = desk.hub;
  const view = await desk.open(root.conversation);
  const ticketId = (view.tickets[0] as { id: string }).id;
  const wrote = await desk.agent.call<MessageView>(`/api/conversations/${root.conversation}/messages`, {
    body: { id: uuid(), kind: 'note', body: `${secret} noted`, ticketId },
    headers: { 'idempotency-key': uuid() },
  });
  expect(wrote.status).toBe(201);
  await desk.agent.call(`/api/tickets/${ticketId}`, { method: 'PATCH', body: { subject: `${secret} subject` } });
  const files = await Promise.all(
    ['file', 'sound'].map((what) => app.get(FileStorage).storeBytes(Buffer.from(`${secret} ${what}`), 1_000)),
  );
  const [file, sound] = files.map(({ key, sha256 }) => ({ key, sha256 }));
  const rows = canaryRows({
    secret,
    parts,
    root,
    ticketId,
    agentId: desk.agentId,
    queue: desk.queue,
    script,
    survey,
    line: desk.channel.id,
    telegram: telegram.id,
    site: site.id,
    file,
    sound,
  });
  for (const [statement, values] of rows) {
    await database.query(statement, values);
  }
}

const rootOf = ({ parts }: Canary): Writer => parts[0] as Writer;

function erase(canary: Canary, more: object = {}) {
  return desk.customer<ErasureView & { code?: string }>(
    rootOf(canary).customer,
    '/erasure',
    { body: { confirm: canary.name, ...more } },
    desk.admin,
  );
}

/** All steps by hand. The database keeps a row locked for a moment after whoever held it was killed, and steps pass such a row by. */
async function workOff(): Promise<void> {
  const steps = desk.hub.app.get(ErasureSteps, { strict: false });
  await until(
    async () => {
      while ((await steps.step()) !== 'idle') {
        // The next step.
      }
      return desk.hub.database.query('select 1 from erasure where ended_at is null');
    },
    (open) => open.length === 0,
  );
}

const traces = (canary: Canary) => findTraces(desk.hub, canary.words);

describe('Erasing a person', () => {
  it('shows what would go, asks for the name, and leaves no word of them in any table, file or log', async () => {
    const open = async () => (await desk.admin.call<ViewCounts>('/api/views/counts')).body['open']?.count;
    const others = await open();
    const canary = await meet();
    // What the database learnt of them for its plans.
    await desk.hub.database.query('analyze');
    const before = await traces(canary);
    expect(before.length).toBeGreaterThan(20);
    expect(before.some((trace) => trace.startsWith('pg_stats: '))).toBe(true);
    const { body: preview } = await desk.customer<ErasurePreviewView>(
      rootOf(canary).customer,
      '/erasure',
      {},
      desk.admin,
    );
    expect(preview).toMatchObject({
      confirm: canary.name,
      hindrance: null,
      counts: { files: 1, recordings: 1, drafts: 1 },
    });
    expect(preview.counts.messages).toBeGreaterThan(5);
    expect((await erase(canary, { confirm: 'Zebulon' })).body.code).toBe('confirm_mismatch');
    expect((await desk.customer(rootOf(canary).customer, '/erasure')).status).toBe(403);

    const begun = await erase(canary);
    expect(begun.status).toBe(202);
    expect((await desk.admin.call(`/api/conversations/${rootOf(canary).conversation}`)).status).toBe(404);
    expect(await open()).toBe(others);
    await workOff();
    expect((await desk.admin.call<ErasureView>(`/api/erasures/${begun.body.id}`)).body).toMatchObject({
      state: 'done',
    });
    expect(await traces(canary)).toEqual([]);
  }, 30_000);

  it('keeps the places of what was said, so that figures stay and no number is missing', async () => {
    const canary = await meet();
    const ids = canary.parts.map(({ conversation }) => conversation);
    const shape = () =>
      desk.hub.database.query<{ n: string; last: string; tickets: string }>(
        `select count(*) as n, max(m.seq) as last, (select count(*) from ticket t where t.conversation_id = m.conversation_id) as tickets
         from message m where m.conversation_id = any ($1::uuid[]) and m.kind <> 'event' group by m.conversation_id order by m.conversation_id`,
        [ids],
      );
    const before = await shape();
    await erase(canary);
    await workOff();
    expect(await shape()).toEqual(before);
  }, 30_000);

  it('makes whoever writes afterwards somebody new, and can keep imports from bringing the address back', async () => {
    const canary = await meet();
    await erase(canary, { remember: true });
    const { address } = rootOf(canary);
    const again = await desk.hear({
      address,
      text: 'hello again',
      event: { raw: Buffer.from(`{"from":"${address}"}`) },
    });
    expect(again.customer).not.toBe(rootOf(canary).customer);
    // Two nodes at once.
    await Promise.all([workOff(), workOff()]);
    await workOff();
    const kept = await desk.hub.database.query(
      `select 1 from inbound_event e join message m on m.channel_id = e.channel_id and m.external_id = e.external_id
       where m.conversation_id = $1 and e.raw <> ''`,
      [again.conversation],
    );
    expect(kept).toHaveLength(1);
    const imports = desk.hub.app.get(ImportedPeople, { strict: false });
    const [forgotten, back] = await desk.hub.database.transaction((tx) =>
      imports.find(
        tx,
        [canary.parts[1], again].map((one) => ({
          addresses: [{ kind: one === again ? ('phone' as const) : ('email' as const), address: one?.address ?? '' }],
          name: '',
          locale: 'en',
        })),
        { create: true },
      ),
    );
    expect(forgotten).toEqual({ fault: 'forgotten' });
    expect(back).toEqual({ root: again.customer, isNew: false });
    const view = await desk.open(again.conversation);
    expect(view.messages.map(({ body }) => body)).toContain('hello again');
  }, 30_000);

  it('goes on wherever the process dies, and ends the same', async () => {
    const canary = await meet();
    await erase(canary);
    const steps = desk.hub.app.get(ErasureSteps, { strict: false });
    let dead = 0;
    for (let at = 1, isOver = false; !isOver; at = (at % 5) + 1) {
      await dying({ at, isBefore: at % 2 === 0 }, async () => {
        isOver = (await steps.step().catch(() => 'dead')) === 'idle';
      });
      dead += 1;
    }
    expect(dead).toBeGreaterThan(20);
    await workOff();
    expect(await traces(canary)).toEqual([]);
  }, 30_000);

  it.each(['erasure.before-commit:kill:9', 'erasure.before-files', 'erasure.before-end'])(
    'goes on by itself after a process was killed at %s, until nothing is found',
    async (place) => {
      const { databaseUrl } = desk.hub.app.get(HubConfig);
      // A folder of its own, in which the files of this one are.
      const folder = await mkdtemp(join(tmpdir(), 'peyk-doomed-'));
      await symlink(join(desk.hub.dataDir, 'files'), join(folder, 'files'));
      const doomed = await spawnNode({ DATABASE_URL: databaseUrl ?? '', DATA_DIR: folder });
      try {
        await doomed.dieAt(place);
        const canary = await meet();
        const there = new Caller(doomed.url, desk.admin.credentials);
        const path = `/api/customers/${rootOf(canary).customer}/erasure`;
        await there.call(path, { method: 'POST', body: { confirm: canary.name } }).catch(() => undefined);
        await doomed.gone;
        const [row] = await desk.hub.database.query(
          'select 1 from erasure where customer_id = $1 and ended_at is null',
          [rootOf(canary).customer],
        );
        expect(row).toBeDefined();
        await workOff();
        expect(await traces(canary)).toEqual([]);
      } finally {
        await doomed.close();
        await rm(folder, { recursive: true, force: true });
      }
    },
    30_000,
  );

  it('waits for a legal hold', async () => {
    const canary = await meet();
    const { customer } = rootOf(canary);
    await desk.customer(customer, '/hold', { method: 'PUT', body: { why: 'a court asked' } }, desk.admin);
    expect((await erase(canary)).body.code).toBe('on_hold');
    await desk.customer(customer, '/hold', { method: 'DELETE' }, desk.admin);
    expect((await erase(canary)).status).toBe(202);
    await workOff();
  }, 30_000);
});

describe('Redacting a message', () => {
  it('takes its words and files out of everything, for whoever may, and says that the receiver has it', async () => {
    const canary = await meet();
    const { conversation } = rootOf(canary);
    const view = (await desk.admin.call<ConversationView>(`/api/conversations/${conversation}`)).body;
    const message = view.messages.find(({ body }) => body.includes('over phone')) as MessageView;
    const path = `/api/messages/${message.id}/redact`;
    expect((await desk.agent.call(path, { body: {} })).status).toBe(403);
    expect((await desk.admin.call(path, { body: {} })).body).toMatchObject({ isElsewhere: true });
    const [row] = await desk.hub.database.query(
      'select body, search_text, redacted_at is not null as gone from message where id = $1',
      [message.id],
    );
    expect(row).toEqual({ body: '', search_text: '', gone: true });
    const left = await findTraces(desk.hub, [
      `${canary.secret} over phone`,
      `${canary.secret}.txt`,
      `${canary.secret} file`,
    ]);
    expect(left).toEqual([]);
    const [draft] = await desk.hub.database.query<{ content: { body: string } }>(
      'select content from draft where conversation_id = $1',
      [conversation],
    );
    expect(draft?.content.body).toBe('mine');
  }, 30_000);
});

describe('Redacting one message of several', () => {
  it('finds its words in JSON too, leaves what others said, and waits for a legal hold', async () => {
    const canary = await meet();
    const { address, conversation, customer } = rootOf(canary);
    const { database } = desk.hub;
    const words = `${canary.secret} in two\nlines, "so"`;
    await desk.hear({ address, text: words });
    await desk.hear({ address, text: 'a file' });
    const blank = `update message set body = '' where conversation_id = $1 and body = 'a file' returning id`;
    const [file] = await database.query<{ id: string }>(blank, [conversation]);
    const [said] = await database.query<{ id: string }>(
      'select id from message where conversation_id = $1 and body = $2',
      [conversation, words],
    );
    await database.query('update webhook_delivery set payload = $2 where conversation_id = $1', [
      conversation,
      JSON.stringify({ subject: words }),
    ]);
    const redact = (id = '') => desk.admin.call<{ code?: string }>(`/api/messages/${id}/redact`, { body: {} });
    const told = () =>
      database.query(
        'select w.payload from webhook_attempt a join webhook_delivery w on w.id = a.delivery_id where w.conversation_id = $1',
        [conversation],
      );
    await desk.customer(customer, '/hold', { method: 'PUT', body: { why: 'a court asked' } }, desk.admin);
    expect((await redact(said?.id)).body.code).toBe('on_hold');
    await desk.customer(customer, '/hold', { method: 'DELETE' }, desk.admin);
    expect((await redact(file?.id)).status).toBe(200);
    expect(await told()).toEqual([{ payload: { subject: words } }]);
    expect((await redact(said?.id)).status).toBe(200);
    expect(await told()).toEqual([{ payload: {} }]);
  }, 30_000);
});

describe('What a visitor agreed to', () => {
  it('is shown with its words, and noted once as taken back', async () => {
    const canary = await meet();
    const stranger = await desk.hear({ address: '+989120000001' });
    const { customer } = rootOf(canary);
    const given = async () =>
      (await desk.customer<PersonPrivacyView>(customer, '/privacy', {}, desk.admin)).body.consents[0];
    const first = await given();
    expect(first).toMatchObject({ words: `${canary.secret} agreed`, withdrawnAt: null });
    const withdraw = async (of: string, by = desk.admin) =>
      (await desk.customer(of, `/consents/${first?.id ?? ''}`, { method: 'DELETE' }, by)).status;
    expect(await withdraw(customer, desk.agent)).toBe(403);
    expect(await withdraw(stranger.customer)).toBe(404);
    expect(await withdraw(customer)).toBe(204);
    const ended = (await given())?.withdrawnAt;
    expect(ended).toEqual(expect.any(String));
    expect(await withdraw(customer)).toBe(204);
    expect((await given())?.withdrawnAt).toBe(ended);
  }, 30_000);
});

describe('A file of all that is known of a person', () => {
  it('holds what they said, without notes unless asked, and is there for a while', async () => {
    const canary = await meet();
    const { customer } = rootOf(canary);
    const asked = await desk.customer<PersonExportView>(customer, '/exports', { body: {} }, desk.admin);
    expect(asked.status).toBe(202);
    desk.hub.app.get(PrivacySweeper, { strict: false }).onApplicationBootstrap();
    const [made] = await until(
      async () => (await desk.customer<PersonExportView[]>(customer, '/exports', {}, desk.admin)).body,
      ([one]) => one?.state !== 'running',
    );
    expect([made, desk.hub.logged().match(/.*file of a person.*/)?.[0]]).toMatchObject([
      { state: 'done', withNotes: false },
      undefined,
    ]);
    const response = await fetch(`${desk.hub.url}/api/customers/${customer}/exports/${asked.body.id}/file`, {
      headers: desk.admin.credentials,
    });
    const path = join(desk.hub.dataDir, 'fetched.zip');
    await writeFile(path, Buffer.from(await response.arrayBuffer()));
    const listed = execFileSync(
      'python3',
      [
        '-c',
        `import zipfile,sys; z=zipfile.ZipFile(sys.argv[1]); print('\\n'.join(z.namelist())); print(z.read('person.json').decode())`,
        path,
      ],
      { encoding: 'utf8' },
    );
    expect(listed).toContain('person.fa.html');
    expect(listed).toContain(`${canary.secret} over email`);
    expect(listed).toContain(`-${canary.secret}.txt`);
    expect(listed).not.toContain(`${canary.secret} noted`);
    await desk.hub.database.query(
      `update person_export set expires_at = clock_timestamp() - interval '1 second' where id = $1`,
      [asked.body.id],
    );
    expect((await desk.customer(customer, `/exports/${asked.body.id}/file`, {}, desk.admin)).status).toBe(404);
  }, 30_000);
});

describe('What is kept too long', () => {
  it('goes by its rule and not before, but for whoever is under a hold, and every place stays', async () => {
    const [gone, held] = [await meet(), await meet()];
    await desk.customer(rootOf(held).customer, '/hold', { method: 'PUT', body: { why: 'a court asked' } }, desk.admin);
    const rule = { what: 'words', days: 30, channelId: desk.channel.id };
    const added = await desk.admin.call<RetentionRuleView>('/api/retention-rules', { body: rule });
    expect(added.status).toBe(201);
    expect((await desk.admin.call('/api/retention-rules/preview', { body: rule })).body).toEqual({
      count: 0,
      isMore: false,
    });
    const retention = desk.hub.app.get(Retention, { strict: false });
    expect(await retention.run(new Date())).toEqual({ words: 0 });
    const later = new Date(Date.now() + 31 * 86_400_000);
    expect((await retention.run(later)).words).toBeGreaterThan(0);
    const bodies = async (canary: Canary) =>
      (
        await desk.hub.database.query<{ body: string }>(
          `select body from message where conversation_id = $1 and channel_id = $2 order by seq`,
          [rootOf(canary).conversation, desk.channel.id],
        )
      ).map(({ body }) => body);
    expect(await bodies(gone)).toEqual(['']);
    expect(await bodies(held)).toEqual([`${held.secret} over phone`]);
    expect((await desk.admin.call(`/api/retention-rules/${added.body.id}`, { method: 'DELETE' })).status).toBe(204);
    for (const what of ['files', 'recordings', 'raw', 'bots', 'webhooks', 'people']) {
      const { body } = await desk.admin.call<RetentionRuleView>('/api/retention-rules', { body: { what, days: 1 } });
      await retention.run(later);
      await desk.admin.call(`/api/retention-rules/${body.id}`, { method: 'DELETE' });
    }
    expect(await findTraces(desk.hub, [`${gone.secret} file`, `${gone.secret} sound`])).toEqual([]);
    expect((await findTraces(desk.hub, [`${held.secret} sound`])).length).toBe(1);
  }, 30_000);
});
