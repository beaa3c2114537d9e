import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { AgentSettingsView, AuditEntryView, BrandView, ChannelView, Page } from '#contract';
import { startConnectedWorld, type ConnectedWorld } from '../support/connected-world.js';

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(64, 1)]);
const brand = {
  name: { en: 'Bazaar', fa: 'بازارگاه' },
  footer: { en: 'Bazaar Ltd, 1 Long Street', fa: 'شرکت بازارگاه، خیابان بلند' },
  accent: '#FFD400',
};

let scene: ConnectedWorld;

beforeAll(async () => {
  scene = await startConnectedWorld();
}, 60_000);
afterAll(() => scene?.close());

const read = async () => (await scene.admin.call<BrandView>('/api/brand')).body;
const put = (path: string, body: object) =>
  scene.admin.call<BrandView & { code?: string; field?: string }>(path, { method: 'PUT', body });

it('is what mails, pages and chats look like, and each change of it stands in the audit', async () => {
  expect(await read()).toMatchObject({ version: 1, accent: null, logo: null });
  const changed = await put('/api/brand', { ...brand, version: 1 });
  expect(changed).toMatchObject({ status: 200, body: { ...brand, accent: '#ffd400' } });
  expect(await put('/api/brand', { ...brand, version: 1 })).toMatchObject({ status: 409, body: { code: 'stale' } });
  expect((await put('/api/brand', { ...brand, version: 2, accent: 'red' })).status).toBe(422);
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>').toString('base64');
  expect((await put('/api/brand/logo', { content: svg })).body).toMatchObject({ field: 'content' });
  const { body: shown } = await put('/api/brand/logo', { content: png.toString('base64') });
  const logo = await fetch(`${scene.hub.url}${shown.logo ?? ''}`);
  expect(logo.headers.get('content-type')).toBe('image/png');
  expect(Buffer.from(await logo.arrayBuffer())).toEqual(png);
  const { body: acts } = await scene.admin.call<Page<AuditEntryView>>('/api/audit?action=brand.changed');
  expect(acts.rows.map(({ changes }) => changes.map(({ field }) => field))).toEqual([
    ['logo'],
    ['accent', 'footer', 'name'],
  ]);
});

it('dresses the mail of an invitation in the language of its reader, with the picture inside', async () => {
  const email = 'dressed@peyk.test';
  const { body: agent } = await scene.admin.call<AgentSettingsView>('/api/agents', {
    body: { email, role: 'agent', locale: 'fa' },
  });
  await scene.admin.call(`/api/agents/${agent.id}/invitation`, { method: 'POST' });
  const mail = await scene.world.mail.waitFor(({ envelope }) => envelope.to.includes(email));
  const raw = Buffer.from(mail.raw).toString('utf8');
  const html = bodyOf(raw, 'text/html');
  expect(html).toMatch(/<html lang="fa" dir="rtl">/u);
  expect(html).toContain('cid:brand-logo@peyk');
  expect(html).toMatch(/background:#ffd400;color:#000000[^>]*>انتخاب گذرواژه</u);
  expect(html).toContain('خیابان بلند');
  expect(mail.text).toContain('خیابان بلند');
  expect(raw).toContain(png.toString('base64').slice(0, 60));
});

it('stands on the pages that customers open, which still load nothing from elsewhere, and behind chats without a name', async () => {
  const page = await fetch(`${scene.hub.url}/s/nothing`);
  const text = await page.text();
  expect(page.headers.get('content-security-policy')).toContain("img-src 'self'");
  expect(text).toContain('--accent:#ffd400;--on-accent:#000000');
  expect(text).toMatch(/<img src="\/brand\/logo\?v=\w+" alt="Bazaar">/u);
  expect(text).toContain('1 Long Street');
  const own = await fetch(`${scene.hub.url}/my/nothing`, { headers: { 'accept-language': 'fa' } });
  expect(await own.text()).toContain('خیابان بلند');
  const { body: chat } = await scene.admin.call<ChannelView>('/api/channels', {
    body: { kind: 'web', name: 'internal name', config: { colour: '#006F77' }, secrets: {} },
  });
  const face = await scene.admin.call(`/api/chat/${chat.id}/session`, { body: { locale: 'fa' } });
  expect(face.body).toMatchObject({ name: 'بازارگاه', colour: '#ffd400' });
});

it('is looked at before it is saved, in the light and in the dark, as a page that runs nothing', async () => {
  const look = async (theme: string) =>
    scene.admin.call(`/api/brand/preview?locale=en&theme=${theme}&name=%3Cb%3EShop&accent=%23112233`);
  const [light, dark] = [await look('light'), await look('dark')];
  expect(light.headers.get('content-security-policy')).toMatch(/sandbox;/u);
  expect(light.text).toContain('@media not all');
  expect(dark.text).toContain('@media all');
  expect(dark.text).toContain('background:#112233;color:#ffffff');
  expect(dark.text).not.toContain('<b>Shop');
});

/** One part of a mail, as its reader gets it. */
function bodyOf(raw: string, type: string): string {
  const part = raw.slice(raw.indexOf(`Content-Type: ${type}`));
  const [, encoded = ''] = part.split(/\r?\n\r?\n/u);
  return Buffer.from(encoded, 'base64').toString('utf8');
}
