import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The planner learns when promises were kept or broken. */
export class WhenPromisesSettle implements MigrationInterface {
  readonly name = 'WhenPromisesSettle1795000071000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Of an expression only statistics of its own tell; those of a partial index are not asked. Without them a year of promises is
      -- taken for a few, and looked up one by one. Filled at once: what has long settled does not change enough to be looked at again.
      create statistics sla_clock_settling on (coalesce(breached_at, ended_at)) from sla_clock;
      analyze sla_clock;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop statistics sla_clock_settling');
  }
}
