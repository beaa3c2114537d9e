import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What becomes of tickets beside being worked on: an organisation's own names of their states, merging, splitting and moving of messages
 * with an exact way back, parents with children, follow-ups of what is closed.
 */
export class TicketsLifecycle implements MigrationInterface {
  readonly name = 'TicketsLifecycle1795000034000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`${columns}${journals}${guards}${answers}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table incident_answer_child;
      drop table incident_answer;
      drop trigger parent_one_level on ticket;
      drop function parent_one_level();
      ${guardsBefore}
      delete from ticket_transition where journal = 'split_undo';
      alter table ticket_transition drop constraint ticket_transition_journal_check;
      alter table ticket_transition add constraint ticket_transition_journal_check
        check (journal in ('', 'ticket_merge', 'ticket_undo', 'ticket_reopen'));
      drop index merge_journal_into;
      alter table merge_journal drop constraint merge_journal_kind_check, drop constraint merge_journal_check;
      alter table merge_journal
        add constraint merge_journal_kind_check
          check (kind in ('customer_merge', 'customer_undo', 'ticket_merge', 'ticket_undo', 'ticket_reopen', 'erasure')),
        add constraint merge_journal_check check ((kind in ('customer_undo', 'ticket_undo')) = (undoes is not null));
      drop index ticket_of_parent;
      drop index ticket_followed;
      alter table ticket drop constraint ticket_state_name_fits, drop constraint ticket_follows_somehow,
        drop column state_name_id, drop column follows_id, drop column follows_as;
      drop table ticket_state_name;
      alter table queue drop column reopen_hours, drop column children_first;
    `);
  }
}

const columns = `
  -- reopen_hours: how long a solved ticket can be reopened by its customer. children_first: a parent is solved after its children only.
  alter table queue
    add column reopen_hours int not null default 72 check (reopen_hours between 0 and 2160),
    add column children_first boolean not null default true;

  -- An organisation's own name of a state, {"en": …, "fa": …}. It changes nothing of what the state does.
  create table ticket_state_name (
    id          uuid         primary key,
    state       text         not null references ticket_state check (state in ('open', 'pending', 'on_hold', 'solved')),
    name        jsonb        not null check (name ? 'en' or name ? 'fa'),
    position    smallint     not null default 0,
    retired_at  timestamptz,                             -- not offered any more; what has it keeps it
    unique (id, state)
  );

  -- follows_id: the ticket that this one goes on from, and how it came to.
  alter table ticket
    add column state_name_id uuid,
    add column follows_id uuid references ticket constraint ticket_follows_another check (follows_id <> id),
    add column follows_as text check (follows_as in ('follow_up', 'split')),
    add constraint ticket_state_name_fits foreign key (state_name_id, state) references ticket_state_name (id, state),
    add constraint ticket_follows_somehow check ((follows_id is null) = (follows_as is null));
  create index ticket_of_parent on ticket (parent_id) where parent_id is not null;
  create index ticket_followed on ticket (follows_id) where follows_id is not null;
`;

const journals = `
  -- Messages that were moved to another ticket, or to a new one, are journaled like merges: links holds them as they were, fields.into
  -- the ticket that they came to.
  alter table merge_journal drop constraint merge_journal_kind_check, drop constraint merge_journal_check;
  alter table merge_journal
    add constraint merge_journal_kind_check
      check (kind in ('customer_merge', 'customer_undo', 'ticket_merge', 'ticket_undo', 'ticket_reopen', 'erasure',
                      'message_move', 'move_undo', 'ticket_split', 'split_undo')),
    add constraint merge_journal_check
      check ((kind in ('customer_undo', 'ticket_undo', 'move_undo', 'split_undo')) = (undoes is not null));
  create index merge_journal_into on merge_journal ((fields ->> 'into'), at) where kind in ('ticket_merge', 'message_move', 'ticket_split');

  -- A ticket whose split is taken back is closed unsolved, towards the one that it came from.
  alter table ticket_transition drop constraint ticket_transition_journal_check;
  alter table ticket_transition add constraint ticket_transition_journal_check
    check (journal in ('', 'ticket_merge', 'ticket_undo', 'ticket_reopen', 'split_undo'));
  insert into ticket_transition (src, dst, journal) select name, 'closed', 'split_undo' from ticket_state where name <> 'closed';
`;

/** `named`: a line that lets go of a state's name when the state changes. */
const ticketChange = (named: string): string => `
      create or replace function ticket_change() returns trigger language plpgsql as $$
      begin
        if tg_op = 'UPDATE' then
          if new.id <> old.id or new.conversation_id <> old.conversation_id then
            perform refuse('a ticket stays on its conversation');
          end if;
          if new.state <> old.state or new.merged_into is distinct from old.merged_into or old.state = 'closed' then
            perform ticket_moves_legally(old, new);
          end if;${named}
          if new.version <> old.version then
            perform refuse('version counts by itself');
          end if;
          new.version := old.version + 1;
        end if;
        update conversation set rev = rev + 1 where id = new.conversation_id returning rev into new.rev;
        return new;
      end $$;
`;

/** `pointer`: what else may move merged_into. */
const movesLegally = (pointer: string): string => `
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
        if new.merged_into is distinct from old.merged_into and not journaled(old.id, was, 'ticket_merge', 'ticket_undo'${pointer}) then
          perform refuse('ticket.merged_into moves only by journal');
        end if;
        if old.state = 'closed' and to_jsonb(new) - derived <> to_jsonb(old) - derived
           and not journaled(old.id, was, 'ticket_merge', 'ticket_undo', 'ticket_reopen'${pointer}, 'erasure') then
          perform refuse('a closed ticket is read-only');
        end if;
      end $$;
`;

const guards = `
  ${movesLegally(`, 'split_undo'`)}
  -- Whoever moves the state without a word about its name knows of none.
  ${ticketChange(`
          if new.state <> old.state and new.state_name_id is not distinct from old.state_name_id then
            new.state_name_id := null;
          end if;`)}

  -- A parent has no parent. The row that is pointed at is held, so that it cannot become a child meanwhile.
  create function parent_one_level() returns trigger language plpgsql as $$
  declare
    above uuid;
  begin
    select t.parent_id into above from ticket t where t.id = new.parent_id for share;
    if above is not null or exists (select 1 from ticket t where t.parent_id = new.id) then
      perform refuse('ticket.parent_id must be one level deep');
    end if;
    return null;
  end $$;
  create trigger parent_one_level after insert or update of parent_id on ticket
    for each row when (new.parent_id is not null) execute function parent_one_level();
`;

const guardsBefore = `${ticketChange('')}${movesLegally('')}`;

const answers = `
  -- One answer for all children of a ticket; each child has it as a message of its own, written once.
  create table incident_answer (
    id         uuid         primary key,
    ticket_id  uuid         not null references ticket,
    actor_id   uuid         not null,                    -- an agent; plain
    body       text         not null check (body <> ''),
    at         timestamptz  not null default clock_timestamp()
  );
  create index incident_answer_of_ticket on incident_answer (ticket_id);
  create table incident_answer_child (
    answer_id   uuid  not null references incident_answer,
    ticket_id   uuid  not null references ticket,
    message_id  uuid  not null unique,
    state       text  not null default 'waiting' check (state in ('waiting', 'written', 'refused')),
    code        text,                                    -- why it was refused
    primary key (answer_id, ticket_id)
  );
  create index incident_answer_child_of_ticket on incident_answer_child (ticket_id);
`;
