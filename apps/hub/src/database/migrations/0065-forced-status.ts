import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Supervisors who set the status of an agent. */
export class ForcedStatus implements MigrationInterface {
  readonly name = 'ForcedStatus1795000065000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Who set it and what they said, until somebody else's word counts: the agent's own, or the hub's.
      alter table agent
        add column status_by uuid references agent,
        add column status_words text not null default '' check (length(status_words) <= 200),
        drop constraint agent_status_reason_check,
        add constraint agent_status_reason_check check (status_reason in ('no_answer', 'supervisor')),
        add constraint agent_status_by check (
          (status_reason is not distinct from 'supervisor') = (status_by is not null) and (status_by is not null or status_words = ''));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update agent set status_reason = null, status_by = null, status_words = '' where status_reason = 'supervisor';
      alter table agent drop column status_by, drop column status_words, drop constraint agent_status_reason_check,
        add constraint agent_status_reason_check check (status_reason in ('no_answer'));
    `);
  }
}
