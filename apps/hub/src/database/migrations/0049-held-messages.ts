import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A message that its writer may still take back is no message yet: the timeline is numbered without a gap, and what stands in it stands.
 * It is a due row that becomes the message, under the same id, when its time has come.
 */
export class HeldMessages implements MigrationInterface {
  readonly name = 'HeldMessages1795000049000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table held_message (
        id               uuid         primary key,                        -- of the message that it becomes
        conversation_id  uuid         not null references conversation on delete cascade,
        agent_id         uuid         not null references agent on delete cascade,
        message          jsonb        not null,                           -- as its writer sent it
        due_at           timestamptz  not null,
        state            text         not null default 'held' check (state in ('held', 'failed')),
        claimed_until    timestamptz,                                     -- somebody writes it at this moment
        code             text,                                            -- why it could not be written
        problem          text,
        held_at          timestamptz  not null default clock_timestamp(),
        check ((state = 'failed') = (code is not null and problem is not null))
      );
      create index held_message_due on held_message (due_at) where state = 'held';
      create index held_message_of_agent on held_message (agent_id);
      create index held_message_of_conversation on held_message (conversation_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table held_message');
  }
}
