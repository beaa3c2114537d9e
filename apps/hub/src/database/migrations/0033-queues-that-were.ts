import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A queue that was used cannot be deleted: closed tickets are read-only and name it. It is removed towards another one instead, which
 * takes over what is in it and what still comes for it.
 */
export class QueuesThatWere implements MigrationInterface {
  readonly name = 'QueuesThatWere1795000033000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- moved_to: the queue is retired, and this one stands in for it; always one that is not retired itself.
      -- version: optimistic, counts changes of the settings.
      alter table queue
        add column version int not null default 1,
        add column moved_to uuid references queue check (moved_to <> id),
        add constraint queue_moves_when_retired check (moved_to is null or retired_at is not null);
      alter table queue drop constraint queue_name_key;
      create unique index queue_name_key on queue (name) where retired_at is null;

      alter table agent add column version int not null default 1;
      alter table skill add column demo boolean not null default false;

      -- Whoever still knows a retired queue by its id (a node that has not heard of it, a console, a program) reaches the one that stands
      -- in for it. The lock waits for a removal under way, so nothing slips in behind it.
      create function goes_where_served() returns trigger language plpgsql as $$
      declare
        stand_in uuid;
      begin
        select q.moved_to into stand_in from queue q where q.id = new.queue_id for key share;
        if stand_in is not null then
          new.queue_id := stand_in;
        end if;
        return new;
      end $$;

      -- The same for work, which asks for what the queue asks for that it comes into.
      create function work_goes_where_served() returns trigger language plpgsql as $$
      declare
        stand_in uuid;
      begin
        select q.moved_to into stand_in from queue q where q.id = new.queue_id for key share;
        if stand_in is not null then
          select s.id, s.skill_ids, s.skill_level into new.queue_id, new.skill_ids, new.skill_level from queue s where s.id = stand_in;
        end if;
        return new;
      end $$;
      create trigger ticket_begins_where_served before insert on ticket
        for each row execute function goes_where_served();
      create trigger ticket_moves_where_served before update of queue_id on ticket
        for each row when (new.queue_id <> old.queue_id) execute function goes_where_served();
      create trigger work_begins_where_served before insert on work_item
        for each row execute function work_goes_where_served();
      create trigger work_moves_where_served before update of queue_id on work_item
        for each row when (new.queue_id <> old.queue_id) execute function work_goes_where_served();
      create trigger channel_leads_where_served before insert or update of queue_id on channel
        for each row when (new.queue_id is not null) execute function goes_where_served();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger channel_leads_where_served on channel;
      drop trigger work_moves_where_served on work_item;
      drop trigger work_begins_where_served on work_item;
      drop trigger ticket_moves_where_served on ticket;
      drop trigger ticket_begins_where_served on ticket;
      drop function work_goes_where_served();
      drop function goes_where_served();
      alter table skill drop column demo;
      alter table agent drop column version;
      drop index queue_name_key;
      alter table queue add constraint queue_name_key unique (name);
      alter table queue drop constraint queue_moves_when_retired, drop column moved_to, drop column version;
    `);
  }
}
