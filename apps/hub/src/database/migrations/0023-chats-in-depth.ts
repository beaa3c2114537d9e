import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What chat messengers bring: edited messages, links that say whose chat it is, and accounts that are told to wait. */
export class ChatsInDepth implements MigrationInterface {
  readonly name = 'ChatsInDepth1795000023000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What a message said before its author changed it, the first form first. It goes with the message, and with its words.
      create table message_revision (
        conversation_id  uuid        not null,
        seq              bigint      not null,
        number           int         not null check (number > 0),
        body             text        not null,
        until            timestamptz not null default clock_timestamp(), -- when the next form came
        primary key (conversation_id, seq, number),
        foreign key (conversation_id, seq) references message (conversation_id, seq) on delete cascade
      );

      create function revisions_are_redacted() returns trigger language plpgsql as $$
      begin
        delete from message_revision where conversation_id = new.conversation_id and seq = new.seq;
        return null;
      end $$;
      create trigger revisions_are_redacted after update of redacted_at on message for each row
        when (new.redacted_at is not null and old.redacted_at is null) execute function revisions_are_redacted();

      -- A link that opens a chat with a bot and says whose chat it is. Of its token only the hash is kept. It works once: used_by has
      -- it from the first use on, and may come again only until proven_at.
      create table start_link (
        id           uuid        primary key,
        token_hash   bytea       not null unique check (length(token_hash) = 32),
        customer_id  uuid        not null references customer,
        channel_id   uuid        not null references channel on delete cascade,
        created_by   uuid        not null,                  -- an agent; plain
        created_at   timestamptz not null default clock_timestamp(),
        expires_at   timestamptz not null check (expires_at > created_at),
        revoked_at   timestamptz,
        used_at      timestamptz,
        used_by      text,                                  -- the address that followed it
        proven_at    timestamptz,
        check ((used_at is null) = (used_by is null)),
        check (proven_at is null or used_at is not null)
      );
      create index start_link_of_customer on start_link (customer_id);

      -- An account whose provider told it to wait, whatever node it told.
      create table account_pause (
        channel_id  uuid        primary key references channel on delete cascade,
        until       timestamptz not null,
        why         text        not null default ''
      );

      -- Parts of a message that have left while the rest waits.
      alter table delivery add column sent_parts int not null default 0 check (sent_parts >= 0);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table delivery drop column sent_parts;
      drop table account_pause;
      drop table start_link;
      drop trigger revisions_are_redacted on message;
      drop function revisions_are_redacted();
      drop table message_revision;
    `);
  }
}
