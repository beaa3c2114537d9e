import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The routing life of a ticket and the holds of agents on it. */
export class Routing implements MigrationInterface {
  readonly name = 'Routing1795000006000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One routing life of a ticket; at most one is live. Waiting order is (rank_at, id): ageing is a constant head start.
      create table work_item (
        id               uuid        primary key,
        ticket_id        uuid        not null references ticket,
        queue_id         uuid        not null references queue,
        class            text        not null check (class in ('voice', 'chat', 'async')),
        weight           int         not null check (weight > 0),
        state            text        not null check (state in ('queued', 'offered', 'assigned', 'done', 'abandoned')),
        skill_ids        uuid[]      not null default '{}',
        skill_level      smallint    not null default 1 check (skill_level between 1 and 5),
        preferred_agent  uuid        references agent,
        excluded_agents  uuid[]      not null default '{}',
        enqueued_at      timestamptz not null,
        rank_at          timestamptz not null,
        step             smallint    not null default 0,
        next_step_at     timestamptz,
        ended_at         timestamptz,
        check (rank_at <= enqueued_at),
        check ((state in ('done', 'abandoned')) = (ended_at is not null))
      );
      create unique index work_item_one_live on work_item (ticket_id) where state in ('queued', 'offered', 'assigned');
      create index work_item_waiting on work_item (queue_id, rank_at, id) where state = 'queued';
      create index work_item_step_due on work_item (next_step_at) where state in ('queued', 'offered') and next_step_at is not null;

      -- One agent's hold of a work item, from offer to end; at most one is live.
      create table assignment (
        id            uuid        primary key,
        work_item_id  uuid        not null references work_item,
        agent_id      uuid        not null references agent,
        state         text        not null check (state in ('offered', 'accepted', 'declined', 'expired', 'revoked', 'ended')),
        offered_at    timestamptz not null default clock_timestamp(),
        expires_at    timestamptz,
        accepted_at   timestamptz,
        ended_at      timestamptz,
        end_reason    text,
        check ((state in ('offered', 'accepted')) = (ended_at is null)),
        check (state <> 'accepted' or accepted_at is not null),
        check (state <> 'offered' or expires_at is not null)
      );
      create unique index assignment_one_live on assignment (work_item_id) where state in ('offered', 'accepted');
      create index assignment_live_by_agent on assignment (agent_id) where state in ('offered', 'accepted');
      create index assignment_offer_due on assignment (expires_at) where state = 'offered';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table assignment;
      drop table work_item;
    `);
  }
}
