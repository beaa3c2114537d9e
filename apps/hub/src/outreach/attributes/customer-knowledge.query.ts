import type { Statement } from '#channels';
import type { CustomerTierView, PurchaseView, TierScoreView } from '#contract';

/** Everybody who is the person of root $1. */
const everybody = '(select k.id from customer k where coalesce(k.merged_into, k.id) = $1)';

const purchase = `
  'id', p.id, 'source', p.source, 'externalId', p.external_id, 'amount', p.amount, 'currency', p.currency, 'at', p.at, 'items', p.items`;

/**
 * What is known of a person. Parameter: their root. Whether a tier was set by hand is a matter of the whole person: who was promised
 * something keeps it whoever they are merged with.
 */
export const readKnowledge: Statement = {
  name: 'customer-knowledge',
  text: `
select r.fields as values, r.tier,
       (select count(*)::int from purchase p where p.customer_id in ${everybody}) as count,
       (select max(p.at) from purchase p where p.customer_id in ${everybody}) as "lastAt",
       coalesce((select jsonb_agg(jsonb_build_object('currency', s.currency, 'amount', s.amount) order by s.amount desc)
                 from (select p.currency, sum(p.amount) as amount from purchase p where p.customer_id in ${everybody} group by 1) s), '[]') as spent,
       coalesce((select jsonb_agg(jsonb_build_object(${purchase}) order by p.at desc, p.id)
                 from (select * from purchase p where p.customer_id in ${everybody} order by p.at desc, p.id limit 5) p), '[]') as lately,
       decided.source, decided.by, decided.at, decided.reason
from customer r
left join lateral (
  select t.source, a.name as by, t.at, t.reason
  from customer_tier t left join agent a on a.id = t.set_by
  where t.customer_id in ${everybody} and t.tier = r.tier
  order by (t.source = 'hand') desc, t.customer_id = r.id desc, t.at desc limit 1) decided on true
where r.id = $1`,
};

export interface KnowledgeRow {
  values: Record<string, never>;
  tier: number;
  count: number;
  lastAt: Date | null;
  spent: { currency: string; amount: number }[];
  lately: PurchaseView[];
  source: 'hand' | 'value' | null;
  by: string | null;
  at: Date | null;
  reason: TierScoreView | null;
}

/** A tier that nothing explains was set by somebody before that was noted. */
export function presentTier({ tier, source, by, at, reason }: KnowledgeRow): CustomerTierView {
  const told = source ?? (tier > 0 ? 'hand' : 'none');
  return { tier, source: told, by, at: at?.toISOString() ?? null, score: told === 'value' ? reason : null };
}
