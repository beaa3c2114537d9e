import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom a try of a message is for and whom it did not reach, and whether what a provider put in place of a secret could be kept. */
export class WhomAMailReached implements MigrationInterface {
  readonly name = 'WhomAMailReached1795000028000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table delivery
        add column only_to text[] check (only_to <> '{}'),  -- the recipients of this try; null: everybody whom the message names
        add column missed text[] check (missed <> '{}');    -- those who are known not to have got it; null: nobody is
      alter table channel
        add column secrets_problem text;                    -- why replaced secrets could not be kept; null when they were
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table channel drop column secrets_problem;
      alter table delivery drop column missed, drop column only_to;
    `);
  }
}
