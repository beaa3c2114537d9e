import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Named lists of tickets, and what they are sorted by: since when a customer waits for our words, and when the next promise comes due. */
export class SavedViews implements MigrationInterface {
  readonly name = 'SavedViews1795000051000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- filter: a condition tree, see libs/tickets views. shared_with: 'me', 'everyone', or the queues of saved_view_queue.
      create table saved_view (
        id           uuid         primary key,
        owner_id     uuid         not null references agent on delete cascade,
        name         text         not null check (name = btrim(name) and name <> ''),
        filter       jsonb        not null,
        sort         text         not null check (sort in ('newest', 'waiting', 'priority', 'deadline')),
        shared_with  text         not null default 'me' check (shared_with in ('me', 'everyone', 'queues')),
        position     int          not null default 0,
        version      int          not null default 1,
        changed_at   timestamptz  not null default clock_timestamp()
      );
      create index saved_view_of_agent on saved_view (owner_id);
      create index saved_view_shared on saved_view (shared_with) where shared_with <> 'me';
      create table saved_view_queue (
        view_id   uuid  not null references saved_view on delete cascade,
        queue_id  uuid  not null references queue on delete cascade,
        primary key (view_id, queue_id)
      );
      create index saved_view_queue_of_queue on saved_view_queue (queue_id);

      -- waiting_since: since when its customer has had the last word; null while we owe them none. due_at: when the next of its running
      -- promises comes due, in the past once it is broken. Both follow from what else is written and are told by no one else.
      alter table ticket add column waiting_since timestamptz, add column due_at timestamptz;

      create function next_due(clocks jsonb) returns timestamptz language sql stable as $$
        select min((clock ->> 'dueAt')::timestamptz) from jsonb_array_elements(clocks) clock where clock ->> 'state' = 'running'
      $$;

      create function waits_since(asked uuid) returns timestamptz language sql stable as $$
        select min(m.at) from message m
        where m.ticket_id = asked and m.author = 'customer' and m.direction = 'in' and m.kind not in ('event', 'call')
          and not coalesce(m.content -> 'flags' ?| '{out_of_office,newsletter,bounce,complaint,blocked,automatic,forged}', false)
          and m.ticket_reason is distinct from 'thanks'
          and m.at > coalesce((select max(a.at) from message a where a.ticket_id = asked and a.author = 'agent' and a.direction = 'out'), '-infinity')
      $$;

      alter table ticket disable trigger user;
      update ticket set due_at = next_due(sla), waiting_since = case when state in ('new', 'open', 'on_hold') then waits_since(id) end
      where state not in ('solved', 'closed');
      alter table ticket enable trigger user;

      create function ticket_owes() returns trigger language plpgsql as $$
      begin
        if new.state in ('pending', 'solved', 'closed') and new.state <> old.state then
          new.waiting_since := null;
        elsif old.state in ('pending', 'solved', 'closed') and new.state <> old.state and new.waiting_since is null then
          new.waiting_since := waits_since(new.id);
        end if;
        if new.sla is distinct from old.sla or new.state <> old.state then
          new.due_at := case when new.state not in ('solved', 'closed') then next_due(new.sla) end;
        end if;
        return new;
      end $$;
      -- After ticket_change by its name: what follows from a change is no change of its own.
      create trigger ticket_owes before update of sla, state on ticket
        for each row when (new.sla is distinct from old.sla or new.state <> old.state) execute function ticket_owes();

      create index ticket_waiting_page on ticket (queue_id, coalesce(waiting_since, 'infinity'), id) where state not in ('solved', 'closed');
      create index ticket_due_page on ticket (queue_id, coalesce(due_at, 'infinity'), id) where state not in ('solved', 'closed');
      create index ticket_priority_page on ticket (queue_id, priority desc, last_message_at desc, id desc) where state not in ('solved', 'closed');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index ticket_priority_page;
      drop index ticket_due_page;
      drop index ticket_waiting_page;
      drop trigger ticket_owes on ticket;
      drop function ticket_owes();
      alter table ticket drop column due_at, drop column waiting_since;
      drop function waits_since(uuid);
      drop function next_due(jsonb);
      drop table saved_view_queue;
      drop table saved_view;
    `);
  }
}
