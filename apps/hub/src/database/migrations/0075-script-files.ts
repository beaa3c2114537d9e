import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Pictures and files that scripts send along with their words. */
export class ScriptFiles implements MigrationInterface {
  readonly name = 'ScriptFiles1795000075000';

  /**
   * A name stands for the same bytes for ever, so that a version that names it sends what it was published with. Names have no slash: it
   * is what a file was called when it was uploaded.
   */
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table script_file (
        name         text         primary key check (name <> '' and length(name) <= 200 and name !~ '[/\\\\[:space:][:cntrl:]]'),
        media_type   text         not null,                   -- sniffed, not declared
        bytes        bigint       not null check (bytes > 0),
        sha256       bytea        not null check (length(sha256) = 32),
        storage_key  text         not null unique,
        uploaded_by  uuid         not null,                   -- plain: the account may be gone
        uploaded_at  timestamptz  not null default clock_timestamp()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table script_file;`);
  }
}
