import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What agents have begun to write, so that another browser, or the same one after a mishap, goes on with it. */
export class Drafts implements MigrationInterface {
  readonly name = 'Drafts1795000050000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table draft (
        agent_id         uuid         not null references agent on delete cascade,
        conversation_id  uuid         not null references conversation on delete cascade,
        kind             text         not null check (kind in ('text', 'note')),
        content          jsonb        not null,      -- as the console keeps it; nobody else reads it
        changed_at       timestamptz  not null default clock_timestamp(),
        primary key (agent_id, conversation_id, kind)
      );
      create index draft_of_conversation on draft (conversation_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table draft');
  }
}
