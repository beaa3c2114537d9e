import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A second step of signing in is taken by the browser that took the first. */
export class StepsOfBrowsers implements MigrationInterface {
  readonly name = 'StepsOfBrowsers1795000074000';

  /** Steps that are half done last ten minutes, and no browser can be named for them. */
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from sign_in_step;
      alter table sign_in_step add column browser_hash bytea not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table sign_in_step drop column browser_hash;`);
  }
}
