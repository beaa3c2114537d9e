import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What reports count. Facts of a ticket follow from its messages, its work and its turns, and from nothing else: they can be made again at
 * any time, and come out the same. What has a row of its own already (promises, surveys, talks, runs, told people) is counted from that.
 */
export class Reports implements MigrationInterface {
  readonly name = 'Reports1795000061000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`${turns}${facts}${lookups}${exports}${schedules}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from fact_cursor where reader = 'reports';
      drop table report_sending;
      drop table report_schedule;
      drop table report_export_part;
      drop table report_export;
      drop index sla_clock_settled;
      drop index assignment_of_work;
      drop index work_item_of_ticket;
      drop index rule_run_at;
      drop index bot_session_started;
      drop index bot_session_ended;
      drop index bot_session_handed_over;
      drop index outreach_person_sent_at;
      drop index outreach_person_decided;
      drop table report_fact;
      drop table report_ticket;
      drop table report_filling;
      drop trigger ticket_turns on ticket;
      drop function ticket_turns();
      drop table ticket_turn;
    `);
  }
}

const turns = `
  -- When a ticket was solved and taken up again, whoever did it and by whatever way. A merge and its undo are neither.
  create table ticket_turn (
    id         bigint       generated always as identity primary key,
    ticket_id  uuid         not null references ticket on delete cascade,
    kind       text         not null check (kind in ('solved', 'reopened')),
    at         timestamptz  not null,
    by_id      uuid                                       -- whose ticket it was; plain
  );
  create index ticket_turn_of on ticket_turn (ticket_id, at);

  create function ticket_turns() returns trigger language plpgsql as $$
  begin
    if new.state in ('solved', 'closed') then
      if new.merged_into is null then
        insert into ticket_turn (ticket_id, kind, at, by_id) values (new.id, 'solved', new.solved_at, new.owner_id);
      end if;
    elsif old.merged_into is null then
      insert into ticket_turn (ticket_id, kind, at, by_id) values (new.id, 'reopened', clock_timestamp(), old.owner_id);
    end if;
    return null;
  end $$;
  create trigger ticket_turns after update of state on ticket for each row
    when ((old.state in ('solved', 'closed')) <> (new.state in ('solved', 'closed'))) execute function ticket_turns();

  insert into ticket_turn (ticket_id, kind, at, by_id)
  select id, 'solved', solved_at, owner_id from ticket where solved_at is not null and merged_into is null;
`;

const facts = `
  -- A ticket as reports cut it. None for one that was merged into another, or is spam.
  create table report_ticket (
    ticket_id        uuid         primary key references ticket on delete cascade,
    conversation_id  uuid         not null,
    channel_id       uuid,                                -- where it began
    queue_id         uuid         not null,
    owner_id         uuid,
    tags             text[]       not null
  );
  create index report_ticket_of_queue on report_ticket (queue_id);

  -- Something that happened to a ticket at an instant. Messages are counted by quarters of an hour, which every time zone is made of.
  -- value: seconds, of what took time. channel_id, agent_id: null: those of the ticket, and nobody.
  create table report_fact (
    id          bigint       generated always as identity primary key,
    ticket_id   uuid         not null references report_ticket on delete cascade,
    kind        text         not null check (kind in
      ('opened', 'first_reply', 'next_reply', 'solved', 'reopened', 'taken', 'handled', 'received', 'sent', 'told')),
    at          timestamptz  not null,
    amount      int          not null default 1 check (amount > 0),
    value       float8,
    channel_id  uuid,
    agent_id    uuid,
    constraint report_fact_once unique nulls not distinct (ticket_id, kind, at, channel_id, agent_id),
    check (kind not in ('first_reply', 'next_reply', 'solved', 'handled') or value >= 0)
  );
  create index report_fact_when on report_fact (kind, at) include (ticket_id, amount, value, channel_id, agent_id, id);

