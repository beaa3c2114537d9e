import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Drafts, releases, deployments and lookups of scripts, and what their customers said that no script understood. */
export class LifeOfScripts implements MigrationInterface {
  readonly name = 'LifeOfScripts1795000041000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What is being written. key is the script's own id, by which others call it. One that was removed keeps its past.
      alter table script drop constraint script_name_key;
      alter table script
        add column key            text,
        add column source         text        not null default '',
        add column scenarios      jsonb       not null default '[]',
        add column draft_version  int         not null default 1,
        add column drafted_by     uuid,
        add column drafted_at     timestamptz not null default clock_timestamp(),
        add column demo           boolean     not null default false,
        add column removed_at     timestamptz;
      create unique index script_name_key on script (name) where removed_at is null;
      create unique index script_key on script (key) where removed_at is null;

      -- ready: published, and not what the last act of a person made live. Which version answers whom stands in script_release.
      alter table script_version drop constraint script_version_status_check;
      alter table script_version
        add constraint script_version_status_check check (status in ('draft', 'ready', 'published', 'retired')),
        add column source     text   not null default '',
        add column scenarios  jsonb  not null default '[]',
        add column note       text   not null default '';

      -- That a version answers from live_at on: everybody, or a share of the customers that is always the same. Of those that have come and
      -- were not cancelled, the latest decides, so a release in the future needs nobody to carry it out.
      create table script_release (
        id            uuid         primary key,
        script_id     uuid         not null references script,
        version_id    uuid         not null references script_version,
        kind          text         not null check (kind in ('publish', 'rollback', 'schedule', 'canary')),
        percent       smallint     not null default 100 check (percent between 1 and 100),
        live_at       timestamptz  not null,
        made_by       uuid,
        made_at       timestamptz  not null default clock_timestamp(),
        cancelled_at  timestamptz
      );
      create index script_release_of_script on script_release (script_id, live_at desc, id desc);
      create index script_release_of_version on script_release (version_id);

      -- Which script answers on a channel and when; of several the lowest priority is asked first. channel.script_id says only that there is one.
      create table script_deployment (
        id           uuid      primary key,
        channel_id   uuid      not null references channel on delete cascade,
        script_id    uuid      not null references script,
        hours        text      not null check (hours in ('always', 'open', 'closed')),
        calendar_id  uuid      references calendar,   -- null: that of the channel's queue
        priority     int       not null default 0,
        enabled      boolean   not null default true,
        unique (channel_id, script_id, hours)
      );
      create index script_deployment_of_script on script_deployment (script_id);
      create index script_deployment_of_calendar on script_deployment (calendar_id) where calendar_id is not null;

      -- A lookup that scripts may make by its key. secrets are sealed headers.
      create table script_connector (
        id          uuid         primary key,
        key         text         not null unique check (key ~ '^[a-z][a-z0-9_]{0,47}$'),
        title       text         not null default '',
        method      text         not null check (method in ('GET', 'POST')),
        url         text         not null,
        headers     jsonb        not null default '{}',
        secrets     bytea,
        secret_names  text[]     not null default '{}',
        timeout_ms  int          not null check (timeout_ms between 100 and 8000),
        mapping     jsonb        not null default '[]',
        demo        boolean      not null default false,
        changed_at  timestamptz  not null default clock_timestamp()
      );

      -- What a customer said that a script did not understand, with everything taken out that could name them.
      create table bot_miss (
        id          uuid         primary key,
        script_id   uuid         not null references script,
        session_id  uuid         references bot_session on delete cascade,
        version_id  uuid         not null references script_version,
        node        text         not null,
        locale      text         not null,
        channel     text         not null,
        text        text         not null,
        at          timestamptz  not null default clock_timestamp(),
        state       text         not null default 'open' check (state in ('open', 'taught', 'dismissed')),
        ended_by    uuid,
        ended_at    timestamptz,
        check ((state = 'open') = (ended_at is null))
      );
      create index bot_miss_open on bot_miss (script_id, at desc) where state = 'open';
      create index bot_miss_at on bot_miss (at);
      create index bot_miss_of_session on bot_miss (session_id) where session_id is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table bot_miss;
      drop table script_connector;
      update channel set script_id = null where script_id is not null;
      drop table script_deployment;
      drop table script_release;
      alter table script_version drop constraint script_version_status_check;
      update script_version set status = 'retired' where status = 'ready';
      alter table script_version
        add constraint script_version_status_check check (status in ('draft', 'published', 'retired')),
        drop column source, drop column scenarios, drop column note;
      drop index script_key;
      drop index script_name_key;
      update script set name = name || ' · ' || id where removed_at is not null;
      alter table script
        drop column key, drop column source, drop column scenarios, drop column draft_version, drop column drafted_by,
        drop column drafted_at, drop column demo, drop column removed_at,
        add constraint script_name_key unique (name);
    `);
  }
}
