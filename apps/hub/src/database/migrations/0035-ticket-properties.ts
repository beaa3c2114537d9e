import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What tickets carry besides their state: fields, known tags, followers, mentions, a snooze, a prefix, and how long they wait idle. */
export class TicketProperties implements MigrationInterface {
  readonly name = 'TicketProperties1795000035000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(columns);
    await runner.query(tables);
    await runner.query(triggers);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger snooze_begins on ticket;
      drop trigger snooze_ends on ticket;
      drop trigger ticket_waits on ticket;
      drop trigger ticket_takes_prefix on ticket;
      drop function snooze_begins();
      drop function snooze_ends();
      drop function ticket_waits();
      drop function ticket_takes_prefix();
      drop trigger hold_follows_snooze on ticket;
      ${holdsByState}
      drop table idle_warning;
      drop table ticket_snooze;
      drop table ticket_mention;
      drop table ticket_follower;
      drop table tag;
      drop table ticket_field_queue;
      drop table ticket_field;
      drop index ticket_tagged;
      alter table ticket drop column spam_at, drop column pending_since, drop column prefix;
      alter table queue drop column duplicate_hours, drop column idle_texts, drop column idle_warn_days, drop column idle_days, drop column ticket_prefix;
    `);
  }
}

const holdsByState = `
  create or replace function hold_follows_state() returns trigger language plpgsql as $$
  begin
    update assignment h set units = case when new.state in ('pending', 'on_hold') then 0 else w.weight end
    from work_item w
    where w.ticket_id = new.id and w.state = 'assigned' and h.work_item_id = w.id and h.state = 'accepted';
    return null;
  end $$;
`;

const columns = `
  -- ticket_prefix: stands before the number of tickets that are opened here. idle_days: a pending ticket is solved when its customer has not
  -- answered for so long; idle_warn_days before that its line says so. idle_texts: what they are told then, {"en", "fa"}; neither: nothing.
  -- duplicate_hours: two open tickets of one person that were opened within so many hours may be one problem.
  alter table queue
    add column ticket_prefix text not null default '' check (ticket_prefix ~ '^([A-Z]{2,6})?$'),
    add column idle_days smallint check (idle_days between 1 and 365),
    add column idle_warn_days smallint not null default 1 check (idle_warn_days between 1 and 30),
    add column idle_texts jsonb not null default '{}',
    add column duplicate_hours smallint not null default 24 check (duplicate_hours between 0 and 720),
    add constraint queue_warns_before_it_closes check (idle_days is null or idle_warn_days <= idle_days);

  -- prefix: its first queue's; it stays when the ticket moves. pending_since: since when it waits for its customer.
  alter table ticket
    add column prefix text not null default '',
    add column pending_since timestamptz,
    add column spam_at timestamptz;
  update ticket set pending_since = clock_timestamp() where state = 'pending';

  create index ticket_tagged on ticket using gin (tags) where tags <> '{}';
`;

const tables = `
  -- What tickets are asked for besides their words. ticket.fields holds the values by key; a retired field takes no new ones.
  create table ticket_field (
    id                 uuid         primary key,
    key                text         not null unique check (key ~ '^[a-z][a-z0-9_]{0,39}$'),
    kind               text         not null check (kind in ('text', 'long_text', 'number', 'checkbox', 'choice', 'choices', 'date')),
    name               jsonb        not null,               -- {"en", "fa"}
    choices            jsonb        not null default '[]',  -- [{"value", "name": {"en", "fa"}, "retired"}]
    everywhere         boolean      not null default true,  -- in all queues; else in those of ticket_field_queue
    required_to_solve  boolean      not null default false,
    position           smallint     not null default 0,
    version            int          not null default 1,
    retired_at         timestamptz
  );
  create table ticket_field_queue (
    field_id  uuid  not null references ticket_field on delete cascade,
    queue_id  uuid  not null references queue on delete cascade,
    primary key (field_id, queue_id)
  );
  create index ticket_field_queue_of_queue on ticket_field_queue (queue_id);

  -- Tags that were ever used, by their folded form. moved_to: the one that this was renamed or merged into; one level deep.
  create table tag (
    key       text  primary key check (key <> ''),
    name      text  not null,
    moved_to  text  references tag check (moved_to <> key)
  );
  create index tag_moved on tag (moved_to) where moved_to is not null;

  -- Agents who want to know of a ticket that is not theirs.
  create table ticket_follower (
    ticket_id  uuid         not null references ticket,
    agent_id   uuid         not null references agent,
    why        text         not null default 'chose' check (why in ('chose', 'mentioned')),
    since      timestamptz  not null default clock_timestamp(),
    primary key (agent_id, ticket_id)
  );
  create index ticket_follower_of_ticket on ticket_follower (ticket_id);

