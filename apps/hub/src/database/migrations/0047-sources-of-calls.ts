import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Calls that Peyk learns of from records: files that are imported, and tables of exchanges that are read. */
export class SourcesOfCalls implements MigrationInterface {
  readonly name = 'SourcesOfCalls1795000047000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A file of call records. Its lines are done in order and in portions; whoever goes on after a stop begins behind the last one that
      -- was noted, and knows what of it was stored already by the calls' ids. terms: how the file is read. Who does it holds it until
      -- held_until.
      create table cdr_import (
        id              uuid        primary key,
        channel_id      uuid        not null references channel on delete cascade,
        name            text        not null,
        storage_key     text,                                  -- null: the file was taken away
        bytes           bigint      not null,
        terms           jsonb       not null,
        state           text        not null default 'running' check (state in ('running', 'done', 'failed', 'stopped')),
        why             text        not null default '',
        lines_done      int         not null default 0,
        bytes_done      bigint      not null default 0,
        records         int         not null default 0,
        added           int         not null default 0,
        known           int         not null default 0,
        internal        int         not null default 0,
        nameless        int         not null default 0,
        refused         int         not null default 0,
        has_unanswered  boolean     not null default false,
        held_until      timestamptz,
        started_by      uuid,
        created_at      timestamptz not null default clock_timestamp(),
        ended_at        timestamptz,
        check (state <> 'running' or storage_key is not null)
      );
      create index cdr_import_of_channel on cdr_import (channel_id, created_at desc);

      -- Lines that are no record of a call, and why.
      create table cdr_fault (
        import_id  uuid  not null references cdr_import on delete cascade,
        line       int   not null,
        code       text  not null,
        value      text  not null default '',
        primary key (import_id, line)
      );

      -- How far the records of an exchange are read. Whoever moves due_at on reads them until then.
      create table cdr_reading (
        channel_id  uuid        primary key references channel on delete cascade,
        cursor      jsonb,
        due_at      timestamptz not null default clock_timestamp(),
        read_at     timestamptz,
        problem     text,
        problem_at  timestamptz
      );

      -- What calls may have come to, in the organisation's own words. A word that is retired stays with the calls that have it.
      create table call_disposition (
        key         text        primary key check (key ~ '^[a-z][a-z0-9_]{0,39}$'),
        names       jsonb       not null,                      -- {"en", "fa"}
        position    int         not null default 0,
        retired_at  timestamptz
      );
      insert into call_disposition (key, names, position) values
        ('answered_question', '{"en": "Question answered", "fa": "پاسخ داده شد"}', 1),
        ('order_taken', '{"en": "Order taken", "fa": "سفارش گرفته شد"}', 2),
        ('complaint', '{"en": "Complaint", "fa": "شکایت"}', 3),
        ('call_again', '{"en": "Call again", "fa": "دوباره تماس گرفته شود"}', 4),
        ('wrong_number', '{"en": "Wrong number", "fa": "شمارهٔ اشتباه"}', 5);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table call_disposition');
    await runner.query('drop table cdr_reading');
    await runner.query('drop table cdr_fault');
    await runner.query('drop table cdr_import');
  }
}
