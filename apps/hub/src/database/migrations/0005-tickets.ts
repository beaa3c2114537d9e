import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Numbered pieces of work on a conversation, their six states and legal moves. */
export class Tickets implements MigrationInterface {
  readonly name = 'Tickets1795000005000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The six states of a ticket. An organisation's own names are labels over them.
      create table ticket_state (
        name      text  primary key,
        category  text  not null check (category in ('active', 'waiting', 'done', 'closed'))
      );
      insert into ticket_state (name, category) values
        ('new', 'active'), ('open', 'active'), ('pending', 'waiting'), ('on_hold', 'waiting'), ('solved', 'done'), ('closed', 'closed');

      -- The legal moves. journal '' is free; otherwise the move needs a merge_journal row of that kind in the same transaction.
      create table ticket_transition (
        src      text  not null references ticket_state,
        dst      text  not null references ticket_state,
        journal  text  not null default '' check (journal in ('', 'ticket_merge', 'ticket_undo', 'ticket_reopen')),
        primary key (src, dst, journal)
      );
      insert into ticket_transition (src, dst) values
        ('new', 'open'),     ('new', 'pending'),     ('new', 'on_hold'),     ('new', 'solved'),
        ('open', 'pending'), ('open', 'on_hold'),    ('open', 'solved'),
        ('pending', 'open'), ('pending', 'on_hold'), ('pending', 'solved'),
        ('on_hold', 'open'), ('on_hold', 'pending'), ('on_hold', 'solved'),
        ('solved', 'open'),  ('solved', 'closed');
      insert into ticket_transition (src, dst, journal)
        select name, 'closed', 'ticket_merge' from ticket_state where name <> 'closed'
        union all select 'closed', name, 'ticket_undo' from ticket_state where name <> 'closed'
        union all select 'closed', 'open', 'ticket_reopen';

      -- A numbered piece of work on a conversation. Closed is read-only. rev is the conversation's at its last change.
      create table ticket (
        id               uuid        primary key,
        number           bigint      generated always as identity unique,
        conversation_id  uuid        not null references conversation,
        rev              bigint      not null,
        version          int         not null default 1,    -- optimistic: every change counts it up
        state            text        not null default 'new' references ticket_state,
        priority         smallint    not null default 2 check (priority between 1 and 4),
        queue_id         uuid        not null references queue,
        owner_id         uuid        references agent,
        subject          text        not null default '',
        tags             text[]      not null default '{}',
        fields           jsonb       not null default '{}',
        parent_id        uuid        references ticket check (parent_id <> id),
        merged_into      uuid        references ticket check (merged_into <> id),
        last_message_at  timestamptz not null default clock_timestamp(),
        opened_at        timestamptz not null default clock_timestamp(),
        snoozed_until    timestamptz,
        reopen_until     timestamptz,
        solved_at        timestamptz,
        closed_at        timestamptz,
        check ((state in ('solved', 'closed')) = (solved_at is not null)),
        check ((state = 'closed') = (closed_at is not null)),
        check (merged_into is null or state = 'closed')
      ) with (fillfactor = 80);
      create index ticket_queue_page on ticket (queue_id, state, last_message_at desc, id desc);
      create index ticket_owner_page on ticket (owner_id, state, last_message_at desc, id desc) where owner_id is not null;
      create index ticket_of_conversation on ticket (conversation_id, last_message_at desc);
      create index ticket_catch_up on ticket (conversation_id, rev);
      create index ticket_merged on ticket (merged_into) where merged_into is not null;
      create index ticket_closing_due on ticket (reopen_until) where state = 'solved';
      create index ticket_snooze_due on ticket (snoozed_until) where snoozed_until is not null;

      -- Legal moves only, closed is read-only, every change is counted and moves the conversation's rev.
      create function ticket_change() returns trigger language plpgsql as $$
      declare
        was        jsonb;
        excepted   boolean;
      begin
        if tg_op = 'UPDATE' then
          was := jsonb_build_object('state', old.state, 'merged_into', old.merged_into);
          excepted := journaled(old.id, was, 'ticket_merge', 'ticket_undo', 'ticket_reopen', 'erasure');
          if new.id <> old.id or new.conversation_id <> old.conversation_id then
            perform refuse('a ticket stays on its conversation');
          end if;
          if new.state <> old.state and not exists (
               select 1 from ticket_transition t
               where t.src = old.state and t.dst = new.state and (t.journal = '' or journaled(old.id, was, t.journal))) then
            perform refuse(format('a ticket does not go from %s to %s', old.state, new.state));
          end if;
          if new.merged_into is distinct from old.merged_into and not journaled(old.id, was, 'ticket_merge', 'ticket_undo') then
            perform refuse('ticket.merged_into moves only by journal');
          end if;
          if old.state = 'closed' and not excepted and new is distinct from old then
            perform refuse('a closed ticket is read-only');
          end if;
          if new.version <> old.version then
            perform refuse('version counts by itself');
          end if;
          new.version := old.version + 1;
        end if;
        update conversation set rev = rev + 1 where id = new.conversation_id returning rev into new.rev;
        return new;
      end $$;
      create trigger ticket_change before insert or update on ticket for each row execute function ticket_change();

      create trigger one_level_deep after update of merged_into on ticket
        for each row when (new.merged_into is not null) execute function one_level_deep();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table ticket;
      drop function ticket_change();
      drop table ticket_transition;
      drop table ticket_state;
    `);
  }
}
