import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Facts that many write at once are read above the oldest transaction that still runs, so a cursor alone cannot say "from now on": what
 * ended while somebody was at work lies above it as well. The instant says it.
 */
export class WebhooksTellFrom implements MigrationInterface {
  readonly name = 'WebhooksTellFrom1795000044000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- tells_from: what happened before is none of its business.
      alter table webhook add column tells_from timestamptz not null default clock_timestamp();
      update webhook set tells_from = created_at;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table webhook drop column tells_from');
  }
}
