import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { servePages } from './console-files.js';

let folder: string;
let url: string;
const adapter = new FastifyAdapter();
const server = adapter.getInstance();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'peyk-console-'));
  await mkdir(join(folder, 'dist/assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'CANARY');
  await writeFile(join(folder, 'dist/index.html'), '<title>Peyk</title>');
  await mkdir(join(folder, 'widget'));
  await writeFile(join(folder, 'widget/widget.js'), 'widget()');
  await writeFile(join(folder, 'widget/chat.js'), 'chat()');
  await writeFile(join(folder, 'widget/chat.html'), '<title>Chat</title>');
  await writeFile(join(folder, 'dist/assets/app-1a2b.js'), 'app()');
  server.addHook('onRequest', async (_request, reply) => void reply.raw.setHeader('x-frame-options', 'DENY'));
  await writeFile(join(folder, 'widget/widget.d.ts'), 'export {};');
  const framers: Record<string, string[]> = { shop: ['https://shop.test', 'https://*.shop.test'], open: [] };
  await servePages(
    server,
    { console: join(folder, 'dist'), widget: join(folder, 'widget') },
    (id) => framers[id] ?? null,
  );
  url = await server.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the console', () => {
  it.each(['/', '/conversations/0190', '/setup?token=x', '/settings'])(
    'is what %s shows, asked for again each time',
    async (path) => {
      const answer = await fetch(url + path);
      expect(await answer.text()).toBe('<title>Peyk</title>');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      expect(answer.headers.get('content-type')).toContain('text/html');
    },
  );

  it('has assets that never change, and no page in their place when one is gone', async () => {
    const there = await fetch(`${url}/assets/app-1a2b.js`);
    expect([there.headers.get('cache-control'), await there.text()]).toEqual([
      'public, max-age=31536000, immutable',
      'app()',
    ]);
    expect((await fetch(`${url}/assets/app-gone.js`)).status).toBe(404);
  });

  it.each(['/api/nothing', '/hooks/x', '/metrics', '/health/x', '/socket.io/x'])(
    'is not what %s shows',
    async (path) => {
      expect((await fetch(url + path)).status).toBe(404);
    },
  );

  it.each([
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/....//secret.txt',
    '/..\\secret.txt',
  ])('never shows what lies beside it: %s', async (path) => {
    expect(await (await fetch(url + path)).text()).not.toContain('CANARY');
  });
});

describe('the chat widget', () => {
  it.each([
    ['/widget.js', 'widget()'],
    ['/widget/chat.js?v=1', 'chat()'],
    ['/widget.d.ts', 'export {};'],
    ['/chat/open?x=1', '<title>Chat</title>'],
  ])('may be loaded by other sites: %s', async (path, text) => {
    const answer = await fetch(url + path);
    expect(await answer.text()).toBe(text);
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(answer.headers.get('x-frame-options')).toBeNull();
    expect((await fetch(`${url}/`)).headers.get('x-frame-options')).toBe('DENY');
  });

  it.each([
    ['/chat/open', null],
    ['/chat/shop?x=1', "frame-ancestors 'self' https://shop.test https://*.shop.test"],
    ['/chat/gone', "frame-ancestors 'self'"],
    ['/widget.js', "frame-ancestors 'self'"],
  ])('is framed by the sites that its channel names: %s, %s', async (path, policy) => {
    const told = (await fetch(url + path)).headers.get('content-security-policy') ?? '';
    expect(/frame-ancestors.*/.exec(told)?.[0] ?? null).toBe(policy);
  });

  it('has types that an editor reads as text', async () => {
    expect((await fetch(`${url}/widget.d.ts`)).headers.get('content-type')).toMatch(
      /^(text\/plain|application\/typescript)/,
    );
  });

  it('has no page of the console in the place of a file that is gone', async () => {
    expect((await fetch(`${url}/widget/gone.js`)).status).toBe(404);
  });
});
