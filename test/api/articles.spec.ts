import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ArticleSuggestionsView, ArticleView, FoundArticleView } from '#contract';
import { ArticleIndex } from '../../apps/hub/src/desk/articles/article-index.service.js';
import type { Answered } from '../support/build-rows.js';
import { PeopleDesk } from '../support/people-desk.js';
import { startTestHub, type TestHub } from '../support/start-hub.js';
import { createTestDatabase } from '../support/test-database.js';

let desk: PeopleDesk;
let other: TestHub;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = () => database.drop();
  desk = await PeopleDesk.start({ env: { ROLE: 'web' }, databaseUrl: database.url });
  other = await startTestHub({ env: { ROLE: 'web' }, databaseUrl: database.url });
});

afterAll(async () => {
  await other?.stop();
  await desk?.hub.stop();
  await drop?.();
});

type Refusable = { code?: string; field?: string };
const post = (body: object, caller = desk.admin): Promise<Answered<ArticleView & Refusable>> =>
  caller.call('/api/articles', { body });
const make = async (title: string, body = '', more: object = {}): Promise<ArticleView> =>
  (await post({ texts: { fa: { title, body } }, ...more })).body;
const search = async (q: string): Promise<string[]> =>
  (await desk.agent.call<FoundArticleView[]>(`/api/articles/search?q=${encodeURIComponent(q)}`)).body.map(
    ({ title }) => title,
  );
const onOther = async (text: string, publicOnly = false): Promise<string[]> =>
  (
    await other.app
      .get(ArticleIndex, { strict: false })
      .find({ text, locale: 'fa', publicOnly, limit: 5, strict: true })
  ).map(({ title }) => title);

describe('the knowledge list', () => {
  it('is written by supervisors and read by agents', async () => {
    const made = await make('تعویض کالا', 'تا هفت روز', { keywords: ['مرجوعی'], tags: ['فروش'] });
    expect(made).toMatchObject({
      version: 1,
      public: false,
      texts: { fa: { title: 'تعویض کالا' }, en: { title: '', body: '' } },
    });
    expect((await desk.agent.call('/api/articles')).text).toContain('تعویض کالا');
    expect((await post({ texts: { fa: { title: 'x' } } }, desk.agent)).status).toBe(403);
    const change = await desk.agent.call(`/api/articles/${made.id}`, { method: 'PATCH', body: { public: true } });
    expect(change.status).toBe(403);
  });

  it('is searched by folded words', async () => {
    await make('هزینهٔ ارسال کالاها', 'به شهرستان‌ها ۵۰ هزار تومان');
    for (const typed of ['هزينه ارسال', 'كالا‌ها', '50 هزار تومان', 'شهرستان ها']) {
      expect(await search(typed)).toContain('هزینهٔ ارسال کالاها');
    }
    expect(await search('مریخ')).toEqual([]);
  });

  it('is at once the same on every node: made, changed, removed', async () => {
    const made = await make('ساعت کار فروشگاه', '', { public: true });
    expect(await onOther('ساعت کار', true)).toEqual(['ساعت کار فروشگاه']);
    const change = (body: object) =>
      desk.admin.call<ArticleView & Refusable>(`/api/articles/${made.id}`, { method: 'PATCH', body });
    await change({ version: 1, texts: { fa: { title: 'زمان باز بودن' } } });
    expect([await onOther('ساعت کار'), await onOther('زمان باز')]).toEqual([[], ['زمان باز بودن']]);
    expect(await change({ version: 1, public: false })).toMatchObject({ status: 409, body: { code: 'stale' } });
    await change({ version: 2, public: false });
    expect([await onOther('زمان باز', true), await onOther('زمان باز')]).toEqual([[], ['زمان باز بودن']]);
    await desk.admin.call(`/api/articles/${made.id}`, { method: 'DELETE' });
    expect(await onOther('زمان باز')).toEqual([]);
    expect((await change({ public: true })).status).toBe(404);
  });

  it('misses no change of many writers at the same time', async () => {
    const titles = Array.from({ length: 12 }, (_, index) => `همزمان شماره${String(index)}`);
    const found = titles.map(async (title) => {
      await make(title);
      return onOther(title);
    });
    await Promise.all(found);
    for (const title of titles) {
      expect(await onOther(title)).toContain(title);
    }
  });

  it.each([
    [{ texts: {} }, 'texts'],
    [{ texts: { fa: { title: '', body: 'x' } } }, 'texts.fa.title'],
    [{ texts: { fa: { title: 'x'.repeat(201) } } }, 'texts.fa.title'],
    [{ texts: { fa: { title: 'x' } }, keywords: [''] }, 'keywords'],
  ])('refuses %j', async (body, field) => {
    const refused = await post(body);
    expect(refused).toMatchObject({ status: 422, body: { field } });
  });

  it('suggests what may help with what the customer wrote last', async () => {
    await make('لغو سفارش', 'سفارش را تا پیش از ارسال می‌توان لغو کرد.');
    const writer = await desk.hear({ address: '+989130000001', text: 'سلام، می‌خواهم سفارشم را لغو کنم' });
    const suggest = (caller = desk.agent) =>
      caller.call<ArticleSuggestionsView>(`/api/conversations/${writer.conversation}/article-suggestions`);
    const { body } = await suggest();
    expect(body.messageId).not.toBeNull();
    expect(body.articles[0]).toMatchObject({ title: 'لغو سفارش', locale: 'fa' });
    expect((await suggest(await desk.member(null))).status).toBe(404);
  });
});
