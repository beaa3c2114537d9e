import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What happens to a conversation that a bot is to answer is a due row, written with the message that it is about. Whoever of us writes
 * to the person takes over from the bot in the same statement, by whatever way it was written.
 */
export class BotsThatTalk implements MigrationInterface {
  readonly name = 'BotsThatTalk1795000040000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table bot_session
        add column channel_id     uuid        references channel,   -- where it talks, and with whom
        add column identity_id    uuid        references identity,
        add column thread_id      uuid        references thread,
        add column channel        text,                             -- what kind of channel that is to its script
        add column locale         text,
        add column first_seq      bigint,                           -- the message that it began with
        add column pins           jsonb       not null default '{}', -- versions of the scripts that it calls, by their names
        add column ticket_id      uuid        references ticket,     -- what it opened, or what it was handed over as
        add column handed_off_at  timestamptz,                       -- since when people have it
        add column taken_by       uuid,                              -- the agent who took it; plain
        add column reason         text;                              -- why it was handed over, or failed
      create index bot_session_of_conversation on bot_session (conversation_id, started_at desc);
      create index bot_session_of_version on bot_session (version_id, started_at);
      create index bot_session_of_ticket on bot_session (ticket_id) where ticket_id is not null;
      drop index bot_session_wake_due;
      create index bot_session_wake_due on bot_session (wake_at)
        where status in ('active', 'waiting', 'handed_off') and wake_at is not null;

      -- What the event was, where the script stood then, and what was not understood: figures read nothing else.
      alter table bot_turn
        add column event   text     not null default 'text',
        add column node    text,
        add column option  text,
        add column missed  boolean  not null default false;
      create index bot_turn_at on bot_turn (at);

      -- What waits for the end of its session is not due to anybody who looks for lookups.
      drop index bot_effect_due;
      create index bot_effect_due on bot_effect (due_at) where kind = 'lookup' and state in ('ready', 'running');

      alter table bot_effect
        add column awaits    boolean      not null default false,
        add column node      text,
        add column ended_at  timestamptz;

      -- Something that a bot is to answer, in the order in which it came: a message, the answer to an effect, a word of an agent.
      -- What it says stands in its message. Done once per key; kept for some days.
      create table bot_event (
        position         bigint       generated always as identity primary key,
        conversation_id  uuid         not null references conversation,
        session_id       uuid         references bot_session,
        key              text         not null,
        kind             text         not null check (kind in ('message', 'result', 'resume', 'taken', 'stopped')),
        seq              bigint,                                    -- of the message
        payload          jsonb        not null default '{}',
        state            text         not null default 'ready' check (state in ('ready', 'done', 'failed')),
        attempts         int          not null default 0,
        due_at           timestamptz  not null default clock_timestamp(), -- ready: not before
        at               timestamptz  not null default clock_timestamp(),
        unique (conversation_id, key),
        check ((kind = 'message') = (seq is not null))
      );
      create index bot_event_due on bot_event (due_at) where state = 'ready';
      create index bot_event_over on bot_event (at) where state <> 'ready';

      -- It walks from the person along indexes, as derive_holder does: every message of an agent pays for it. What the bot had opened
      -- and nobody waits for yet gets in line after the commit.
      create function agent_takes_over() returns trigger language plpgsql as $$
      begin
        with talking as materialized (
          select s.id
          from conversation here join customer mine on mine.id = here.customer_id
          cross join lateral (
            select k.id from customer k where coalesce(k.merged_into, k.id) = coalesce(mine.merged_into, mine.id) offset 0) one
          cross join lateral (select c.id from conversation c where c.customer_id = one.id offset 0) part
          cross join lateral (
            select b.id from bot_session b where b.conversation_id = part.id and b.status in ('active', 'waiting') offset 0) s
          where here.id = new.conversation_id),
        taken as (
          update bot_session s
          set status = 'handed_off', wake_at = null, handed_off_at = clock_timestamp(), taken_by = new.author_id, reason = 'agent'
          where s.id = any (array(select id from talking)) and s.status in ('active', 'waiting')
          returning s.id, s.conversation_id, s.version_id, s.node, s.ticket_id),
        opened as (
          insert into bot_event (conversation_id, session_id, key, kind)
          select t.conversation_id, t.id, 'taken:' || new.id, 'taken' from taken t where t.ticket_id is not null)
        insert into event_log (type, conversation_id, subject_id, actor_id, payload)
        select 'bot.handed_over', t.conversation_id, t.id, new.author_id,
               jsonb_build_object('reason', 'agent', 'versionId', t.version_id, 'node', t.node)
        from taken t;
        return null;
      end $$;
      create trigger agent_takes_over after insert on message
        for each row when (new.author = 'agent' and new.direction = 'out') execute function agent_takes_over();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger agent_takes_over on message;
      drop function agent_takes_over();
      drop table bot_event;
      drop index bot_effect_due;
      create index bot_effect_due on bot_effect (due_at) where state in ('ready', 'running');
      alter table bot_effect drop column awaits, drop column node, drop column ended_at;
      drop index bot_turn_at;
      alter table bot_turn drop column event, drop column node, drop column option, drop column missed;
      drop index bot_session_wake_due;
      create index bot_session_wake_due on bot_session (wake_at) where status in ('active', 'waiting') and wake_at is not null;
      drop index bot_session_of_ticket;
      drop index bot_session_of_version;
      drop index bot_session_of_conversation;
      alter table bot_session
        drop column channel_id, drop column identity_id, drop column thread_id, drop column channel, drop column locale,
        drop column first_seq, drop column pins, drop column ticket_id, drop column handed_off_at, drop column taken_by, drop column reason;
    `);
  }
}
