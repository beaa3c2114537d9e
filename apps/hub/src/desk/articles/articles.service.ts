import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { storableText } from '#channels';
import type { ArticleView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database, type Transaction } from '../../database/database.js';
import { conflict, invalid, notFound } from '../../platform/errors/api-error.js';
import type { ArticleTextDto, ArticleTextsDto, ChangeArticleDto, NewArticleDto } from './articles.dto.js';

/** Every process holds all of them. */
const mostArticles = 5_000;

const text = (locale: string): string =>
  `jsonb_build_object('title', coalesce(a.texts #>> '{${locale},title}', ''), 'body', coalesce(a.texts #>> '{${locale},body}', ''))`;

const view = `
select a.id, a.version, jsonb_build_object('en', ${text('en')}, 'fa', ${text('fa')}) as texts, a.tags, a.keywords, a.public,
  a.changed_at as "changedAt"
from article a`;

/** Numbers a change after all that are committed: held until the commit, so that whoever sees a number has seen those before it. */
const takeTurn = `select pg_advisory_xact_lock(hashtext('article'))`;
const nextRev = '(select coalesce(max(rev), 0) + 1 from article)';

type Row = ArticleView & Record<string, unknown>;

/** The knowledge list: what the organisation knows, in two languages. Agents read it, supervisors write it. */
@Injectable()
export class Articles {
  constructor(private readonly database: Database) {}

  list(): Promise<ArticleView[]> {
    return this.database.query<Row>(
      `${view} where a.removed_at is null order by coalesce(a.texts #>> '{fa,title}', a.texts #>> '{en,title}'), a.id`,
    );
  }

  async create(actor: Actor, { texts, tags, keywords, ...wish }: NewArticleDto): Promise<ArticleView> {
    const id = uuid();
    const written = JSON.stringify(readTexts(texts));
    await this.database.transaction(async (tx) => {
      await tx.query(takeTurn);
      await checkRoom(tx);
      await tx.query(
        `insert into article (id, texts, tags, keywords, public, rev) values ($1, $2, $3, $4, $5, ${nextRev})`,
        [id, written, readWords(tags), readWords(keywords), wish.public ?? false],
      );
      await recordAct(tx, { actorId: actor.id, action: 'article.created', subject: id });
    });
    return this.get(id);
  }

  async change(actor: Actor, id: string, change: ChangeArticleDto): Promise<ArticleView> {
    const written = change.texts && JSON.stringify(readTexts(change.texts));
    await this.database.transaction(async (tx) => {
      await tx.query(takeTurn);
      const [now] = await tx.query<{ version: number }>(
        'select version from article where id = $1 and removed_at is null for update',
        [id],
      );
      if (!now) {
        throw notFound('This article');
      }
      if (change.version !== undefined && change.version !== now.version) {
        throw conflict('stale', 'Somebody changed this article meanwhile. Look again.', 'version');
      }
      await tx.query(
        `update article set texts = coalesce($2, texts), tags = coalesce($3, tags), keywords = coalesce($4, keywords),
           public = coalesce($5, public), version = version + 1, changed_at = clock_timestamp(), rev = ${nextRev} where id = $1`,
        [
          id,
          written ?? null,
          change.tags ? readWords(change.tags) : null,
          change.keywords ? readWords(change.keywords) : null,
          change.public ?? null,
        ],
      );
      await recordAct(tx, { actorId: actor.id, action: 'article.changed', subject: id });
    });
    return this.get(id);
  }

  async remove(actor: Actor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query(takeTurn);
      const gone = await tx.query(
        `update article set removed_at = clock_timestamp(), rev = ${nextRev} where id = $1 and removed_at is null returning id`,
        [id],
      );
      if (gone.length === 0) {
        throw notFound('This article');
      }
      await recordAct(tx, { actorId: actor.id, action: 'article.removed', subject: id });
    });
  }

  private async get(id: string): Promise<ArticleView> {
    const [row] = await this.database.query<Row>(`${view} where a.id = $1 and a.removed_at is null`, [id]);
    if (!row) {
      throw notFound('This article');
    }
    return row;
  }
}

/** Only the languages that it is written in. */
function readTexts({ en, fa }: ArticleTextsDto): Record<string, ArticleTextDto> {
  const texts = Object.entries({ en, fa }).filter(([, { title, body }]) => `${title}${body}`.trim() !== '');
  if (texts.length === 0) {
    throw invalid('texts', 'Write the article in one language at least.');
  }
  for (const [locale, { title }] of texts) {
    if (title.trim() === '') {
      throw invalid(`texts.${locale}.title`, 'An article has a title.');
    }
  }
  return Object.fromEntries(
    texts.map(([locale, { title, body }]) => [locale, { title: storableText(title.trim()), body: storableText(body) }]),
  );
}

function readWords(words: string[] = []): string[] {
  return [...new Set(words.map((word) => storableText(word.trim())).filter((word) => word !== ''))];
}

async function checkRoom(tx: Transaction): Promise<void> {
  const [row] = await tx.query<{ kept: number }>('select count(*)::int as kept from article where removed_at is null');
  if ((row?.kept ?? 0) >= mostArticles) {
    throw conflict('too_many', `There can be ${mostArticles} articles. Remove one that is not needed any more.`);
  }
}
