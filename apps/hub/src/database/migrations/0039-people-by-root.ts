import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Everybody who is one person has the same root: who they were merged into, or they themselves. Whoever speaks with a person is derived
 * for all of their rows at every change of work: it walks from the person along indexes, so that it costs the same beside a million
 * customers and ten thousand pieces of work. Its planner would rather read all that is live, of which it believes there is little.
 */
export class PeopleByRoot implements MigrationInterface {
  readonly name = 'PeopleByRoot1795000039000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index customer_root on customer ((coalesce(merged_into, id)));
      drop index assignment_lately;

      create or replace function derive_holder(one_of_them uuid) returns void language sql as $$
        with person as materialized (
          select c.id
          from conversation here join customer mine on mine.id = here.customer_id
          cross join lateral (
            select k.id from customer k where coalesce(k.merged_into, k.id) = coalesce(mine.merged_into, mine.id) offset 0) one
          join conversation c on c.customer_id = one.id
          where here.id = one_of_them),
        work as materialized (
          select w.*
          from person p
          cross join lateral (select t.id from ticket t where t.conversation_id = p.id offset 0) t
          cross join lateral (
            select w.id, w.state, w.queue_id, w.enqueued_at from work_item w
            where w.ticket_id = t.id and w.state in ('queued', 'offered', 'assigned') offset 0) w),
        live as (
          select 3 as strength, 'agent' as holder, a.agent_id as holder_id, a.offered_at as since
          from work w cross join lateral (
            select a.agent_id, a.offered_at from assignment a where a.work_item_id = w.id and a.state = 'accepted' offset 0) a
          union all
          select 2, 'queue', w.queue_id, w.enqueued_at from work w where w.state in ('queued', 'offered')
          union all
          select 1, 'bot', b.id, b.started_at
          from person p cross join lateral (
            select b.id, b.started_at from bot_session b
            where b.conversation_id = p.id and b.status in ('active', 'waiting') offset 0) b),
        speaker as (
          select holder, holder_id from live order by strength desc, since desc, holder_id limit 1),
        should as (
          select coalesce((select holder from speaker), 'none') as holder, (select holder_id from speaker) as holder_id)
        update conversation c set holder = should.holder, holder_id = should.holder_id
        from should
        where c.id = any (array(select id from person)) and (c.holder, c.holder_id) is distinct from (should.holder, should.holder_id)
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create or replace function derive_holder(one_of_them uuid) returns void language sql as $$
        with person as (
          select c.id from conversation c join customer k on k.id = c.customer_id
          where coalesce(k.merged_into, k.id) = (
            select coalesce(mine.merged_into, mine.id) from customer mine
            join conversation here on here.customer_id = mine.id where here.id = one_of_them)),
        live as (
          select 3 as strength, 'agent' as holder, a.agent_id as holder_id, a.offered_at as since
          from assignment a join work_item w on w.id = a.work_item_id join ticket t on t.id = w.ticket_id
          where a.state = 'accepted' and t.conversation_id in (select id from person)
          union all
          select 2, 'queue', w.queue_id, w.enqueued_at
          from work_item w join ticket t on t.id = w.ticket_id
          where w.state in ('queued', 'offered') and t.conversation_id in (select id from person)
          union all
          select 1, 'bot', b.id, b.started_at
          from bot_session b
          where b.status in ('active', 'waiting') and b.conversation_id in (select id from person)),
        speaker as (
          select holder, holder_id from live order by strength desc, since desc, holder_id limit 1),
        should as (
          select coalesce((select holder from speaker), 'none') as holder, (select holder_id from speaker) as holder_id)
        update conversation c set holder = should.holder, holder_id = should.holder_id
        from should
        where c.id in (select id from person) and (c.holder, c.holder_id) is distinct from (should.holder, should.holder_id)
      $$;

      create index assignment_lately on assignment (accepted_at) where accepted_at is not null;
      drop index customer_root;
    `);
  }
}
