import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Parts of exports are made again without what was redacted after they were read. */
export class ExportsForget implements MigrationInterface {
  readonly name = 'ExportsForget1795000068000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- ids: of the people or tickets in it. read_at: what was redacted before is not in it. Of files that are there already nobody knows
      -- who is in them: they go, and what can still be taken is made again from what was asked for.
      with gone as (delete from report_export_part returning storage_key)
      insert into spent_file (storage_key) select storage_key from gone on conflict do nothing;
      delete from report_export where expires_at <= clock_timestamp();
      update report_export set state = 'running', behind = '', done = 0, rows = 0, ended_at = null, expires_at = null
      where state <> 'failed';
      alter table report_export_part add column ids uuid[] not null, add column read_at timestamptz not null;

      create index message_redacted on message (redacted_at) where redacted_at is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index message_redacted;
      alter table report_export_part drop column ids, drop column read_at;
    `);
  }
}
