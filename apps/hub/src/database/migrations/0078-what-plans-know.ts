import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Somebody who was erased is gone from what the database knows for its plans, too. */
export class WhatPlansKnow implements MigrationInterface {
  readonly name = 'WhatPlansKnow1795000078000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- When the database learnt anew what it keeps of values of their rows; null: it may know some still.
      alter table erasure add column unlearnt_at timestamptz check (unlearnt_at >= ended_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table erasure drop column unlearnt_at;`);
  }
}
