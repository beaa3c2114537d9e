import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import { buildAgent, signedIn, stranger, type Caller } from '../support/build-rows.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';

let hub: TestHub;
let agent: Caller;

beforeAll(async () => {
  hub = await startTestHub();
  agent = await signedIn(hub, (await buildAgent(hub.database)).id);
});
afterAll(() => hub.stop());

/** As a browser or a broken client sends it, byte for byte. */
function send(
  method: string,
  path: string,
  headers: Record<string, string>,
  body = '',
): Promise<{ status: number; body: Record<string, unknown> }> {
  const { hostname, port } = new URL(hub.url);
  return new Promise((done, failed) => {
    const call = request(
      { hostname, port, method, path, headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
      (answer) => {
        let text = '';
        answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
        answer.on('end', () =>
          done({
            status: answer.statusCode ?? 0,
            body: /json/.test(answer.headers['content-type'] ?? '')
              ? (JSON.parse(text) as Record<string, unknown>)
              : {},
          }),
        );
      },
    );
    call.on('error', failed);
    call.end(body);
  });
}

describe('a refusal', () => {
  it('is a problem document with a stable code and the id that the log knows', async () => {
    const answer = await stranger(hub).call('/api/nothing-here');
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toEqual({
      type: 'urn:peyk:problem:not_found',
      title: 'Not Found',
      status: 404,
      code: 'not_found',
      detail: 'This does not exist.',
      requestId: answer.headers.get('x-request-id'),
    });
  });

  it.each([
    ['a body that is no JSON', { 'content-type': 'application/json' }, '{"email":', 400, 'malformed_json'],
    [
      'a form, which any page could send',
      { 'content-type': 'application/x-www-form-urlencoded' },
      'email=a',
      415,
      'unsupported_media_type',
    ],
    [
      'plain text, which any page could send',
      { 'content-type': 'text/plain' },
      '{"email":"a"}',
      415,
      'unsupported_media_type',
    ],
    ['more than fits', { 'content-type': 'application/json' }, `"${'x'.repeat(2 * 1024 * 1024)}"`, 413, 'too_large'],
    ['an array for an object', { 'content-type': 'application/json' }, '[]', 422, 'invalid'],
    ['no body', {}, '', 422, 'invalid'],
  ])('answers %s', async (_what, headers, body, status, code) => {
    expect(await send('POST', '/api/session', headers as Record<string, string>, body)).toMatchObject({
      status,
      body: { status, code },
    });
  });

  it.each(['/api/%ff', '/api/me%00', '/..%2f..%2fetc/passwd', `/api/${'x'.repeat(5000)}`])(
    'answers the path %.20s without an error of its own',
    async (path) => {
      const { status } = await send('GET', path, {});
      expect(status).toBeLessThan(500);
    },
  );

  it('tells nothing of what broke inside, but the log does', async () => {
    const caller = await signedIn(hub, (await buildAgent(hub.database)).id);
    await hub.database.query('alter table agent rename column name to name_away');
    try {
      const answer = await caller.call('/api/me');
      expect(answer.body).toMatchObject({ status: 500, code: 'internal' });
      expect(answer.text).not.toMatch(/column|select|agent\.|at /);
      expect(hub.logged()).toContain(answer.body['requestId']);
      expect(hub.logged()).toContain('a.name does not exist');
    } finally {
      await hub.database.query('alter table agent rename column name_away to name');
    }
  });
});

describe('a foreign page', () => {
  it.each([
    ['names its origin', { origin: 'https://evil.example' }],
    ['comes from a sandbox', { origin: 'null' }],
    ['is cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['is a neighbour on the same domain', { 'sec-fetch-site': 'same-site' }],
  ])('changes nothing when it %s', async (_what, headers) => {
    const answer = await agent.call('/api/me', {
      method: 'PATCH',
      body: { name: 'taken' },
      headers: headers as Record<string, string>,
    });
    expect(answer.body).toMatchObject({ status: 403, code: 'forbidden' });
    expect((await agent.call('/api/me')).body).not.toMatchObject({ name: 'taken' });
  });

  it('is not mistaken for the console itself', async () => {
    const own = { origin: hub.url, 'sec-fetch-site': 'same-origin' };
    expect((await agent.call('/api/me', { method: 'PATCH', body: { name: 'Mine' }, headers: own })).status).toBe(200);
  });
});

describe('the chat widget on a foreign page', () => {
  const foreign = {
    origin: 'https://shop.example',
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type',
  };

  it('may ask the chat, without any cookie', async () => {
    const { headers } = await stranger(hub).call('/api/chat/x/session', { method: 'OPTIONS', headers: foreign });
    expect([headers.get('access-control-allow-origin'), headers.get('access-control-allow-credentials')]).toEqual([
      '*',
      null,
    ]);
    const answer = await stranger(hub).call('/api/chat/x/session', {
      body: {},
      headers: { origin: 'https://shop.example', 'sec-fetch-site': 'cross-site' },
    });
    expect(answer.body['code']).not.toBe('forbidden');
  });

  it('may ask nothing else', async () => {
    const { headers } = await stranger(hub).call('/api/me', { method: 'OPTIONS', headers: foreign });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('every answer', () => {
  it.each(['/health/live', '/api/me', '/api/nothing-here', '/'])(
    'carries the headers that keep browsers safe: %s',
    async (path) => {
      const { headers } = await stranger(hub).call(path);
      expect(headers.get('content-security-policy')).toContain("default-src 'self';script-src 'self'");
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get('x-powered-by')).toBeNull();
    },
  );
});
