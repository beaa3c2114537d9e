import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import type { ConversationView } from '#contract';
import { AccessInventory } from '../../apps/hub/src/auth/access-inventory.js';
import type { ApiDocument } from '../../apps/hub/src/platform/openapi/describe-api.js';
import { buildAgent, signedIn, stranger, type Caller } from '../support/build-rows.js';
import { buildChannel, buildQueue, hearFrom } from '../support/live-client.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';

let hub: TestHub;
let admin: Caller;
let document: ApiDocument;
let conversation: string;

beforeAll(async () => {
  hub = await startTestHub();
  const [root] = await hub.database.query<{ id: string }>('select id from agent');
  const adminId = (root as { id: string }).id;
  admin = await signedIn(hub, adminId);
  document = (await admin.call<ApiDocument>('/api/openapi.json')).body;
  const queueId = await buildQueue(hub.database, { members: [adminId] });
  const channel = await buildChannel(hub, { kind: 'messages', queueId });
  conversation = await hearFrom(hub, channel, 'rita', 'Where is my parcel?');
});

afterAll(() => hub?.stop());

/** Every problem that a real answer has with what the document promises of it. */
async function faultsOf(path: string, url: string, spoil = (body: unknown): unknown => body): Promise<unknown[]> {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'api', components: document.components });
  const answers = document.paths[path]?.['get']?.responses['200'] as { content: Record<string, { schema: object }> };
  const schema = JSON.parse(
    JSON.stringify(answers.content['application/json']?.schema).replaceAll('"#/', '"api#/'),
  ) as object;
  const validate = ajv.compile(schema);
  const answer = await admin.call(url);
  expect(answer.status).toBe(200);
  validate(spoil(answer.body));
  return validate.errors ?? [];
}

describe('the description of the API', () => {
  it('has every route that the hub serves under /api, with who may call it', () => {
    const doors = hub.app.get(AccessInventory).list();
    const routes = doors.filter(({ name }) => /^[A-Z]+ \/api\//.test(name) && !name.startsWith('OPTIONS '));
    expect(routes.length).toBeGreaterThan(30);
    const missing = routes.filter(({ name, rule }) => {
      const [verb = '', url = ''] = name.split(' ');
      const operation = document.paths[url.replace(/:(\w+)/g, '{$1}')]?.[verb.toLowerCase()];
      return operation?.['x-access'] !== rule;
    });
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  it('says for every route what it answers, or that there is no content', () => {
    const silent = Object.entries(document.paths).flatMap(([path, verbs]) =>
      Object.entries(verbs).flatMap(([verb, { responses }]) => {
        const [status] = Object.keys(responses);
        const { content } = Object.values(responses)[0] as { content?: object };
        // A redirect has an address and nothing else.
        return content === undefined && status !== '204' && status !== '303' ? [`${verb} ${path}`] : [];
      }),
    );
    expect(silent).toEqual([]);
  });

  it('refers to no shape that is not there', () => {
    const names = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => !(String(name) in document.components.schemas))).toEqual([]);
  });

  it.each([
    ['/api/me', '/api/me'],
    ['/api/queues', '/api/queues'],
    ['/api/channels', '/api/channels'],
    ['/api/agents', '/api/agents'],
    ['/api/agents/settings', '/api/agents/settings'],
    ['/api/skills', '/api/skills'],
    ['/api/conversations', '/api/conversations?view=all'],
    ['/api/customers', '/api/customers?search='],
  ])('holds for a real answer of %s', async (path, url) => {
    expect(await faultsOf(path, url)).toEqual([]);
  });

  it('holds for a conversation with its messages, and would not for a broken one', async () => {
    expect(await faultsOf('/api/conversations/{id}', `/api/conversations/${conversation}`)).toEqual([]);
    const { body } = await admin.call<ConversationView>(`/api/conversations/${conversation}`);
    expect(body.messages[0]?.body).toBe('Where is my parcel?');
    expect(document.components.schemas['MessageView']).toMatchObject({
      required: expect.arrayContaining(['seq', 'rev']),
    });
  });

  it('is a page without scripts, for those who are signed in', async () => {
    const agent = await signedIn(hub, (await buildAgent(hub.database)).id);
    const page = await agent.call<string>('/api/docs');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(page.text).toContain('/api/conversations/{id}/messages');
    expect(page.text).not.toMatch(/<script|https?:\/\//);
    expect((await stranger(hub).call('/api/docs')).status).toBe(401);
    expect((await stranger(hub).call('/api/openapi.json')).status).toBe(401);
  });
});

describe('the JSON Schema of scripts', () => {
  const folder = new URL('../../scripts/', import.meta.url);
  const ready = readdirSync(folder).filter((file) => /^\w+\.yaml$/u.test(file));
  const written = (file: string) => parse(readFileSync(new URL(file, folder), 'utf8')) as Record<string, unknown>;

  it('is served to whoever may write scripts, and takes the ready ones and nothing that the hub would refuse', async () => {
    const answer = await admin.call<Record<string, unknown>>('/api/scripts/schema');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    const agent = await signedIn(hub, (await buildAgent(hub.database, { role: 'agent' })).id);
    expect((await agent.call('/api/scripts/schema')).status).toBe(403);

    expect(answer.body['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
    const ajv = new Ajv2020({ allErrors: true });
    expect([ajv.validateSchema(answer.body), ajv.errors ?? []]).toEqual([true, []]);
    const validate = ajv.compile(answer.body);
    expect(ready).toHaveLength(7);
    for (const file of ready) {
      expect({ file, fits: validate(written(file)), errors: validate.errors ?? [] }).toEqual({
        file,
        fits: true,
        errors: [],
      });
    }
    const script = written('main_menu.yaml');
    const { fallback: _left, ...lonely } = script;
    const nodes = script['nodes'] as Record<string, object>;
    const [first = ''] = Object.keys(nodes);
    const spoilt = [
      lonely,
      { ...script, colour: 'red' },
      { ...script, nodes: { ...nodes, [first]: { ...nodes[first], do: 'dance' } } },
      { ...script, nodes: { ...nodes, [first]: { ...nodes[first], onwards: first } } },
    ];
    expect(spoilt.map((one) => validate(one))).toEqual([false, false, false, false]);
  });
});
