import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ids by which answers find their thread besides those of its messages, and who has left which list. */
export class ThreadsAndLists implements MigrationInterface {
  readonly name = 'ThreadsAndLists1795000021000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Message-IDs that belong to a thread although no message of it carries them: given by a server on the way out, seen in the
      -- mailbox's Sent folder, or named by a mail that we never saw.
      alter table thread add column other_ids text[] not null default '{}';
      -- Nearly every thread has none; a pending list would be read with every mail.
      create index thread_other_ids on thread using gin (other_ids) with (fastupdate = off) where other_ids <> '{}';
      create index message_of_thread on message (thread_id, seq) where thread_id is not null;

      -- Who asked for no more bulk mail of a kind. Plain ids: it outlives the channel that the mail came from.
      create table mail_unsubscribe (
        list        text        not null,
        address     text        not null,
        channel_id  uuid        not null,
        at          timestamptz not null default clock_timestamp(),
        primary key (list, address)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table mail_unsubscribe;
      drop index message_of_thread;
      drop index thread_other_ids;
      alter table thread drop column other_ids;
    `);
  }
}
