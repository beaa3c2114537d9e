import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who speaks with a person is derived from live work, at commit, on every conversation row of the person: an agent who holds work,
 * else a queue in which work waits, else a bot, else nobody. Deferred, so that a transfer moves the epoch once.
 */
export class HolderFollowsWork implements MigrationInterface {
  readonly name = 'HolderFollowsWork1795000013000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Writers lock the person's conversations first, so this finds them locked by its own transaction.
      create function derive_holder(one_of_them uuid) returns void language sql as $$
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

      create function holder_follows_work() returns trigger language plpgsql as $$
      begin
        perform derive_holder(t.conversation_id) from ticket t where t.id = new.ticket_id;
        return null;
      end $$;
      create constraint trigger holder_follows_work after insert or update of state, queue_id on work_item
        deferrable initially deferred for each row execute function holder_follows_work();

      create function holder_follows_assignment() returns trigger language plpgsql as $$
      begin
        perform derive_holder(t.conversation_id) from work_item w join ticket t on t.id = w.ticket_id where w.id = new.work_item_id;
        return null;
      end $$;
      create constraint trigger holder_follows_assignment after insert or update of state on assignment
        deferrable initially deferred for each row execute function holder_follows_assignment();

      create function holder_follows_bot() returns trigger language plpgsql as $$
      begin
        perform derive_holder(new.conversation_id);
        return null;
      end $$;
      create constraint trigger holder_follows_bot after insert or update of status on bot_session
        deferrable initially deferred for each row execute function holder_follows_bot();

      create function holder_follows_merge() returns trigger language plpgsql as $$
      begin
        perform derive_holder(c.id) from conversation c where c.customer_id in (new.id, old.merged_into, new.merged_into);
        return null;
      end $$;
      create constraint trigger holder_follows_merge after update of merged_into on customer
        deferrable initially deferred for each row when (new.merged_into is distinct from old.merged_into)
        execute function holder_follows_merge();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger holder_follows_merge on customer;
      drop trigger holder_follows_bot on bot_session;
      drop trigger holder_follows_assignment on assignment;
      drop trigger holder_follows_work on work_item;
      drop function holder_follows_merge();
      drop function holder_follows_bot();
      drop function holder_follows_assignment();
      drop function holder_follows_work();
      drop function derive_holder(uuid);
    `);
  }
}
