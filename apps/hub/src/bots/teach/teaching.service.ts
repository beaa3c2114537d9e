import { Injectable } from '@nestjs/common';
import type { ScriptMissClusterView } from '#contract';
import { clusterMisses } from '#bots';
import { matchKey } from '#channels';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { Articles } from '../../desk/articles/articles.service.js';
import { invalid, notFound } from '../../platform/errors/api-error.js';
import { Housekeeping } from '../../platform/operations/housekeeping.js';
import { Scripts } from '../scripts/scripts.service.js';
import type { TeachDto } from './teach.dto.js';
import { withExamples } from './with-examples.js';

/** The latest misses of a script and language that are put together; what is older waits for its turn. */
const mostClustered = 1_000;
const shownDays = 90;
const mostKeywords = 50;
const longestKeyword = 100;

interface MissRow {
  id: string;
  scriptId: string;
  scriptName: string;
  locale: 'en' | 'fa';
  node: string;
  text: string;
  at: Date;
}

const openMisses = `
select m.id, m.script_id as "scriptId", s.name as "scriptName", m.locale, m.node, m.text, m.at
from script s cross join lateral (
  select * from bot_miss m where m.script_id = s.id and m.state = 'open' and m.at > clock_timestamp() - interval '${shownDays} days'
  order by m.at desc limit ${mostClustered}) m
where s.removed_at is null and ($1::uuid is null or s.id = $1) order by m.at desc limit ${mostClustered * 3}`;

/** What customers said and no script understood: shown by likeness, and taught to a script or to the knowledge list. */
@Injectable()
export class Teaching {
  constructor(
    private readonly database: Database,
    private readonly scripts: Scripts,
    private readonly articles: Articles,
    housekeeping: Housekeeping,
  ) {
    housekeeping.add('old-misses', () =>
      database.query(`delete from bot_miss where at < clock_timestamp() - interval '180 days'`),
    );
  }

  /** The largest first. */
  async list(scriptId: string | null): Promise<ScriptMissClusterView[]> {
    const rows = await this.database.query<MissRow & Record<string, unknown>>(openMisses, [scriptId]);
    const groups = Map.groupBy(rows, ({ scriptId: id, locale }) => `${id} ${locale}`);
    return [...groups.values()]
      .flatMap(clusterRows)
      .toSorted((a, b) => b.count - a.count || b.lastAt.localeCompare(a.lastAt))
      .slice(0, 200);
  }

  async teach(actor: Actor, { ids, intent, articleId, dismiss }: TeachDto): Promise<void> {
    const wishes = [intent, articleId, dismiss].filter((wish) => wish !== undefined && wish !== false);
    if (wishes.length !== 1) {
      throw invalid('intent', 'Choose one thing: an intent, an article, or to put these aside.');
    }
    const misses = await this.open(ids);
    if (intent !== undefined) {
      await this.toIntent(actor, misses, intent);
    }
    if (articleId !== undefined) {
      await this.toArticle(actor, misses, articleId);
    }
    await this.end(actor, misses, dismiss === true ? 'dismissed' : 'taught');
  }

  /** Of one script and language: words of one language belong to one intent of one script. */
  private async open(ids: string[]): Promise<MissRow[]> {
    const rows = await this.database.query<MissRow & Record<string, unknown>>(
      `select id, script_id as "scriptId", locale, node, text, at from bot_miss where id = any ($1::uuid[]) and state = 'open' order by at`,
      [ids],
    );
    const [first] = rows;
    if (!first) {
      throw notFound('This');
    }
    if (rows.some(({ scriptId, locale }) => scriptId !== first.scriptId || locale !== first.locale)) {
      throw invalid('ids', 'Teach what belongs to one script and one language at a time.');
    }
    return rows;
  }

  private async toIntent(actor: Actor, misses: MissRow[], intent: string): Promise<void> {
    const { scriptId, locale } = misses[0] as MissRow;
    const draft = await this.scripts.draft(scriptId);
    const source = withExamples(draft.source, { intent, locale, words: wordsOf(misses) });
    if (source !== draft.source) {
      await this.scripts.save(actor, scriptId, { version: draft.draftVersion, source });
    }
  }

  private async toArticle(actor: Actor, misses: MissRow[], articleId: string): Promise<void> {
    const article = (await this.articles.list()).find(({ id }) => id === articleId);
    if (!article) {
      throw notFound('This article');
    }
    const known = new Set(article.keywords.map(matchKey));
    const added = wordsOf(misses).filter((word) => word.length <= longestKeyword && !known.has(matchKey(word)));
    const keywords = [...article.keywords, ...added].slice(0, mostKeywords);
    await this.articles.change(actor, articleId, { version: article.version, keywords });
  }

  private async end(actor: Actor, misses: MissRow[], state: 'taught' | 'dismissed'): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query(
        `update bot_miss set state = $2, ended_by = $3, ended_at = clock_timestamp() where id = any ($1::uuid[]) and state = 'open'`,
        [misses.map(({ id }) => id), state, actor.id],
      );
      await recordAct(tx, {
        actorId: actor.id,
        action: state === 'taught' ? 'script.taught' : 'script.misses_dismissed',
        subject: (misses[0] as MissRow).scriptId,
        details: { count: misses.length },
      });
    });
  }
}

function clusterRows(rows: MissRow[]): ScriptMissClusterView[] {
  const byKey = Map.groupBy(rows, ({ text }) => matchKey(text));
  return clusterMisses(rows.map(({ text }) => text)).flatMap(({ sample, texts, count }) => {
    const members = [...new Set(texts.map(matchKey))].flatMap((key) => byKey.get(key) ?? []);
    const [first] = members;
    return first
      ? {
          ids: members.map(({ id }) => id),
          text: sample,
          examples: texts.filter((text) => text !== sample).slice(0, 5),
          count,
          locale: first.locale,
          scriptId: first.scriptId,
          scriptName: first.scriptName,
          node: mostFrequent(members.map(({ node }) => node)),
          lastAt: new Date(Math.max(...members.map(({ at }) => at.getTime()))).toISOString(),
        }
      : [];
  });
}

function mostFrequent(nodes: string[]): string {
  const counts = [...Map.groupBy(nodes, (node) => node)].toSorted(([, a], [, b]) => b.length - a.length);
  return counts[0]?.[0] ?? '';
}

/** Each wording once, without the sign for what was taken out. */
function wordsOf(misses: readonly MissRow[]): string[] {
  const words = misses.map(({ text }) => text.replaceAll('…', ' ').replaceAll(/\s+/gu, ' ').trim().slice(0, 200));
  const byKey = new Map(words.filter((word) => matchKey(word) !== '').map((word) => [matchKey(word), word]));
  return [...byKey.values()].slice(0, 20);
}
