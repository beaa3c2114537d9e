import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One act on many tickets. Each ticket is a due row of its own that ends in the transaction that changes the ticket, together with what
 * the ticket was before and became: killed in the middle it goes on where it was, and it can be taken back exactly.
 */
export class BulkRuns implements MigrationInterface {
  readonly name = 'BulkRuns1795000052000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table bulk_run (
        id             uuid         primary key,
        agent_id       uuid         not null references agent on delete cascade,
        act            jsonb        not null,
        total          integer      not null,
        state          text         not null default 'running' check (state in ('running', 'done', 'undoing', 'undone')),
        turn_at        timestamptz  not null default clock_timestamp(),   -- whoever had its turn the longest ago is next
        claimed_until  timestamptz,                                       -- somebody works at it at this moment
        asked_at       timestamptz  not null default clock_timestamp(),
        finished_at    timestamptz                                        -- the act itself; its undoing begins before or after
      );
      create index bulk_run_live on bulk_run (turn_at) where state in ('running', 'undoing');
      create index bulk_run_over on bulk_run (asked_at) where state in ('done', 'undone');
      create index bulk_run_of_agent on bulk_run (agent_id, asked_at);

      create table bulk_item (
        run_id     uuid      not null references bulk_run on delete cascade,
        position   integer   not null,
        ticket_id  uuid      not null references ticket on delete cascade,
        outcome    text      check (outcome in ('done', 'nothing', 'refused', 'skipped')),   -- null: due
        undo       text      check (undo in ('due', 'undone', 'left')),
        code       text,                                                                     -- why it was refused, or left
        problem    text,
        tries      smallint  not null default 0,                                             -- that failed by no fault of the ticket's
        was        jsonb,                                                                    -- the ticket before
        became     jsonb,                                                                    -- and after
        primary key (run_id, position)
      );
      create index bulk_item_due on bulk_item (run_id, position) where outcome is null or undo = 'due';
      create index bulk_item_of_ticket on bulk_item (ticket_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table bulk_item, bulk_run');
  }
}
