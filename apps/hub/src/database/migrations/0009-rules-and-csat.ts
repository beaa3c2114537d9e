import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rules, what they did, and what customers thought of it. */
export class RulesAndCsat implements MigrationInterface {
  readonly name = 'RulesAndCsat1795000009000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- When this happens and these hold, do that. Off until somebody switches it on.
      create table rule (
        id          uuid      primary key,
        name        text      not null unique,
        enabled     boolean   not null default false,
        position    smallint  not null default 0,
        event       text      not null,
        conditions  jsonb     not null default '{}',
        actions     jsonb     not null default '[]'
      );

      -- A rule acts once per event and target, and a chain of rules ends at depth 5.
      create table rule_run (
        rule_id         uuid         not null references rule,
        event_position  bigint       not null,              -- event_log.position; the log may be pruned
        target_id       uuid         not null,
        depth           smallint     not null check (depth between 0 and 5),
        at              timestamptz  not null default clock_timestamp(),
        primary key (rule_id, event_position, target_id)
      );

      -- One question per solve cycle, answered at most once through a single-use token.
      create table csat (
        id           uuid        primary key,
        ticket_id    uuid        not null references ticket,
        cycle        int         not null default 1 check (cycle > 0),
        score        smallint    check (score between 1 and 5),
        comment      text        not null default '',
        token_hash   bytea       not null unique,
        asked_at     timestamptz not null default clock_timestamp(),
        answered_at  timestamptz,
        unique (ticket_id, cycle),
        check ((score is null) = (answered_at is null))
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table csat;
      drop table rule_run;
      drop table rule;
    `);
  }
}
