import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Look-ups on the hub's hot paths: an address that may be shared, a provider's receipt, a page of what nobody has taken. */
export class LookupsOfTheHub implements MigrationInterface {
  readonly name = 'LookupsOfTheHub1795000014000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index identity_by_address on identity (kind, address) where retired_at is null;
      create index delivery_by_provider_id on delivery (channel_id, provider_id) where provider_id is not null;
      create index ticket_unassigned_page on ticket (queue_id, last_message_at desc, id desc)
        where owner_id is null and state not in ('solved', 'closed');
      create index delivery_of_message on delivery (conversation_id, seq);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index delivery_of_message;
      drop index ticket_unassigned_page;
      drop index delivery_by_provider_id;
      drop index identity_by_address;
    `);
  }
}
