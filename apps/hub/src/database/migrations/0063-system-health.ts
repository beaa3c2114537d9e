import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What processes there are, and when each of their workers last did its work. */
export class SystemHealth implements MigrationInterface {
  readonly name = 'SystemHealth1795000063000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Written every few seconds and worth nothing after a crash, so it is neither logged nor backed up.
      create unlogged table hub_node (
        name          text         primary key,
        version       text         not null,
        node_version  text         not null,
        role          text         not null check (role in ('all', 'web', 'worker')),
        started_at    timestamptz  not null,
        seen_at       timestamptz  not null default clock_timestamp(),
        memory_bytes  bigint       not null check (memory_bytes >= 0),
        spool_bytes   bigint       not null default 0 check (spool_bytes >= 0)
      );

      create unlogged table worker_turn (
        node       text         not null references hub_node on delete cascade,
        worker     text         not null,
        turned_at  timestamptz  not null,
        every_ms   integer      not null check (every_ms >= 0),
        primary key (node, worker)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table worker_turn; drop table hub_node');
  }
}
