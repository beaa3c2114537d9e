import { describe, expect, it } from '@jest/globals';
import { ArticleSearch, type ArticleQuestion, type IndexedArticle } from './article-search.js';

function article(id: string, more: Partial<IndexedArticle>): IndexedArticle {
  return { id, texts: {}, tags: [], keywords: [], public: true, ...more };
}

const search = new ArticleSearch();
search.put(
  article('refund', {
    texts: {
      fa: { title: 'بازگشت وجه', body: 'پس از لغو سفارش، وجه تا هفتاد و دو ساعت به حساب شما برمی‌گردد.' },
      en: { title: 'Refunds', body: 'After a cancelled order the money is back within 72 hours.' },
    },
    keywords: ['پول', 'money back'],
  }),
);
search.put(
  article('delivery', {
    texts: { fa: { title: 'هزینهٔ ارسال کالاها', body: 'هزینهٔ ارسال به شهرستان‌ها ۵۰ هزار تومان است.' } },
    tags: ['پیک'],
  }),
);
search.put(
  article('secret', { texts: { fa: { title: 'تخفیف ویژهٔ همکاران', body: 'فقط برای همکاران.' } }, public: false }),
);

const ask = (text: string, more: Partial<ArticleQuestion> = {}) =>
  search
    .find({ text, locale: 'fa', publicOnly: false, limit: 5, strict: true, ...more })
    .map(({ article: { id } }) => id);

describe('the search in the knowledge list', () => {
  it.each([
    ['هزينه ارسال', 'delivery'],
    ['هزینه‌ی ارسال', 'delivery'],
    ['ارسال كالا ها', 'delivery'],
    ['شهرستانها', 'delivery'],
    ['50 هزار', 'delivery'],
    ['پیک', 'delivery'],
    ['بازگشت وج', 'refund'],
    ['پول', 'refund'],
    ['refnds', 'refund'],
  ])('finds, asked for %j, the article %s', (text, id) => {
    expect(ask(text)[0]).toBe(id);
  });

  it('tells what it finds in the wished language, and in the other one where that is all there is', () => {
    const [found] = search.find({ text: 'refund', locale: 'fa', publicOnly: true, limit: 5, strict: true });
    expect(found).toMatchObject({ locale: 'fa', article: { id: 'refund' } });
    const [only] = search.find({ text: 'هزینه ارسال', locale: 'en', publicOnly: true, limit: 5, strict: true });
    expect(only).toMatchObject({ locale: 'fa', article: { id: 'delivery' } });
  });

  it('keeps from customers what is not public', () => {
    expect(ask('تخفیف همکاران')).toEqual(['secret']);
    expect(ask('تخفیف همکاران', { publicOnly: true })).toEqual([]);
  });

  it('finds what a whole message is about, and nothing for one that says nothing', () => {
    const message = 'سلام، من سفارشم را لغو کردم ولی پول هنوز به حسابم برنگشته است. لطفا کمک کنید';
    expect(ask(message, { strict: false })[0]).toBe('refund');
    expect(ask('سلام، ممنون از شما', { strict: false })).toEqual([]);
    expect(ask('😀', { strict: false })).toEqual([]);
  });

  it('forgets what is changed or removed', () => {
    const own = new ArticleSearch();
    own.put(article('a', { texts: { en: { title: 'Old words', body: '' } } }));
    own.put(article('a', { texts: { en: { title: 'New title', body: '' } } }));
    const find = (text: string) => own.find({ text, locale: 'en', publicOnly: false, limit: 5, strict: true }).length;
    expect([find('old'), find('new'), own.size]).toEqual([0, 1, 1]);
    own.remove('a');
    expect([find('new'), own.size]).toEqual([0, 0]);
  });
});
