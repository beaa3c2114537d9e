import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What providers were told of our way in, and look-ups of what waits: uploads for a message, unreadable events for somebody. */
export class ConnectionsAndUploads implements MigrationInterface {
  readonly name = 'ConnectionsAndUploads1795000016000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What a channel's provider was told of our way in: keyed hashes of its settings and our public address. told is what it
      -- knows, null while that is in doubt; wanted is what was tried last; due_at is when to try again, and while a try is under way
      -- the end of its lease.
      create table channel_connection (
        channel_id  uuid         primary key references channel on delete cascade,
        wanted      bytea        not null,
        told        bytea,
        attempts    int          not null default 0 check (attempts >= 0),
        due_at      timestamptz  not null,
        problem     text
      );

      create index attachment_unbound on attachment (created_at) where seq is null;
      create index inbound_event_quarantined on inbound_event (received_at desc, id desc) where state = 'quarantined';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index inbound_event_quarantined;
      drop index attachment_unbound;
      drop table channel_connection;
    `);
  }
}
