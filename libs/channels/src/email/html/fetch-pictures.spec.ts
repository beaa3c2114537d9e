import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { withPictures } from './fetch-pictures.js';
import { mailPage } from './mail-page.js';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const shownPng = ` src="data:image/png;base64,${png.toString('base64')}"`;
const limits = { atOnce: 2, bytes: 1_000, allBytes: 2_000, redirects: 2, answerMs: 300, allMs: 1_000 };

let server: Server;
let root: string;
let asked: string[] = [];

afterEach(() => new Promise((resolve) => server.close(resolve)));

async function serve(answer: RequestListener): Promise<void> {
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function shown(...sources: string[]): Promise<string> {
  const body = sources.map((source) => `<img src="${source}" alt="x">`).join('');
  const raw = Buffer.from(`From: a@b.example\r\nContent-Type: text/html\r\n\r\n<p>${body}</p>`);
  return (await withPictures(await mailPage(raw, { images: true }), undefined, limits)).html;
}

describe('the pictures of other servers', () => {
  it('are put into the page, each asked for once however often it shows it', async () => {
    await serve((_, response) => response.end(png));
    const html = await shown(`${root}/a.png`, `${root}/b.png`, `${root}/a.png`);
    expect(html.split(shownPng)).toHaveLength(4);
    expect(asked.toSorted()).toEqual(['/a.png', '/b.png']);
    expect(html).not.toContain('x-peyk-remote');
  });

  it.each([
    ['is no picture', (response) => response.end('<svg onload="x()"/>')],
    ['is larger than a picture of a mail', (response) => response.end(Buffer.concat([png, Buffer.alloc(2_000)]))],
    ['is not there', (response) => response.writeHead(404).end(png)],
    ['never comes', () => undefined],
    ['leads in circles', (response) => response.writeHead(302, { location: '/again' }).end()],
    ['leads out of the web', (response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end()],
  ] satisfies [string, (response: Parameters<RequestListener>[1]) => unknown][])(
    'are left out where one %s',
    async (_, answer) => {
      await serve((__, response) => void answer(response));
      expect(await shown(`${root}/a.png`)).toMatch(/<img alt="x" \/>/u);
      expect(asked.length).toBeLessThanOrEqual(limits.redirects + 1);
      server.closeAllConnections();
    },
  );

  it('are not more together than a page may weigh', async () => {
    await serve((_, response) => response.end(Buffer.concat([png, Buffer.alloc(900 - png.length)])));
    const html = await shown(...['a', 'b', 'c', 'd'].map((name) => `${root}/${name}`));
    expect(html.split('src="data:image/png').length - 1).toBe(2);
  });

  it('take the place of what a page writes itself in their manner', async () => {
    await serve((_, response) => response.end(png));
    const html = await shown('https://x-peyk-remote.invalid/1', `${root}/a.png`);
    expect(html.match(/<img[^>]*>/gu)).toEqual(['<img alt="x" />', expect.stringContaining('data:image/png')]);
  });
});
