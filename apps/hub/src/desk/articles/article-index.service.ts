import { Injectable } from '@nestjs/common';
import type { Sql, Statement } from '#channels';
import type { FoundArticleView } from '#contract';
import { Database } from '../../database/database.js';
import { ArticleSearch, type ArticleQuestion, type FoundArticle, type IndexedArticle } from './article-search.js';

interface ArticleRow extends IndexedArticle {
  rev: number;
  removed: boolean;
}

const changedSince: Statement = {
  name: 'articles-changed',
  text: `
select id, texts, tags, keywords, public, rev::float8 as rev, removed_at is not null as removed
from article where rev > $1 order by rev limit 1000`,
};

/**
 * The knowledge list as this process holds it. Every search asks first for what changed since: changes of all nodes are numbered in the
 * order of their commits, so a search sees all that was committed before it, and asks for nothing twice.
 */
@Injectable()
export class ArticleIndex {
  private readonly search = new ArticleSearch();
  private rev = 0;
  private refreshing: Promise<void> | null = null;

  constructor(private readonly database: Database) {}

  /** What of the knowledge list answers a question: for agents, for bots, and, with `publicOnly`, for customers. */
  async find(question: ArticleQuestion): Promise<FoundArticleView[]> {
    await this.refresh();
    return this.search.find(question).map(present);
  }

  /** The list as it is now, to be asked more than once without waiting. `sql`: the transaction that asks. */
  async asItIs(sql: Sql): Promise<(question: ArticleQuestion) => FoundArticleView[]> {
    await this.refresh(sql);
    return (question) => this.search.find(question).map(present);
  }

  /** One refresh at a time; who comes meanwhile waits for one that begins after them. */
  private async refresh(sql: Sql = this.database): Promise<void> {
    while (this.refreshing) {
      await this.refreshing.catch(() => undefined);
    }
    this.refreshing = this.read(sql).finally(() => {
      this.refreshing = null;
    });
    await this.refreshing;
  }

  private async read(sql: Sql): Promise<void> {
    for (;;) {
      const rows = await sql.query<ArticleRow & Record<string, unknown>>(changedSince, [this.rev]);
      for (const row of rows) {
        if (row.removed) {
          this.search.remove(row.id);
        } else {
          this.search.put(row);
        }
        this.rev = row.rev;
      }
      if (rows.length < 1000) {
        return;
      }
    }
  }
}

function present({ article, locale, score }: FoundArticle): FoundArticleView {
  const { title = '', body = '' } = article.texts[locale] ?? {};
  return { id: article.id, locale, title, body, tags: article.tags, public: article.public, score };
}
