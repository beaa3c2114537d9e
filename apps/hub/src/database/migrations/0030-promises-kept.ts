import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Clocks say how much of them was told and stand on their ticket, where every reader of it sees them; readers of facts remember
 * where they are.
 */
export class PromisesKept implements MigrationInterface {
  readonly name = 'PromisesKept1795000030000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Among policies that say as much about a ticket the one with the lower position governs.
      alter table sla_policy
        add column position int not null default 0,
        add column enabled boolean not null default true;

      -- told: how many of the warnings, the breach and the escalations of its terms were told.
      alter table sla_clock add column told smallint not null default 0 check (told >= 0);

      -- Where a reader of event_log is: it has seen all facts up to here. It moves in the transaction that does what follows from them.
      create table fact_cursor (
        reader    text    primary key,
        xid       xid8    not null,
        position  bigint  not null
      );

      -- The latest clock of each metric, as it is shown. Derived from sla_clock by whoever moves a clock.
      alter table ticket add column sla jsonb not null default '[]';

      create or replace function ticket_moves_legally(old ticket, new ticket) returns void language plpgsql as $$
      declare
        was      jsonb  := jsonb_build_object('state', old.state, 'merged_into', old.merged_into);
        derived  text[] := '{sla}';
      begin
        if new.state <> old.state and not exists (
             select 1 from ticket_transition t
             where t.src = old.state and t.dst = new.state and (t.journal = '' or journaled(old.id, was, t.journal))) then
          perform refuse(format('a ticket does not go from %s to %s', old.state, new.state));
        end if;
        if new.merged_into is distinct from old.merged_into and not journaled(old.id, was, 'ticket_merge', 'ticket_undo') then
          perform refuse('ticket.merged_into moves only by journal');
        end if;
        if old.state = 'closed' and to_jsonb(new) - derived <> to_jsonb(old) - derived
           and not journaled(old.id, was, 'ticket_merge', 'ticket_undo', 'ticket_reopen', 'erasure') then
          perform refuse('a closed ticket is read-only');
        end if;
      end $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create or replace function ticket_moves_legally(old ticket, new ticket) returns void language plpgsql as $$
      declare
        was jsonb := jsonb_build_object('state', old.state, 'merged_into', old.merged_into);
      begin
        if new.state <> old.state and not exists (
             select 1 from ticket_transition t
             where t.src = old.state and t.dst = new.state and (t.journal = '' or journaled(old.id, was, t.journal))) then
          perform refuse(format('a ticket does not go from %s to %s', old.state, new.state));
        end if;
        if new.merged_into is distinct from old.merged_into and not journaled(old.id, was, 'ticket_merge', 'ticket_undo') then
          perform refuse('ticket.merged_into moves only by journal');
        end if;
        if old.state = 'closed' and new is distinct from old
           and not journaled(old.id, was, 'ticket_merge', 'ticket_undo', 'ticket_reopen', 'erasure') then
          perform refuse('a closed ticket is read-only');
        end if;
      end $$;
      alter table ticket drop column sla;
      drop table fact_cursor;
      alter table sla_clock drop column told;
      alter table sla_policy drop column enabled, drop column position;
    `);
  }
}
