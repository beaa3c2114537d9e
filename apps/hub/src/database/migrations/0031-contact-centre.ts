import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What routing needs beyond the core: levels and rings, skills that a queue asks for, head starts, shifts, offers that are answered or
 * missed, and loads that follow from holds. The load of an agent is derived from live holds by a trigger, as the speaker of a
 * conversation is: no writer can forget it.
 */
export class ContactCentre implements MigrationInterface {
  readonly name = 'ContactCentre1795000031000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(columns);
    await runner.query(indexes);
    await runner.query(functions);
    await runner.query(loads);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger hold_follows_state on ticket;
      drop trigger load_follows_hold on assignment;
      drop function hold_follows_state();
      drop function load_follows_hold();
      drop function work_boost(uuid, uuid, int, int);
      drop function calendar_open(uuid, timestamptz);
      drop index event_log_of_ticket;
      drop index agent_skill_of_skill;
      drop index work_item_preferring;
      drop index work_item_calling;
      drop index work_item_added;
      drop index work_item_demands;
      drop table work_broadcast;
      alter table assignment drop column units;
      alter table work_item drop column demand, drop column overdue_ms, drop column also_queues, drop column ring;
      drop function work_demand(text, int, smallint, uuid[], smallint, uuid[]);
      update agent_capacity set cap = class_cap(class) where cap is null;
      alter table agent_capacity alter column cap set not null;
      drop function class_cap(text);
      alter table agent drop column calendar_id, drop column left_at, drop column missed_offers, drop column status_reason;
      alter table queue drop column retired_at, drop column skill_level, drop column skill_ids, drop column out_of_hours,
        drop column sticky_secs, drop column boosts;
    `);
  }
}

const columns = `
  -- boosts: head starts in minutes, {"priority": {"1": …}, "tier": {"0": …}, "cap": …}; what it does not say is as work_boost says.
  -- sticky_secs null: a minute for chats, nothing for the rest. out_of_hours: what becomes of work while the calendar is closed.
  -- skill_ids, skill_level: what work asks for when it comes into this queue. retired_at: nothing new comes in.
  alter table queue
    add column boosts jsonb not null default '{}',
    add column sticky_secs int check (sticky_secs between 0 and 3600),
    add column out_of_hours text not null default 'wait' check (out_of_hours in ('wait', 'route')),
    add column skill_ids uuid[] not null default '{}',
    add column skill_level smallint not null default 1 check (skill_level between 1 and 5),
    add column retired_at timestamptz;

  -- status_reason: why the hub itself changed the status. left_at: when a console of theirs was last closed. calendar_id: when the agent
  -- works; null: whenever they are there.
  alter table agent
    add column status_reason text check (status_reason in ('no_answer')),
    add column missed_offers smallint not null default 0 check (missed_offers >= 0),
    add column left_at timestamptz,
    add column calendar_id uuid references calendar;

  -- How many of a class somebody takes who has no cap of their own.
  create function class_cap(of_class text) returns int language sql immutable as $$
    select case of_class when 'voice' then 1 when 'chat' then 3 else 10 end
  $$;
  alter table agent_capacity alter column cap drop not null; -- null: class_cap

  -- What sets pieces of waiting work apart for those who could take them: work with one demand fits the same agents.
  create function work_demand(class text, weight int, ring smallint, skill_ids uuid[], skill_level smallint, also_queues uuid[])
    returns bigint language sql immutable as $$
    select hashtextextended(concat_ws(' ', class, weight, ring, case when skill_ids = '{}' then 0 else skill_level end, skill_ids::text, also_queues::text), 0)
  $$;

  -- ring: members up to this level are asked. also_queues: queues whose members are asked as well. overdue_ms: head start that came
  -- while it waited.
  alter table work_item
    add column ring smallint not null default 1 check (ring between 1 and 5),
    add column also_queues uuid[] not null default '{}',
    add column overdue_ms int not null default 0 check (overdue_ms >= 0);
  alter table work_item
    add column demand bigint generated always as (work_demand(class, weight, ring, skill_ids, skill_level, also_queues)) stored;

  -- units: what this hold puts on its agent now; none while the ticket waits for somebody else.
  alter table assignment add column units int not null default 0 check (units >= 0);

  -- Work that several were asked at once: it stays queued, whoever accepts first has it. No capacity is held for it.
  create table work_broadcast (
    id            uuid        not null unique,
    work_item_id  uuid        not null references work_item,
    agent_id      uuid        not null references agent,
    offered_at    timestamptz not null default clock_timestamp(),
    expires_at    timestamptz not null,
    declined_at   timestamptz,
    primary key (work_item_id, agent_id)
  );
`;

const indexes = `
  create index work_broadcast_of_agent on work_broadcast (agent_id) where declined_at is null;
  create index work_broadcast_due on work_broadcast (expires_at) where declined_at is null;
  create index work_item_demands on work_item (queue_id, class, weight, demand, rank_at, id) where state = 'queued';
  create index work_item_calling on work_item (queue_id, also_queues) where state = 'queued' and also_queues <> '{}';
  create index work_item_added on work_item using gin (also_queues) where state = 'queued' and also_queues <> '{}';
  create index work_item_preferring on work_item (enqueued_at) where state = 'queued' and preferred_agent is not null;
  create index agent_skill_of_skill on agent_skill (skill_id, level);

