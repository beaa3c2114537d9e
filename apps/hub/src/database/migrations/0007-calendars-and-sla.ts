import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Service hours, versioned promises, and their clocks. */
export class CalendarsAndSla implements MigrationInterface {
  readonly name = 'CalendarsAndSla1795000007000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Service hours by name, in their own time zone.
      create table calendar (
        id    uuid  primary key,
        name  text  not null unique,
        tz    text  not null
      );

      alter table queue add constraint queue_calendar foreign key (calendar_id) references calendar;

      -- Weekly hours, effective-dated; several windows a day, never overlapping. dow is ISO: Monday 1.
      create table calendar_window (
        calendar_id  uuid       not null references calendar,
        valid        daterange  not null check (not isempty(valid)),
        dow          smallint   not null check (dow between 1 and 7),
        minutes      int4range  not null check (not isempty(minutes) and lower(minutes) >= 0 and upper(minutes) <= 1440),
        constraint calendar_window_no_overlap
          exclude using gist (calendar_id with =, dow with =, valid with &&, minutes with &&)
      );

      -- A day with hours of its own; no hours is a holiday.
      create table calendar_exception (
        calendar_id  uuid            not null references calendar,
        day          date            not null,
        label        jsonb           not null default '{}', -- {"en": …, "fa": …}
        minutes      int4multirange  not null default '{}',
        primary key (calendar_id, day)
      );

      -- A named promise; its content is versioned.
      create table sla_policy (
        id    uuid  primary key,
        name  text  not null unique
      );

      -- A published version never changes: clocks are pinned to it.
      create table sla_policy_version (
        id            uuid        primary key,
        policy_id     uuid        not null references sla_policy,
        version       int         not null check (version > 0),
        status        text        not null default 'draft' check (status in ('draft', 'published', 'retired')),
        body          jsonb       not null,
        published_at  timestamptz,
        unique (policy_id, version),
        check ((status = 'draft') = (published_at is null))
      );
      create unique index sla_policy_one_published on sla_policy_version (policy_id) where status = 'published';

      create trigger published_is_final before update on sla_policy_version for each row execute function published_is_final();

      -- One promise about one ticket, counted in service time; one live clock per metric. A change of policy ends it and opens the
      -- next cycle with the consumed time carried. breached_at is sticky; wake_at is the next warning, breach or escalation.
      create table sla_clock (
        id                 uuid        primary key,
        ticket_id          uuid        not null references ticket,
        metric             text        not null check (metric in ('first_response', 'next_response', 'resolution', 'periodic_update')),
        cycle              int         not null default 1 check (cycle > 0),
        policy_version_id  uuid        not null references sla_policy_version,
        calendar_id        uuid        references calendar, -- null: around the clock
        target_ms          bigint      not null check (target_ms > 0),
        consumed_ms        bigint      not null default 0 check (consumed_ms >= 0),
        state              text        not null check (state in ('running', 'paused', 'met', 'cancelled')),
        started_at         timestamptz not null,
        resumed_at         timestamptz,
        due_at             timestamptz,
        wake_at            timestamptz,
        warned_at          timestamptz,
        breached_at        timestamptz,
        ended_at           timestamptz,
        unique (ticket_id, metric, cycle),
        check ((state = 'running') = (resumed_at is not null)),
        check ((state = 'running') = (due_at is not null)),
        check (state = 'running' or wake_at is null),
        check ((state in ('met', 'cancelled')) = (ended_at is not null))
      );
      create unique index sla_clock_one_live on sla_clock (ticket_id, metric) where state in ('running', 'paused');
      create index sla_clock_due on sla_clock (wake_at) where state = 'running' and wake_at is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table sla_clock;
      drop table sla_policy_version;
      drop table sla_policy;
      drop table calendar_exception;
      drop table calendar_window;
      alter table queue drop constraint queue_calendar;
      drop table calendar;
    `);
  }
}
