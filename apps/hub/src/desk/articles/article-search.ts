import MiniSearch from 'minisearch';
import { matchKey } from '#channels';

export type Locale = 'en' | 'fa';

/** An article as the search knows it. */
export interface IndexedArticle {
  id: string;
  texts: Partial<Record<Locale, { title: string; body: string }>>;
  tags: string[];
  keywords: string[];
  public: boolean;
}

export interface ArticleQuestion {
  text: string;
  /** The language that is preferred; articles that lack it are found in the other one. */
  locale: Locale;
  publicOnly: boolean;
  limit: number;
  /** All words must be there, as in a search box; otherwise any of them may, as in a customer's message. */
  strict: boolean;
}

export interface FoundArticle {
  article: IndexedArticle;
  locale: Locale;
  score: number;
}

interface Entry {
  /** `<article>/<language>`. */
  id: string;
  title: string;
  body: string;
  tags: string;
  keywords: string;
}

/** Words of a message that say nothing of what it is about. Folded, as everything here. */
const emptyWords = new Set(
  matchKey(
    `the a an is are was be to of and or in on at for with my your i you we it this that do does did how what when where can could please hello hi thanks
     سلام درود و یا در از به با را که این آن برای من ما شما تو است هست بود می شود کنم کنید لطفا ممنون چه چی چطور چگونه کی کجا یک هم اگر ی`,
  ).split(' '),
);
const mostWords = 60;
/** Less than this share of the best one's score is no answer to the same question. */
const leastShare = 0.3;

/** The articles of the knowledge list, found by folded words in this process. */
export class ArticleSearch {
  private readonly articles = new Map<string, IndexedArticle>();
  private readonly index = new MiniSearch<Entry>({
    fields: ['title', 'keywords', 'tags', 'body'],
    tokenize: (text) => matchKey(text).split(' '),
    processTerm: (word) => (word === '' ? null : word),
    searchOptions: { boost: { title: 4, keywords: 4, tags: 2 } },
  });

  get size(): number {
    return this.articles.size;
  }

  put(article: IndexedArticle): void {
    this.remove(article.id);
    this.articles.set(article.id, article);
    this.index.addAll(entriesOf(article));
  }

  remove(id: string): void {
    const old = this.articles.get(id);
    if (old) {
      entriesOf(old).forEach((entry) => this.index.discard(entry.id));
      this.articles.delete(id);
    }
  }

  find({ text, locale, publicOnly, limit, strict }: ArticleQuestion): FoundArticle[] {
    const words = wordsOf(text, strict);
    if (words.length === 0) {
      return [];
    }
    const results = this.index.search(words.join(' '), {
      combineWith: strict ? 'AND' : 'OR',
      // The last word of a search box is still being typed; short words are too like one another to be guessed at.
      prefix: (word, place, all) => strict && place === all.length - 1 && word.length > 1,
      fuzzy: (word) => (word.length > 3 ? 0.2 : false),
    });
    const found = results.flatMap(({ id, score }) => this.foundBy(String(id), score, locale));
    const seen = found.filter(({ article }) => article.public || !publicOnly);
    return best(seen, strict).slice(0, limit);
  }

  private foundBy(entryId: string, score: number, wished: Locale): FoundArticle[] {
    const [articleId = '', entryLocale] = entryId.split('/');
    const article = this.articles.get(articleId);
    return article ? [{ article, locale: article.texts[wished] ? wished : (entryLocale as Locale), score }] : [];
  }
}

/** Each article once, by its better language. */
function best(found: FoundArticle[], strict: boolean): FoundArticle[] {
  const sorted = found
    .toSorted((one, other) => other.score - one.score)
    .filter(({ article }, place, all) => all.findIndex((other) => other.article.id === article.id) === place);
  const least = strict ? 0 : (sorted[0]?.score ?? 0) * leastShare;
  return sorted.filter(({ score }) => score >= least);
}

function wordsOf(text: string, strict: boolean): string[] {
  const words = [...new Set(matchKey(text).split(' '))].filter((word) => word !== '');
  const telling = words.filter((word) => !emptyWords.has(word));
  // Who searches for one of the empty words means it.
  return (strict && telling.length === 0 ? words : telling).slice(0, mostWords);
}

function entriesOf({ id, texts, tags, keywords }: IndexedArticle): Entry[] {
  return Object.entries(texts).map(([locale, { title, body }]) => ({
    id: `${id}/${locale}`,
    title,
    body,
    tags: tags.join(' '),
    keywords: keywords.join(' '),
  }));
}
