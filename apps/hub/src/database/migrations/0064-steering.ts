import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Supervisors who watch and whisper, and agents who ask for help. */
export class Steering implements MigrationInterface {
  readonly name = 'Steering1795000064000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- seen_at: when a console of theirs was last known to show it; a node that dies stops saying so.
      create table steering_watch (
        id               uuid         primary key,
        conversation_id  uuid         not null references conversation,
        supervisor_id    uuid         not null references agent,
        began_at         timestamptz  not null default clock_timestamp(),
        seen_at          timestamptz  not null default clock_timestamp(),
        ended_at         timestamptz,
        constraint steering_watch_order check (seen_at >= began_at and ended_at >= began_at)
      );
      create unique index steering_watch_once on steering_watch (conversation_id, supervisor_id) where ended_at is null;
      create index steering_watch_open on steering_watch (seen_at) where ended_at is null;
      create index steering_watch_over on steering_watch (ended_at) where ended_at is not null;

      -- What is said beside a conversation and is no part of it: no key leads to a message, and no other table repeats the words.
      -- agent_id: whom it is about; by_id: who wrote it, the agent themselves in an answer.
      create table whisper (
        id               uuid         primary key,
        conversation_id  uuid         not null references conversation,
        agent_id         uuid         not null references agent,
        by_id            uuid         not null references agent,
        words            text         not null check (length(words) between 1 and 2000),
        at               timestamptz  not null default clock_timestamp(),
        seen_at          timestamptz,
        constraint whisper_seen_by_agent check (seen_at is null or by_id <> agent_id)
      );
      create index whisper_page on whisper (conversation_id, at);
      create index whisper_unseen on whisper (agent_id) where seen_at is null and by_id <> agent_id;
      create index whisper_old on whisper (at);
      create function whisper_stays() returns trigger language plpgsql as $$
      begin
        if (new.id, new.conversation_id, new.agent_id, new.by_id, new.words, new.at)
           is distinct from (old.id, old.conversation_id, old.agent_id, old.by_id, old.words, old.at)
           or (old.seen_at is not null and new.seen_at is distinct from old.seen_at) then
          perform refuse('a whisper never changes');
        end if;
        return new;
      end $$;
      create trigger whisper_stays before update on whisper for each row execute function whisper_stays();

      create table raised_hand (
        id               uuid         primary key,
        conversation_id  uuid         not null references conversation,
        ticket_id        uuid         not null references ticket,
        agent_id         uuid         not null references agent,
        words            text         not null default '' check (length(words) <= 500),
        raised_at        timestamptz  not null default clock_timestamp(),
        taken_by         uuid         references agent,
        taken_at         timestamptz,
        lowered_at       timestamptz,
        -- null: nobody lowered it, the work went.
        lowered_by       uuid         references agent,
        constraint raised_hand_taken check ((taken_by is null) = (taken_at is null)),
        constraint raised_hand_lowered check (lowered_by is null or lowered_at is not null)
      );
      create unique index raised_hand_once on raised_hand (conversation_id, agent_id) where lowered_at is null;
      create index raised_hand_up on raised_hand (ticket_id) where lowered_at is null;
      create index raised_hand_down on raised_hand (lowered_at) where lowered_at is not null;

      -- Whoever no longer has the work needs no help with it.
      create function hand_follows_work() returns trigger language plpgsql as $$
      begin
        update raised_hand h set lowered_at = clock_timestamp() from work_item w
        where w.id = new.work_item_id and h.ticket_id = w.ticket_id and h.agent_id = new.agent_id and h.lowered_at is null;
        return null;
      end $$;
      create trigger hand_follows_work after update of state on assignment for each row
        when (old.state = 'accepted' and new.state <> 'accepted') execute function hand_follows_work();

      alter table notice drop constraint notice_kind_check;
      alter table notice add constraint notice_kind_check
        check (kind in ('mention', 'assigned', 'promise', 'reply', 'failed', 'alert', 'hand'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from push_due where notice_id in (select id from notice where kind = 'hand');
      delete from notice where kind = 'hand';
      alter table notice drop constraint notice_kind_check;
      alter table notice add constraint notice_kind_check
        check (kind in ('mention', 'assigned', 'promise', 'reply', 'failed', 'alert'));
      drop trigger hand_follows_work on assignment;
      drop function hand_follows_work();
      drop table raised_hand;
      drop table whisper;
      drop function whisper_stays();
      drop table steering_watch;
    `);
  }
}
