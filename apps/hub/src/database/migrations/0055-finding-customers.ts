import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A list of everybody, newest first, and addresses by how they begin. */
export class FindingCustomers implements MigrationInterface {
  readonly name = 'FindingCustomers1795000055000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index customer_newest on customer (created_at desc, id desc) where merged_into is null;
      create index identity_beginning on identity (address text_pattern_ops) where retired_at is null;
      create index identity_claim_beginning on identity_claim (address text_pattern_ops) where state = 'open';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index identity_claim_beginning;
      drop index identity_beginning;
      drop index customer_newest;
    `);
  }
}
