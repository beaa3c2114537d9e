import { Injectable } from '@nestjs/common';
import type { ArticleSuggestionsView } from '#contract';
import { GuardedAccess } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { Database } from '../../database/database.js';
import { ArticleIndex } from './article-index.service.js';
import type { SuggestArticlesDto } from './articles.dto.js';

const shown = 3;

interface LastWords {
  id: string;
  body: string;
  locale: string;
}

/** What the customer said last, where this reader may see it. Parameters: conversations, queues served or null, ticket or null. */
const lastWords = `
select m.id, m.body, root.locale
from message m
join conversation c on c.id = m.conversation_id
join customer mine on mine.id = c.customer_id
join customer root on root.id = coalesce(mine.merged_into, mine.id)
left join ticket t on t.id = m.ticket_id
left join queue q on q.id = coalesce(t.queue_id, m.restricted_by)
where m.conversation_id = any ($1::uuid[]) and m.direction = 'in' and m.body <> '' and m.redacted_at is null
  and (q.id is null or not q.restricted or $2::uuid[] is null or q.id = any ($2))
  and ($3::uuid is null or m.ticket_id = $3)
order by m.at desc limit 1`;

/** Articles that may help an agent to answer what the customer wrote last. */
@Injectable()
export class ArticleSuggestions {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
    private readonly index: ArticleIndex,
  ) {}

  async suggest(actor: Actor, conversationId: string, wish: SuggestArticlesDto): Promise<ArticleSuggestionsView> {
    const person = await this.access.getPerson(actor, conversationId);
    const [last] = await this.database.query<LastWords & Record<string, unknown>>(lastWords, [
      person.parts.map(({ id }) => id),
      person.serves === 'all' ? null : person.serves,
      wish.ticketId ?? null,
    ]);
    if (!last) {
      return { messageId: null, articles: [] };
    }
    const locale = wish.locale ?? (last.locale.startsWith('fa') ? 'fa' : 'en');
    const articles = await this.index.find({
      text: last.body.slice(0, 2_000),
      locale,
      publicOnly: false,
      limit: shown,
      strict: false,
    });
    return { messageId: last.id, articles };
  }
}
