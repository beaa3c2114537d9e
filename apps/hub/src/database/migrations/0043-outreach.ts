import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the hub writes to many of its own accord: to whom, when, what became of it, and what people said they want to hear. */
export class OutreachToSegments implements MigrationInterface {
  readonly name = 'OutreachToSegments1795000043000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Something to be told to the members of a segment. Texts are {"en": {"subject", "body"}, "fa": …}. purpose is what people may agree
      -- to and withdraw from; consent says whether they must have agreed before (explicit) or only must not have withdrawn (service).
      -- Whoever holds the lease feeds it into the outbox; claims of people keep two feeders apart all the same.
      create table outreach (
        id                 uuid        primary key,
        name               text        not null unique,
        version            int         not null default 1,
        state              text        not null default 'draft'
                                       check (state in ('draft', 'scheduled', 'running', 'paused', 'done', 'stopped')),
        purpose            text        not null check (purpose in ('service', 'offers', 'news', 'feedback')),
        consent            text        not null check (consent in ('explicit', 'service')),
        segment_id         uuid        not null references segment,
        texts              jsonb       not null default '{}',
        channel_ids        uuid[]      not null default '{}',
        own_channel_first  boolean     not null default true,  -- the person's own preference goes before the order above
        queue_id           uuid,                               -- where answers go; null: to the queue of their channel
        repeats            text        not null default 'once' check (repeats in ('once', 'daily', 'weekly', 'monthly')),
        starts_at          timestamptz,                        -- null: at once
        cool_down_days     int         not null default 0 check (cool_down_days between 0 and 730),
        hours              text        not null default 'person' check (hours in ('any', 'person', 'calendar')),
        from_minute        int         not null default 540 check (from_minute between 0 and 1439),
        to_minute          int         not null default 1200 check (to_minute between 1 and 1440),
        calendar_id        uuid,
        hold_out_percent   int         not null default 0 check (hold_out_percent between 0 and 90),
        per_minute         int         not null default 600 check (per_minute between 1 and 60000),
        answer_days        int         not null default 7 check (answer_days between 1 and 90),
        round              int         not null default 0,
        next_at            timestamptz,
        feeder             text,
        feeder_until       timestamptz,
        created_by         uuid,
        created_at         timestamptz not null default clock_timestamp(),
        changed_at         timestamptz not null default clock_timestamp(),
        check (from_minute < to_minute),
        check (state <> 'scheduled' or next_at is not null),
        check ((hours = 'calendar') = (calendar_id is not null))
      );
      create index outreach_live on outreach (state) where state in ('scheduled', 'running');

      -- One run of it. Its audience is frozen page by page; behind stands how far.
      create table outreach_round (
        outreach_id  uuid        not null references outreach on delete cascade,
        round        int         not null check (round > 0),
        started_at   timestamptz not null default clock_timestamp(),
        behind       text,
        frozen_at    timestamptz,
        finished_at  timestamptz,
        primary key (outreach_id, round)
      );
      create index outreach_round_lately on outreach_round (started_at);

      -- A member of a round's audience, once. waiting: not decided, or a way of theirs failed and another one is to be tried ·
      -- sending: a message stands in the outbox · held_out: gets nothing, so that the others can be compared with them. What is sent is
      -- the message (conversation_id, seq); tried are the ways, 'channel address', that came to nothing.
      create table outreach_person (
        outreach_id      uuid        not null,
        round            int         not null,
        person_id        uuid        not null references customer,
        state            text        not null default 'waiting'
                                     check (state in ('waiting', 'sending', 'sent', 'unconfirmed', 'failed', 'skipped', 'held_out')),
        why              text        not null default '',
        details          text[]      not null default '{}',
        due_at           timestamptz not null default clock_timestamp(),
        tried            text[]      not null default '{}',
        conversation_id  uuid        references conversation,
        seq              bigint,
        channel_id       uuid,
        address          text,
        decided_at       timestamptz,
        sent_at          timestamptz,
        primary key (outreach_id, person_id, round),
        foreign key (outreach_id, round) references outreach_round on delete cascade,
        check ((conversation_id is null) = (seq is null)),
        check (state not in ('sending', 'sent', 'unconfirmed') or (seq is not null and sent_at is not null))
      );
      create index outreach_person_due on outreach_person (outreach_id, due_at) where state = 'waiting';
      create index outreach_person_sending on outreach_person (channel_id) where state = 'sending';
      create index outreach_person_told on outreach_person (person_id, sent_at) where sent_at is not null;
      create index outreach_person_answers on outreach_person (channel_id, address, sent_at) where sent_at is not null;
      create index outreach_person_talk on outreach_person (conversation_id) where conversation_id is not null;
      create index outreach_person_states on outreach_person (outreach_id, state, person_id);

      -- Whoever got it keeps it, and nobody goes back to waiting but for a way that failed.
      create function outreach_person_moves() returns trigger language plpgsql as $$
      begin
        if old.state in ('sent', 'unconfirmed', 'skipped', 'held_out') and new.state <> old.state
           and not (old.state = 'sent' and new.state in ('waiting', 'failed')) then
          perform refuse(format('somebody whose message is %s is not taken up again', old.state));
        end if;
        if old.state = 'sent' and new.state = 'waiting' and new.tried = old.tried then
          perform refuse('another message goes out only where a way is known to have failed');
        end if;
        return new;
      end $$;
      create trigger outreach_person_moves before update of state on outreach_person for each row execute function outreach_person_moves();

      -- What somebody agreed to hear, or withdrew from.
      create table customer_consent (
        customer_id  uuid        not null references customer,
        purpose      text        not null check (purpose in ('service', 'offers', 'news', 'feedback')),
        state        text        not null check (state in ('given', 'withdrawn')),
        source       text        not null check (source in ('agent', 'customer', 'import')),
        by           uuid,
        at           timestamptz not null default clock_timestamp(),
        outreach_id  uuid,                                     -- what it was an answer to
        primary key (customer_id, purpose)
      );
      create index customer_consent_of_outreach on customer_consent (outreach_id) where outreach_id is not null;

      -- The way that somebody asked to be written by.
      create table channel_wish (
        customer_id  uuid        primary key references customer,
        kind         text        not null check (kind in ('email', 'sms', 'telegram', 'web', 'messages')),
        by           uuid,
        at           timestamptz not null default clock_timestamp()
      );

      -- What holds for all of it together: the most that one person gets.
      create table outreach_limits (
        one       boolean  primary key default true check (one),
        per_day   int      not null default 1 check (per_day between 1 and 50),
        per_week  int      not null default 3 check (per_week between 1 and 200)
      );
      insert into outreach_limits default values;

      -- Of which tickets a survey asks: with one of these tags, with one of these values in a field; empty and null: of all.
      alter table survey
        add column tags          text[] not null default '{}',
        add column field_key     text,
        add column field_values  text[] not null default '{}',
        add constraint survey_field check ((field_key is null) = (field_values = '{}'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table survey drop constraint survey_field, drop column field_values, drop column field_key, drop column tags;
      drop table outreach_limits;
      drop table channel_wish;
      drop table customer_consent;
      drop table outreach_person;
      drop function outreach_person_moves();
      drop table outreach_round;
      drop table outreach;
    `);
  }
}
