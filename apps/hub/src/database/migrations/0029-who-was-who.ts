import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who was merged found by their id, what people share besides addresses, and who looks after a wish to be deleted. */
export class WhoWasWho implements MigrationInterface {
  readonly name = 'WhoWasWho1795000029000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index merge_journal_of_customer on merge_journal using gin (before) where kind = 'customer_merge';
      create index merge_journal_of_root on merge_journal ((fields ->> 'customer')) where fields ? 'customer';

      -- Browsers that a customer was seen at. Two who share one may be one person; it proves nothing, for people lend and share them.
      create table customer_device (
        customer_id  uuid        not null references customer,
        device       uuid        not null,                  -- of the browser's own token
        seen_at      timestamptz not null default clock_timestamp(),
        primary key (customer_id, device)
      );
      create index customer_device_other on customer_device (device);

      -- The ticket by which somebody looks after the wish; plain, for the link outlives it.
      alter table customer_link add column deletion_ticket_id uuid,
        add constraint customer_link_wish check (deletion_ticket_id is null or deletion_asked_at is not null);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table customer_link drop constraint customer_link_wish, drop column deletion_ticket_id;
      drop table customer_device;
      drop index merge_journal_of_root;
      drop index merge_journal_of_customer;
    `);
  }
}