  -- What was decided about a ticket; messages are found by their conversation.
  create index event_log_of_ticket on event_log (subject_id, position)
    where type like 'work.%' or type like 'ticket.%' or type like 'sla.%' or type like 'agent.%';
`;

const functions = `
  -- Whether service is given at a moment, by the wall clock of the calendar. No calendar is always open.
  create function calendar_open(of_calendar uuid, moment timestamptz) returns boolean language sql stable as $$
    select coalesce((
      select case when own.day is not null then own.minutes @> here.minute
             else exists (
               select 1 from calendar_window w
               where w.calendar_id = c.id and w.dow = extract(isodow from here.day) and w.valid @> here.day and w.minutes @> here.minute) end
      from calendar c
      cross join lateral (select moment at time zone c.tz as clock) wall
      cross join lateral (
        select wall.clock::date as day, (extract(hour from wall.clock) * 60 + extract(minute from wall.clock))::int as minute) here
      left join calendar_exception own on own.calendar_id = c.id and own.day = here.day
      where c.id = of_calendar), true)
  $$;

  -- The head start of work in a queue, in milliseconds, and what it is made of: its ticket's priority (4 is urgent), the tier of its
  -- person, and what it got while it waited. A cap keeps everybody else from starving.
  create function work_boost(of_queue uuid, of_conversation uuid, of_priority int, waited_ms int)
    returns table (priority_ms int, tier_ms int, overdue_ms int, boost_ms int) language sql stable as $$
    select parts.priority, parts.tier, waited_ms,
           least(parts.priority + parts.tier + waited_ms::bigint, (coalesce((q.boosts ->> 'cap')::numeric, 120) * 60000)::bigint)::int
    from queue q
    cross join lateral (
      select root.tier from conversation c join customer k on k.id = c.customer_id join customer root on root.id = coalesce(k.merged_into, k.id)
      where c.id = of_conversation) person
    cross join lateral (
      select (greatest(0, coalesce((q.boosts -> 'priority' ->> of_priority::text)::numeric,
                                   case of_priority when 1 then 0 when 2 then 5 when 3 then 15 else 60 end)) * 60000)::int as priority,
             (greatest(0, coalesce((q.boosts -> 'tier' ->> person.tier::text)::numeric, 0)) * 60000)::int as tier) parts
    where q.id = of_queue
  $$;
`;

const loads = `
  -- Load is what live holds put on their agents. last_assigned_at says when somebody was last asked or given something, idle_since
  -- since when they hold nothing.
  create function load_follows_hold() returns trigger language plpgsql as $$
  declare
    hold    assignment := case when tg_op = 'DELETE' then old else new end;
    before  int := 0;
    after   int := 0;
    work    text;
  begin
    if tg_op <> 'INSERT' and old.state in ('offered', 'accepted') then
      before := old.units;
    end if;
    if tg_op <> 'DELETE' and new.state in ('offered', 'accepted') then
      after := new.units;
    end if;
    if before = after and tg_op <> 'INSERT' then
      return null;
    end if;
    update agent a
    set used_units = a.used_units + after - before,
        last_assigned_at = case when tg_op = 'INSERT' and hold.state in ('offered', 'accepted') then clock_timestamp() else a.last_assigned_at end,
        idle_since = case when a.used_units + after - before > 0 then null when after < before then clock_timestamp() else a.idle_since end
    where a.id = hold.agent_id;
    if (before = 0) <> (after = 0) then
      select w.class into work from work_item w where w.id = hold.work_item_id;
      insert into agent_capacity as c (agent_id, class, cap, used) values (hold.agent_id, work, null, case when after > 0 then 1 else 0 end)
      on conflict (agent_id, class) do update set used = c.used + case when after > 0 then 1 else -1 end;
    end if;
    return null;
  end $$;

  update assignment a set units = w.weight
  from work_item w join ticket t on t.id = w.ticket_id
  where w.id = a.work_item_id and a.state in ('offered', 'accepted') and t.state not in ('pending', 'on_hold');
  update agent a set used_units = held.units
  from (select g.id, coalesce(sum(h.units), 0)::int as units
        from agent g left join assignment h on h.agent_id = g.id and h.state in ('offered', 'accepted') group by g.id) held
  where held.id = a.id and a.used_units <> held.units;
  insert into agent_capacity (agent_id, class, cap, used)
    select h.agent_id, w.class, null, count(*) from assignment h join work_item w on w.id = h.work_item_id
    where h.state in ('offered', 'accepted') and h.units > 0 group by h.agent_id, w.class
  on conflict (agent_id, class) do update set used = excluded.used;

  create trigger load_follows_hold after insert or delete or update of units, state on assignment
    for each row execute function load_follows_hold();

  -- A ticket that waits for its customer or a third party takes nothing of its agent; at work again it does, whether it fits or not.
  create function hold_follows_state() returns trigger language plpgsql as $$
  begin
    update assignment h set units = case when new.state in ('pending', 'on_hold') then 0 else w.weight end
    from work_item w
    where w.ticket_id = new.id and w.state = 'assigned' and h.work_item_id = w.id and h.state = 'accepted';
    return null;
  end $$;
  create trigger hold_follows_state after update of state on ticket
    for each row when ((old.state in ('pending', 'on_hold')) <> (new.state in ('pending', 'on_hold')))
    execute function hold_follows_state();
`;
