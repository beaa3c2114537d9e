const iso = (column: string): string => `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const parts = `(select c.customer_id from conversation c where c.id = any ($1::uuid[]))`;

/** All but the messages, as one JSON. Parameter: the person's conversations. */
export const personOfFile = `
select jsonb_build_object(
  'people', (select jsonb_agg(jsonb_build_object('id', k.id, 'name', k.name, 'locale', k.locale, 'fields', k.fields, 'createdAt', ${iso('k.created_at')}))
             from customer k where k.id in ${parts}),
  'addresses', (select coalesce(jsonb_agg(jsonb_build_object('kind', i.kind, 'address', i.address, 'since', ${iso('i.created_at')},
                                                             'retiredAt', ${iso('i.retired_at')})), '[]') from identity i where i.customer_id in ${parts}),
  'claims', (select coalesce(jsonb_agg(jsonb_build_object('kind', l.kind, 'address', l.address, 'source', l.source, 'state', l.state)), '[]')
             from identity_claim l where l.customer_id in ${parts}),
  'consents', (select coalesce(jsonb_agg(told.one), '[]') from (
                 select jsonb_build_object('purpose', o.purpose, 'state', o.state, 'at', o.at) as one from customer_consent o where o.customer_id in ${parts}
                 union all
                 select jsonb_build_object('purpose', v.words, 'state', case when v.withdrawn_at is null then 'given' else 'withdrawn' end, 'at', v.given_at)
                 from visitor_consent v join identity i on i.id = v.identity_id where i.customer_id in ${parts}) told),
  'purchases', (select coalesce(jsonb_agg(jsonb_build_object('source', p.source, 'at', ${iso('p.at')}, 'items', p.items)), '[]')
                from purchase p where p.customer_id in ${parts}),
  'tickets', (select coalesce(jsonb_agg(jsonb_build_object('number', t.prefix || t.number, 'subject', t.subject, 'state', t.state, 'tags', t.tags,
                                                           'fields', t.fields, 'createdAt', ${iso('t.opened_at')}) order by t.number), '[]')
              from ticket t where t.conversation_id = any ($1::uuid[])),
  'surveys', (select coalesce(jsonb_agg(jsonb_build_object('askedAt', ${iso('s.asked_at')}, 'score', s.score, 'comment', s.comment)), '[]')
              from survey_ask s where s.customer_id in ${parts})) as person`;

/** A page of the messages. Parameters: conversations, with notes, after (at), after (id), how many. */
export const messagesOfFile = `
select m.id, m.at::text as place, m.conversation_id, m.seq, ${iso('m.at')} as at, m.author, m.kind, ch.name as channel, m.content ->> 'subject' as subject, m.body,
       case when m.content ? 'call' then jsonb_build_object('direction', m.content #> '{call,direction}', 'seconds', m.content #> '{call,durationSeconds}') end as call,
       (select coalesce(jsonb_agg(jsonb_build_object('name', f.name, 'key', f.storage_key) order by f.created_at, f.id), '[]')
        from (select a.name, a.storage_key, a.created_at, a.id from attachment a
              where a.conversation_id = m.conversation_id and a.seq = m.seq and a.state = 'stored'
              union all
              select 'recording.' || split_part(r.media_type, '/', 2), r.storage_key, r.settled_at, r.id from call_recording r
              where r.conversation_id = m.conversation_id and r.seq = m.seq and r.state = 'kept') f) as files
from message m left join channel ch on ch.id = m.channel_id
where m.conversation_id = any ($1::uuid[]) and m.kind <> 'event' and m.redacted_at is null and (m.kind <> 'note' or $2::boolean)
  and (m.direction <> 'internal' or $2::boolean) and (m.at, m.id) > ($3::timestamptz, $4::uuid)
order by m.at, m.id limit $5`;
