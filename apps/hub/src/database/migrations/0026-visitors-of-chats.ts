import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Visitors of web chats: whether they are there, how they want to be answered when they are not, and files they have not sent yet. */
export class VisitorsOfChats implements MigrationInterface {
  readonly name = 'VisitorsOfChats1795000026000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- An open chat of a visitor who has written. Each socket holds a lease; those of a node that died lapse.
      create table visitor_presence (
        id           uuid        primary key,
        identity_id  uuid        not null references identity,
        lease_until  timestamptz not null
      );
      create index visitor_presence_of_identity on visitor_presence (identity_id);

      -- How a visitor asked to be answered once they have left the chat. The address is only claimed; Telegram proves its own.
      create table visitor_wish (
        identity_id  uuid         primary key references identity,
        way          text         not null check (way in ('email', 'sms', 'telegram')),
        address      text,
        asked_at     timestamptz  not null default clock_timestamp(),
        check ((way = 'telegram') = (address is null))
      );

      -- A file of a visitor before the message it belongs to: most visitors have no conversation yet. Its id and its place in storage
      -- become the attachment's; what no message took in time is removed.
      create table visitor_upload (
        id           uuid         primary key,
        channel_id   uuid         not null,
        visitor_id   uuid         not null,
        name         text         not null,
        media_type   text         not null,
        bytes        bigint       not null check (bytes > 0),
        sha256       bytea        not null check (length(sha256) = 32),
        storage_key  text         not null unique,
        created_at   timestamptz  not null default clock_timestamp()
      );
      create index visitor_upload_of_visitor on visitor_upload (visitor_id, created_at);
      create index visitor_upload_by_age on visitor_upload (created_at);

      -- How long those who were served lately had waited.
      create index assignment_accepted on assignment (accepted_at) where accepted_at is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index assignment_accepted;
      drop table visitor_upload;
      drop table visitor_wish;
      drop table visitor_presence;
    `);
  }
}
