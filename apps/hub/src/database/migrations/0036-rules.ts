import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Rules that run: what they wait for, what they did and why, and how things stood when something happened, so that a rule decides the same
 * whenever it is asked.
 */
export class RulesThatRun implements MigrationInterface {
  readonly name = 'RulesThatRun1795000036000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`${rules}${causes}${past}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger customer_was on customer;
      drop trigger ticket_was on ticket;
      drop function customer_was();
      drop function ticket_was();
      drop table past_state;
      alter table event_log drop column depth, drop column cause;
      drop table rule_idle;
      drop index rule_run_lately;
      drop index rule_run_due_of_ticket;
      drop index rule_run_due;
      delete from rule_run where state <> 'done';
      alter table rule_run drop constraint rule_run_rule_id_fkey;
      alter table rule_run add constraint rule_run_rule_id_fkey foreign key (rule_id) references rule;
      alter table rule_run
        drop column id, drop column conversation_id, drop column event_at, drop column event_type, drop column actor_id, drop column why,
        drop column state, drop column code, drop column detail, drop column effects, drop column attempts, drop column due_at;
      alter table rule
        drop column terms, drop column stops, drop column max_per_hour, drop column since, drop column version, drop column changed_at;
    `);
  }
}

const rules = `
  -- terms: what else its event says (of an idle ticket: state and hours). stops: where it fires, rules behind it are not asked. since: it
  -- follows what happened from then on; set whenever it is switched on.
  alter table rule
    add column terms         jsonb        not null default '{}',
    add column stops         boolean      not null default false,
    add column max_per_hour  smallint     not null default 10 check (max_per_hour between 1 and 1000),
    add column since         timestamptz  not null default clock_timestamp(),
    add column version       int          not null default 1,
    add column changed_at    timestamptz  not null default clock_timestamp();

  -- What a rule did about one event and one ticket, once. due: its conditions held, and its actions wait to be run · done · refused: code
  -- says why. why: the explained conditions. depth: how many rules stand between the event and somebody who did something.
  alter table rule_run
    add column id               uuid         not null default gen_random_uuid(),
    add column conversation_id  uuid,
    add column event_at         timestamptz  not null default clock_timestamp(),
    add column event_type       text         not null default '',
    add column actor_id         uuid,
    add column why              jsonb        not null default '{}',
    add column state            text         not null default 'done' check (state in ('due', 'done', 'refused')),
    add column code             text         not null default '',
    add column detail           text         not null default '',
    add column effects          jsonb        not null default '[]',
    add column attempts         smallint     not null default 0,
    add column due_at           timestamptz  not null default clock_timestamp();
  alter table rule_run drop constraint rule_run_rule_id_fkey;
  alter table rule_run add constraint rule_run_rule_id_fkey foreign key (rule_id) references rule on delete cascade;
  create index rule_run_due on rule_run (event_position) where state = 'due';
  -- Whether an older one of the same ticket waits, which is asked of each.
  create index rule_run_due_of_ticket on rule_run (target_id) where state = 'due';
  create index rule_run_lately on rule_run (rule_id, target_id, event_at);

  -- A ticket that was idle for a rule, once for each time that it went quiet.
  create table rule_idle (
    rule_id    uuid         not null references rule on delete cascade,
    ticket_id  uuid         not null references ticket,
    since      timestamptz  not null,
    primary key (rule_id, ticket_id, since)
  );
  create index rule_idle_of_ticket on rule_idle (ticket_id);
`;

const causes = `
  -- cause: the rule or macro in whose transaction a fact was written. depth: how many rules stand before it; 0 where somebody did it.
  alter table event_log
    add column cause uuid default nullif(current_setting('peyk.cause', true), '')::uuid,
    add column depth smallint not null default coalesce(nullif(current_setting('peyk.depth', true), ''), '0')::smallint;
`;

const past = `
  -- How a ticket or customer was before a change of what rules ask about. A change has a position among the facts: what was true when a
  -- fact's transaction ended stands in the first row behind it that another transaction wrote, or else in the row itself.
  create table past_state (
    position    bigint       not null default nextval('event_log_position_seq') primary key,
    xid         xid8         not null default pg_current_xact_id(),
    subject_id  uuid         not null,
    was         jsonb        not null,
    at          timestamptz  not null default clock_timestamp()
  );
  create index past_state_of on past_state (subject_id, position);
  -- What happened before this row was not written down.
  insert into past_state (subject_id, was) values ('00000000-0000-0000-0000-000000000000', '{}');

  create function ticket_was() returns trigger language plpgsql as $$
  begin
    insert into past_state (subject_id, was) values (old.id, jsonb_build_object(
      'state', old.state, 'priority', old.priority, 'queue_id', old.queue_id, 'owner_id', old.owner_id, 'tags', old.tags,
      'fields', old.fields, 'subject', old.subject));
    return null;
  end $$;
  create trigger ticket_was after update of state, priority, queue_id, owner_id, tags, fields, subject on ticket
    for each row when (
      old.state <> new.state or old.priority <> new.priority or old.queue_id <> new.queue_id or old.owner_id is distinct from new.owner_id
      or old.tags <> new.tags or old.fields <> new.fields or old.subject <> new.subject)
    execute function ticket_was();

  -- Where what is known of a customer changes, that is a fact; what it was is not for readers of facts.
  create function customer_was() returns trigger language plpgsql as $$
  begin
    insert into past_state (subject_id, was) values (old.id, jsonb_build_object(
      'tier', old.tier, 'locale', old.locale, 'fields', old.fields, 'merged_into', old.merged_into));
    if old.merged_into is not distinct from new.merged_into then
      insert into event_log (type, conversation_id, subject_id, payload)
      select 'customer.changed', c.id, new.id, jsonb_build_object('what', array_remove(array[
        case when old.tier <> new.tier then 'tier' end, case when old.locale <> new.locale then 'locale' end,
        case when old.fields <> new.fields then 'fields' end], null))
      from conversation c where c.customer_id = new.id;
    end if;
    return null;
  end $$;
  create trigger customer_was after update of tier, locale, fields, merged_into on customer
    for each row when (
      old.tier <> new.tier or old.locale <> new.locale or old.fields <> new.fields or old.merged_into is distinct from new.merged_into)
    execute function customer_was();
`;