  -- What was there before facts were followed is made once, in portions: those up to this ticket are done.
  create table report_filling (
    one        boolean      primary key default true check (one),
    behind     uuid         not null default '00000000-0000-0000-0000-000000000000',
    filled_at  timestamptz
  );
  insert into report_filling default values;
`;

const lookups = `
  create index sla_clock_settled on sla_clock ((coalesce(breached_at, ended_at))) where state = 'met' or breached_at is not null;
  create index work_item_of_ticket on work_item (ticket_id);
  create index assignment_of_work on assignment (work_item_id);
  create index rule_run_at on rule_run (event_at);
  create index bot_session_started on bot_session (started_at);
  create index bot_session_ended on bot_session (ended_at) where ended_at is not null;
  create index bot_session_handed_over on bot_session (handed_off_at) where handed_off_at is not null;
  create index outreach_person_sent_at on outreach_person (sent_at) where sent_at is not null;
  create index outreach_person_decided on outreach_person (decided_at) where state = 'failed';
`;

const exports = `
  -- Everything of a kind and time as a file, made in portions: behind is how far it came, and each portion has a part. The file is kept
  -- until expires_at.
  create table report_export (
    id          uuid         primary key,
    kind        text         not null check (kind in ('conversations', 'tickets', 'customers')),
    format      text         not null check (format in ('jsonl', 'csv')),
    wish        jsonb        not null,
    locale      text         not null check (locale in ('en', 'fa')),
    state       text         not null default 'running' check (state in ('running', 'done', 'failed')),
    behind      text         not null default '',
    done        int          not null default 0,
    rows        bigint       not null default 0,
    why         text         not null default '',
    made_by     uuid         not null references agent,
    created_at  timestamptz  not null default clock_timestamp(),
    ended_at    timestamptz,
    expires_at  timestamptz,
    check ((state = 'running') = (ended_at is null)),
    check ((state = 'done') = (expires_at is not null))
  );
  create index report_export_running on report_export (id) where state = 'running';
  create table report_export_part (
    export_id    uuid    not null references report_export on delete cascade,
    ordinal      int     not null check (ordinal >= 0),
    storage_key  text    not null unique,
    bytes        bigint  not null check (bytes >= 0),
    primary key (export_id, ordinal)
  );
`;

const schedules = `
  -- A report that is mailed. It is made with the rights that its owner has at that moment.
  create table report_schedule (
    id            uuid         primary key,
    name          text         not null check (btrim(name) <> ''),
    report        text         not null,
    query         jsonb        not null default '{}',
    every         text         not null check (every in ('day', 'week', 'month')),
    at_minute     int          not null check (at_minute between 0 and 1439),
    zone          text         not null,
    addresses     text[]       not null check (cardinality(addresses) between 1 and 50),
    channel_id    uuid         not null references channel,
    locale        text         not null check (locale in ('en', 'fa')),
    enabled       boolean      not null default true,
    owner_id      uuid         not null references agent,
    next_at       timestamptz  not null,
    last_sent_at  timestamptz,
    last_problem  text,
    created_at    timestamptz  not null default clock_timestamp()
  );
  create index report_schedule_due on report_schedule (next_at) where enabled;

  -- One mail of a schedule, once for each time that it came due or was asked for. Whoever claims it has it until due_at; a second try
  -- goes out under the same Message-ID, which is its id.
  create table report_sending (
    id           uuid         primary key,
    schedule_id  uuid         not null references report_schedule on delete cascade,
    for_at       timestamptz  not null,
    state        text         not null default 'due' check (state in ('due', 'sent', 'failed')),
    attempts     int          not null default 0,
    due_at       timestamptz  not null default clock_timestamp(),
    why          text         not null default '',
    ended_at     timestamptz,
    unique (schedule_id, for_at),
    check ((state = 'due') = (ended_at is null))
  );
  create index report_sending_due on report_sending (due_at) where state = 'due';
`;
