import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Counts of tries, shared by all nodes. They are worth nothing after a crash, so the table is not logged. */
export class RateLimits implements MigrationInterface {
  readonly name = 'RateLimits1795000015000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create unlogged table rate_limit (
        key     text    primary key,
        points  int     not null,
        expire  bigint                                      -- milliseconds of the Unix epoch
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table rate_limit');
  }
}
