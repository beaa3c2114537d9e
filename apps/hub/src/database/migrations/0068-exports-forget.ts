import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Parts of exports are made again without what was redacted after they were read. */
export class ExportsForget implements MigrationInterface {
  readonly name = 'ExportsForget1795000068000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- ids: of the people or tickets in it. read_at: what was redacted before is not in it. Of files that are there already nobody knows
      -- who is in them, so that they end here.
      with gone as (delete from report_export_part returning storage_key)
      insert into spent_file (storage_key) select storage_key from gone on conflict do nothing;
      delete from report_export;
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