  -- A note that names an agent.
  create table ticket_mention (
    agent_id         uuid         not null references agent,
    ticket_id        uuid         not null references ticket,
    conversation_id  uuid         not null references conversation,
    seq              bigint       not null,
    by_id            uuid         references agent on delete set null,
    at               timestamptz  not null default clock_timestamp(),
    primary key (agent_id, conversation_id, seq)
  );
  create index ticket_mention_of_ticket on ticket_mention (ticket_id);
  create index ticket_mention_page on ticket_mention (agent_id, at desc);

  -- Why and until when a ticket sleeps. due_at: when somebody must look, null while only a reply wakes it. woken_by: what woke it already.
  create table ticket_snooze (
    ticket_id  uuid         primary key references ticket,
    kind       text         not null check (kind in ('at', 'work_days', 'reply')),
    work_days  smallint     check (work_days > 0),
    due_at     timestamptz,
    woken_by   text         check (woken_by in ('reply', 'moved', 'solved')),
    by_id      uuid         references agent on delete set null,
    at         timestamptz  not null default clock_timestamp(),
    check (kind <> 'work_days' or work_days is not null),
    check (kind = 'reply' or due_at is not null)
  );
  create index ticket_snooze_look on ticket_snooze (due_at) where due_at is not null;

  -- A pending ticket whose customer does not answer, from the warning to its end. since: what the wait was counted from.
  create table idle_warning (
    ticket_id  uuid         primary key references ticket,
    since      timestamptz  not null,
    closes_at  timestamptz  not null
  );
  create index idle_warning_due on idle_warning (closes_at);
`;

const triggers = `
  create function ticket_takes_prefix() returns trigger language plpgsql as $$
  begin
    select q.ticket_prefix into new.prefix from queue q where q.id = new.queue_id;
    return new;
  end $$;
  create trigger ticket_takes_prefix before insert on ticket for each row execute function ticket_takes_prefix();

  -- Since when a ticket waits for its customer; one that is done, or is somebody else's work from now on, does not sleep.
  create function ticket_waits() returns trigger language plpgsql as $$
  begin
    if new.state <> old.state then
      new.pending_since := case when new.state = 'pending' then clock_timestamp() end;
    end if;
    if new.state in ('solved', 'closed') or new.queue_id <> old.queue_id then
      new.snoozed_until := null;
    end if;
    return new;
  end $$;
  create trigger ticket_waits before update of state, queue_id on ticket
    for each row when (new.state <> old.state or new.queue_id <> old.queue_id) execute function ticket_waits();

  -- A ticket that waits for its customer or a third party, or sleeps, takes nothing of its agent; at work again it does, whether it fits or not.
  create or replace function hold_follows_state() returns trigger language plpgsql as $$
  begin
    update assignment h set units = case when new.state in ('pending', 'on_hold') or new.snoozed_until is not null then 0 else w.weight end
    from work_item w
    where w.ticket_id = new.id and w.state = 'assigned' and h.work_item_id = w.id and h.state = 'accepted';
    return null;
  end $$;
  create trigger hold_follows_snooze after update of snoozed_until, state, queue_id on ticket
    for each row when ((old.snoozed_until is null) <> (new.snoozed_until is null)) execute function hold_follows_state();

  -- Whatever ends a sleep before its time leaves a due row: the rest (a line, a fact, work for the queue) is done by whoever looks next.
  create function snooze_ends() returns trigger language plpgsql as $$
  begin
    update ticket_snooze s
    set due_at = clock_timestamp(),
        woken_by = case when new.state in ('solved', 'closed') then 'solved' when new.queue_id <> old.queue_id then 'moved' else 'reply' end
    where s.ticket_id = new.id;
    return null;
  end $$;
  create trigger snooze_ends after update of snoozed_until, state, queue_id on ticket
    for each row when (old.snoozed_until is not null and new.snoozed_until is null) execute function snooze_ends();

  -- Whoever puts a ticket to sleep, or back to sleep, leaves the row by which it wakes.
  create function snooze_begins() returns trigger language plpgsql as $$
  declare
    until timestamptz := nullif(new.snoozed_until, 'infinity');
  begin
    insert into ticket_snooze as s (ticket_id, kind, due_at) values (new.id, case when until is null then 'reply' else 'at' end, until)
    on conflict (ticket_id) do update set kind = excluded.kind, due_at = excluded.due_at, woken_by = null where s.woken_by is not null;
    return null;
  end $$;
  create trigger snooze_begins after insert or update of snoozed_until on ticket
    for each row when (new.snoozed_until is not null) execute function snooze_begins();
`;
