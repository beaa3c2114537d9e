import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since when agents are what they are, limits of the live board, and when they were passed. */
export class LiveBoard implements MigrationInterface {
  readonly name = 'LiveBoard1795000059000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Since when they say so; a console that was opened later counts from then.
      alter table agent add column status_since timestamptz;
      create function agent_status_since() returns trigger language plpgsql as $$
      begin
        new.status_since := clock_timestamp();
        return new;
      end $$;
      create trigger agent_status_since before update of status on agent for each row
        when (old.status is distinct from new.status) execute function agent_status_since();
      alter table agent_presence add column since timestamptz not null default clock_timestamp();

      -- What came today.
      create index ticket_opened on ticket (opened_at);

      -- queue_id: null: all together. turned_at: since when it is the other way than was told last.
      create table board_threshold (
        id          uuid         primary key,
        queue_id    uuid         references queue on delete cascade,
        measure     text         not null check (measure in
          ('waiting', 'longest_wait', 'at_risk', 'broken', 'agents_online', 'bot_share', 'first_reply')),
        at_limit    float8       not null check (at_limit >= 0),
        for_secs    int          not null check (for_secs between 0 and 3600),
        turned_at   timestamptz,
        made_by     uuid         references agent on delete set null,
        constraint board_threshold_once unique nulls not distinct (queue_id, measure),
        constraint board_threshold_of_all check (queue_id is null or measure not in ('bot_share', 'first_reply')),
        check (measure <> 'bot_share' or at_limit <= 1)
      );

      -- What was told when a limit was passed. It stays when the limit goes.
      create table board_alert (
        id            uuid         primary key,
        threshold_id  uuid         references board_threshold on delete set null,
        queue_id      uuid         references queue on delete cascade,
        measure       text         not null,
        at_limit      float8       not null,
        value         float8       not null,
        raised_at     timestamptz  not null,
        ended_at      timestamptz  check (ended_at >= raised_at),
        constraint board_alert_told check (threshold_id is not null or ended_at is not null)
      );
      create unique index board_alert_one_open on board_alert (threshold_id) where ended_at is null;
      create index board_alert_page on board_alert (raised_at desc);

      -- One node looks at a time, and none again right behind another.
      create table board_look (
        one  boolean      primary key default true check (one),
        at   timestamptz  not null default '-infinity'
      );
      insert into board_look default values;

      -- An alert is about no customer.
      alter table notice alter column conversation_id drop not null;
      alter table notice drop constraint notice_kind_check;
      alter table notice add constraint notice_kind_check
        check (kind in ('mention', 'assigned', 'promise', 'reply', 'failed', 'alert'));
      alter table notice add constraint notice_about check ((kind = 'alert') = (conversation_id is null));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from notice where kind = 'alert';
      alter table notice drop constraint notice_about;
      alter table notice drop constraint notice_kind_check;
      alter table notice add constraint notice_kind_check
        check (kind in ('mention', 'assigned', 'promise', 'reply', 'failed'));
      alter table notice alter column conversation_id set not null;
      drop table board_look;
      drop table board_alert;
      drop table board_threshold;
      drop index ticket_opened;
      alter table agent_presence drop column since;
      drop trigger agent_status_since on agent;
      drop function agent_status_since();
      alter table agent drop column status_since;
    `);
  }
}
