import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What agents keep ready: replies, macros, and the articles of the knowledge list. */
export class MacrosRepliesArticles implements MigrationInterface {
  readonly name = 'MacrosRepliesArticles1795000037000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A text kept ready, found by its short name. The keys are matchKey of what they fold, without spaces in short_key.
      create table canned_reply (
        id             uuid        primary key,
        owner_id       uuid        references agent,        -- null: everybody's
        short          text        not null check (short <> ''),
        title          text        not null check (title <> ''),
        texts          jsonb       not null check (texts ?| array['en', 'fa']), -- {"en": …, "fa": …}: LiquidJS, read when it was saved
        short_key      text        not null,
        title_key      text        not null,
        text_key       text        not null,
        queue_ids      uuid[]      not null default '{}',   -- of tickets in these queues; none: in any
        channel_kinds  text[]      not null default '{}'    -- on these channels; none: on any
                       check (channel_kinds <@ array['email', 'sms', 'telegram', 'web', 'phone', 'messages']),
        used           bigint      not null default 0,
        used_at        timestamptz,
        version        int         not null default 1,      -- optimistic: counts changes, not uses
        changed_at     timestamptz not null default clock_timestamp()
      );
      create unique index canned_reply_short_shared on canned_reply (short_key) where owner_id is null;
      create unique index canned_reply_short_own on canned_reply (owner_id, short_key) where owner_id is not null;

      -- A file that goes with a canned reply; every message gets a copy of its own. Without a reply it is removed after a while.
      create table canned_file (
        id               uuid        primary key,
        canned_reply_id  uuid        references canned_reply on delete set null,
        uploaded_by      uuid        not null,              -- plain: the account may be gone
        name             text        not null,
        media_type       text        not null,
        bytes            bigint      not null check (bytes >= 0),
        sha256           bytea       not null check (length(sha256) = 32),
        storage_key      text        not null unique,
        idle_since       timestamptz not null default clock_timestamp()  -- when it was uploaded or taken off; counts without a reply
      );
      create index canned_file_of_reply on canned_file (canned_reply_id);

      -- Typed actions under one name. What they name may be gone: whoever runs or lists it says so.
      create table macro (
        id          uuid        primary key,
        owner_id    uuid        references agent,           -- null: everybody's
        name        text        not null check (name <> ''),
        name_key    text        not null,
        queue_ids   uuid[]      not null default '{}',
        actions     jsonb       not null check (jsonb_typeof(actions) = 'array'),
        used        bigint      not null default 0,
        used_at     timestamptz,
        version     int         not null default 1,
        changed_at  timestamptz not null default clock_timestamp()
      );
      create unique index macro_name_shared on macro (name_key) where owner_id is null;
      create unique index macro_name_own on macro (owner_id, name_key) where owner_id is not null;

      -- What the organisation knows, per language. rev counts the changes of all articles, in the order of their commits: writers
      -- take the advisory lock 'article' first. A removed one keeps its row, so that every node hears of it.
      create table article (
        id          uuid        primary key,
        texts       jsonb       not null check (texts ?| array['en', 'fa']), -- {"en": {"title": …, "body": …}, "fa": …}
        tags        text[]      not null default '{}',
        keywords    text[]      not null default '{}',
        public      boolean     not null default false,     -- customers and bots may read it
        rev         bigint      not null unique,
        version     int         not null default 1,
        changed_at  timestamptz not null default clock_timestamp(),
        removed_at  timestamptz
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table article;
      drop table macro;
      drop table canned_file;
      drop table canned_reply;
    `);
  }
}
