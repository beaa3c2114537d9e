import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What customers are asked once their matter is solved, of every kind, and what they answer. */
export class SurveysOfAllKinds implements MigrationInterface {
  readonly name = 'SurveysOfAllKinds1795000038000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A question of the organisation's own. Texts are {"en", "fa"}. The kind never changes: scores of two scales do not add up.
      create table survey (
        id                  uuid        primary key,
        name                text        not null unique,
        kind                text        not null check (kind in ('csat', 'nps', 'ces')),
        enabled             boolean     not null default false,
        enabled_at          timestamptz,                        -- tickets that were solved before are not asked about
        position            int         not null default 0,     -- of those that are meant for a queue, the lowest asks
        queue_ids           uuid[]      not null default '{}',  -- none: every queue
        ask_on              text        not null default 'solved' check (ask_on in ('solved', 'command')),
        delay_minutes       int         not null default 0 check (delay_minutes between 0 and 129600),
        cool_down_days      int         not null default 30 check (cool_down_days between 0 and 365),
        expiry_hours        int         not null default 168 check (expiry_hours between 1 and 2160),
        low_score           smallint,
        follow_up_queue_id  uuid,
        question            jsonb       not null default '{}',
        comment_prompt      jsonb       not null default '{}',
        thanks              jsonb       not null default '{}',
        created_at          timestamptz not null default clock_timestamp(),
        check (not enabled or enabled_at is not null)
      );

      -- Counts how often a ticket was taken up again after it was solved: each time it may be asked about anew.
      alter table ticket add column cycle int not null default 1 check (cycle > 0);
      create function ticket_cycle() returns trigger language plpgsql as $$
      begin
        new.cycle := old.cycle + 1;
        return new;
      end $$;
      create trigger ticket_cycle before update of state on ticket for each row
        when (old.state in ('solved', 'closed') and new.state not in ('solved', 'closed') and old.merged_into is null)
        execute function ticket_cycle();
      create index ticket_solved on ticket (solved_at) where solved_at is not null;

      -- One question about one cycle of a ticket, from the plan to the answer. due: to be asked at due_at · skipped: not asked, why says so ·
      -- cancelled: the ticket was taken up again before. Only hashes of what opens the links of a mail are kept.
      alter table csat rename to survey_ask;
      alter table survey_ask rename constraint csat_pkey to survey_ask_pkey;
      alter table survey_ask rename constraint csat_ticket_id_fkey to survey_ask_ticket_id_fkey;
      alter table survey_ask rename constraint csat_ticket_id_cycle_key to survey_ask_ticket_id_cycle_key;
      alter table survey_ask rename constraint csat_token_hash_key to survey_ask_token_hash_key;
      alter table survey_ask rename constraint csat_cycle_check to survey_ask_cycle_check;
      alter table survey_ask rename constraint csat_check to survey_ask_answered;
      alter table survey_ask drop constraint csat_score_check;
      alter table survey_ask
        alter column token_hash drop not null,
        alter column asked_at drop not null,
        alter column asked_at drop default,
        add column survey_id        uuid        not null references survey,
        add column kind             text        not null check (kind in ('csat', 'nps', 'ces')),
        add column state            text        not null check (state in ('due', 'asked', 'answered', 'expired', 'skipped', 'cancelled')),
        add column why              text        not null default '',
        add column queue_id         uuid        not null,       -- where the ticket was then
        add column agent_id         uuid,                       -- whose it was then
        add column customer_id      uuid        not null references customer,
        add column due_at           timestamptz,
        add column expires_at       timestamptz,
        add column conversation_id  uuid        references conversation,
        add column channel_id       uuid        references channel,
        add column identity_id      uuid        references identity,
        add column asked_seq        bigint,                     -- our message that asks
        add column asked_by         uuid        references agent,
        add column told_at          timestamptz,                -- when the timeline told the answer
        add column told_score       smallint,                   -- the score that it told
        add column comment_until    timestamptz,                -- until when the next words of the customer are their comment
        add column commented_at     timestamptz,
        add column follow_up_id     uuid        references ticket,
        add constraint survey_ask_score check (score between case when kind = 'nps' then 0 else 1 end
                                                        and case kind when 'csat' then 5 when 'nps' then 10 else 7 end),
        add constraint survey_ask_due check (state <> 'due' or due_at is not null),
        add constraint survey_ask_asked check ((state in ('asked', 'answered', 'expired')) = (asked_at is not null)),
        add constraint survey_ask_score_is_answer check ((state = 'answered') = (answered_at is not null));
      create index survey_ask_due on survey_ask (due_at) where state = 'due';
      create index survey_ask_open on survey_ask (expires_at) where state = 'asked';
      create index survey_ask_way on survey_ask (identity_id, asked_at) where asked_at is not null;
      create index survey_ask_untold on survey_ask (answered_at) where answered_at is not null and told_at is null;
      create index survey_ask_answers on survey_ask (answered_at, id) where answered_at is not null;
      create index survey_ask_comments on survey_ask (comment_until) where comment_until is not null;
      create index survey_ask_of_customer on survey_ask (customer_id, asked_at) where asked_at is not null;
      create index survey_ask_lately on survey_ask (asked_at) where asked_at is not null;
      create index survey_ask_of_survey on survey_ask (survey_id);
      create index survey_ask_follow_up on survey_ask (follow_up_id) where follow_up_id is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from survey_ask;
      drop index survey_ask_due, survey_ask_open, survey_ask_way, survey_ask_untold, survey_ask_comments, survey_ask_of_customer,
        survey_ask_answers, survey_ask_lately, survey_ask_of_survey, survey_ask_follow_up;
      alter table survey_ask
        drop constraint survey_ask_score, drop constraint survey_ask_due, drop constraint survey_ask_asked,
        drop constraint survey_ask_score_is_answer,
        drop column survey_id, drop column kind, drop column state, drop column why, drop column queue_id, drop column agent_id,
        drop column customer_id, drop column due_at, drop column expires_at, drop column conversation_id, drop column channel_id,
        drop column identity_id, drop column asked_seq, drop column asked_by, drop column told_at, drop column told_score,
        drop column comment_until, drop column commented_at, drop column follow_up_id,
        alter column token_hash set not null,
        alter column asked_at set default clock_timestamp(),
        alter column asked_at set not null,
        add constraint csat_score_check check (score between 1 and 5);
      alter table survey_ask rename constraint survey_ask_answered to csat_check;
      alter table survey_ask rename constraint survey_ask_cycle_check to csat_cycle_check;
      alter table survey_ask rename constraint survey_ask_token_hash_key to csat_token_hash_key;
      alter table survey_ask rename constraint survey_ask_ticket_id_cycle_key to csat_ticket_id_cycle_key;
      alter table survey_ask rename constraint survey_ask_ticket_id_fkey to csat_ticket_id_fkey;
      alter table survey_ask rename constraint survey_ask_pkey to csat_pkey;
      alter table survey_ask rename to csat;
      drop index ticket_solved;
      drop trigger ticket_cycle on ticket;
      drop function ticket_cycle();
      alter table ticket drop column cycle;
      drop table survey;
    `);
  }
}
