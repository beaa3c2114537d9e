import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What every node may know of an account that one of them polls: when that last went well, and why it does not. */
export class HowPollingFares implements MigrationInterface {
  readonly name = 'HowPollingFares1795000019000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table account_lease
        add column polled_at timestamptz,                   -- the last poll that went well
        add column problem text,                            -- why the last one did not; null when it did
        add column problem_at timestamptz;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table account_lease drop column polled_at, drop column problem, drop column problem_at');
  }
}
