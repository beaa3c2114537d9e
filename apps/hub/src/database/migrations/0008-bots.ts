import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Versioned scripts, and the sessions, turns and effects that ran them. */
export class Bots implements MigrationInterface {
  readonly name = 'Bots1795000008000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A bot or IVR script by name; its content is versioned.
      create table script (
        id    uuid  primary key,
        name  text  not null unique
      );

      -- A published version never changes; sessions keep the version they began with; one is published at a time.
      create table script_version (
        id            uuid        primary key,
        script_id     uuid        not null references script,
        version       int         not null check (version > 0),
        status        text        not null default 'draft' check (status in ('draft', 'published', 'retired')),
        body          jsonb       not null,
        hash          bytea       not null,
        author_id     uuid,
        published_at  timestamptz,
        unique (script_id, version),
        check ((status = 'draft') = (published_at is null))
      );
      create unique index script_one_published on script_version (script_id) where status = 'published';

      create trigger published_is_final before update on script_version for each row execute function published_is_final();

      -- A bot's life on a conversation; one is live (handed_off may resume). It may speak only under its epoch.
      create table bot_session (
        id               uuid        primary key,
        conversation_id  uuid        not null references conversation,
        version_id       uuid        not null references script_version,
        epoch            bigint      not null,
        status           text        not null check (status in ('active', 'waiting', 'handed_off', 'ended', 'failed')),
        node             text,
        turn             int         not null default 0,
        state            jsonb       not null default '{}',
        wake_at          timestamptz,
        outcome          text,
        started_at       timestamptz not null default clock_timestamp(),
        ended_at         timestamptz,
        check ((status in ('ended', 'failed')) = (ended_at is not null))
      );
      create unique index bot_session_one_live on bot_session (conversation_id) where status in ('active', 'waiting', 'handed_off');
      create index bot_session_wake_due on bot_session (wake_at) where status in ('active', 'waiting') and wake_at is not null;

      -- One step of a session, taken once per event. reply is text, not jsonb: a repeat must be answered byte for byte.
      create table bot_turn (
        session_id  uuid        not null references bot_session,
        turn        int         not null check (turn > 0),
        event_key   text        not null,                   -- provider message id, callback id, call id and turn, timer id
        nodes       text[]      not null,
        reply       text        not null,
        took_ms     int,
        at          timestamptz not null default clock_timestamp(),
        primary key (session_id, turn),
        unique (session_id, event_key)
      );

      -- Something a turn wants done outside, done once: (session, turn, ordinal) is also the Idempotency-Key it is called with.
      create table bot_effect (
        session_id   uuid        not null,
        turn         int         not null,
        ordinal      smallint    not null check (ordinal >= 0),
        kind         text        not null,
        payload      jsonb       not null,
        state        text        not null default 'ready' check (state in ('ready', 'running', 'done', 'failed')),
        attempts     int         not null default 0,
        due_at       timestamptz not null default clock_timestamp(), -- ready: not before; running: end of the lease
        result       jsonb,
        primary key (session_id, turn, ordinal),
        foreign key (session_id, turn) references bot_turn (session_id, turn)
      );
      create index bot_effect_due on bot_effect (due_at) where state in ('ready', 'running');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table bot_effect;
      drop table bot_turn;
      drop table bot_session;
      drop table script_version;
      drop table script;
    `);
  }
}
