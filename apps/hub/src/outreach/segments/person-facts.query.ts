import type { Statement } from '#channels';
import type { PersonFacts } from '#tickets';

/** Everything that segments may ask about these people. Parameter: roots. */
export const readFacts: Statement = {
  name: 'segment-facts',
  text: `
select r.id, c.id as conversation, r.name, r.fields as attributes, r.tier, r.locale, r.created_at as "knownSince",
       coalesce((select jsonb_agg(jsonb_build_object('state', t.state, 'queueId', t.queue_id, 'tags', t.tags, 'openedAt', t.opened_at, 'solvedAt', t.solved_at))
                 from conversation o join ticket t on t.conversation_id = o.id
                 where o.customer_id = any (person.ids) and t.merged_into is null), '[]') as tickets,
       coalesce((select jsonb_agg(jsonb_build_object('score', a.score, 'at', a.answered_at))
                 from survey_ask a where a.customer_id = any (person.ids) and a.kind = 'csat' and a.score is not null), '[]') as scores,
       coalesce((select jsonb_agg(jsonb_build_object('kind', i.kind, 'seenAt', i.last_seen_at))
                 from identity i where i.customer_id = any (person.ids) and i.last_seen_at is not null), '[]') as ways,
       coalesce((select jsonb_agg(jsonb_build_object('at', p.at, 'amount', p.amount, 'currency', p.currency))
                 from purchase p where p.customer_id = any (person.ids)), '[]') as purchases
from customer r
join conversation c on c.customer_id = r.id
cross join lateral (select array_agg(k.id) as ids from customer k where coalesce(k.merged_into, k.id) = r.id) person
where r.id = any ($1::uuid[])`,
};

/** As JSON has it: instants are texts. */
type Written<T> = {
  [Key in keyof T]: T[Key] extends Date ? string : T[Key] extends Date | null ? string | null : T[Key];
};

export interface FactsRow {
  id: string;
  conversation: string;
  name: string;
  attributes: Record<string, unknown>;
  tier: number;
  locale: string;
  knownSince: Date;
  tickets: Written<PersonFacts['tickets'][number]>[];
  scores: Written<PersonFacts['scores'][number]>[];
  ways: Written<PersonFacts['ways'][number]>[];
  purchases: Written<PersonFacts['purchases'][number]>[];
}

export function factsOf(row: FactsRow): PersonFacts {
  return {
    attributes: row.attributes,
    tier: row.tier,
    locale: row.locale,
    knownSince: row.knownSince,
    tickets: row.tickets.map((one) => ({
      ...one,
      openedAt: new Date(one.openedAt),
      solvedAt: one.solvedAt === null ? null : new Date(one.solvedAt),
    })),
    scores: row.scores.map(({ score, at }) => ({ score, at: new Date(at) })),
    ways: row.ways.map(({ kind, seenAt }) => ({ kind, seenAt: new Date(seenAt) })),
    purchases: row.purchases.map(({ at, ...one }) => ({ ...one, at: new Date(at) })),
  };
}
