import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Calls that Peyk itself answers or makes, and each turn of theirs with what was played: a provider that asks again is told the same. What
 * happens on a line without words, as silence, is a due row for the bot like any message.
 */
export class LinesThatPeykAnswers implements MigrationInterface {
  readonly name = 'LinesThatPeykAnswers1795000045000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table phone_call (
        id               uuid         primary key,
        channel_id       uuid         not null references channel,
        call_id          text         not null,                      -- the provider's
        conversation_id  uuid         references conversation,       -- set with its message, before anything is played
        seq              bigint,                                     -- its message
        identity_id      uuid         references identity,
        direction        text         not null check (direction in ('in', 'out')),
        from_address     text         not null,
        to_address       text         not null,
        phase            text         not null default 'script'
                           check (phase in ('script', 'waiting', 'ringing', 'talking', 'recording', 'survey', 'over')),
        turn             int          not null default 0,            -- of the latest reply
        said_turn        int          not null default 0,            -- turns of the session up to it were played
        session_id       uuid         references bot_session,
        ticket_id        uuid         references ticket,
        leg_id           text,                                       -- ringing, talking: who of ours is rung
        agent_id         uuid         references agent,
        consent          text         not null default 'none' check (consent in ('none', 'announced', 'granted', 'refused')),
        consent_at       timestamptz,
        consent_prompt   text,
        records          boolean      not null default false,
        started_at       timestamptz  not null default clock_timestamp(),
        answered_at      timestamptz,                                -- by one of us
        ended_at         timestamptz,
        touched_at       timestamptz  not null default clock_timestamp(), -- when its line was heard of last
        unique (channel_id, call_id)
      );
      create index phone_call_of_conversation on phone_call (conversation_id, started_at desc);
      create index phone_call_of_session on phone_call (session_id) where session_id is not null;
      create index phone_call_of_ticket on phone_call (ticket_id) where ticket_id is not null;
      create index phone_call_live on phone_call (touched_at) where ended_at is null;

      -- turn: of the reply that this answers. What was heard in words or keys stands in its message, never here.
      create table phone_call_turn (
        phone_call_id  uuid         not null references phone_call on delete cascade,
        turn           int          not null,
        heard          jsonb        not null,
        reply          json         not null,                        -- as it was sent, to the byte
        at             timestamptz  not null default clock_timestamp(),
        primary key (phone_call_id, turn)
      );
      create index phone_call_turn_at on phone_call_turn (at);

      alter table bot_event drop constraint bot_event_kind_check;
      alter table bot_event add constraint bot_event_kind_check
        check (kind in ('message', 'result', 'resume', 'taken', 'stopped', 'line'));

      -- call: by keypad, once one of us has talked with a caller.
      alter table survey drop constraint survey_ask_on_check;
      alter table survey add constraint survey_ask_on_check check (ask_on in ('solved', 'command', 'call'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table survey drop constraint survey_ask_on_check;
      update survey set ask_on = 'command' where ask_on = 'call';
      alter table survey add constraint survey_ask_on_check check (ask_on in ('solved', 'command'));
      delete from bot_event where kind = 'line';
      alter table bot_event drop constraint bot_event_kind_check;
      alter table bot_event add constraint bot_event_kind_check
        check (kind in ('message', 'result', 'resume', 'taken', 'stopped'));
      drop table phone_call_turn;
      drop table phone_call;
    `);
  }
}
