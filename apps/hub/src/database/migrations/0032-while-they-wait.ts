import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What those who wait in a queue are told, and who of them is to be called back without losing their place. */
export class WhileTheyWait implements MigrationInterface {
  readonly name = 'WhileTheyWait1795000032000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- WaitingTerms of #tickets; what is not there is as the terms of a silent queue have it.
      alter table queue add column waiting jsonb not null default '{}';

      -- What somebody who waits was told so far, and where they can be told more. One row for each routing life that is spoken of.
      create table wait_notice (
        work_item_id     uuid        primary key references work_item,
        conversation_id  uuid        not null references conversation,
        channel_id       uuid        references channel,
        identity_id      uuid        references identity,
        thread_id        uuid        references thread,
        mute             text,                               -- why nothing is written to them; null: it may be
        place            int         check (place > 0),      -- the last that they were told
        told_at          timestamptz,
        told             int         not null default 0,     -- how many messages of ours this wait brought them
        closed_until     timestamptz,                        -- the opening that they were told; infinity where nobody knew
        offered_at       timestamptz,                        -- when they were offered to be called back
        created_at       timestamptz not null default clock_timestamp(),
        check (mute is not null or (channel_id is not null and identity_id is not null))
      );
      create index wait_notice_of_identity on wait_notice (identity_id, told_at) where told_at is not null;

      -- Who was served lately, for the estimate of a wait.
      create index assignment_lately on assignment (accepted_at) where accepted_at is not null;

      -- Somebody who keeps their place in a queue and does not wait at the screen. offered: asked whether they want it;
      -- due: their turn has come, an agent has the work.
      create table callback (
        id               uuid        primary key,
        queue_id         uuid        not null references queue,
        ticket_id        uuid        not null references ticket,
        work_item_id     uuid        not null references work_item,
        conversation_id  uuid        not null references conversation,
        customer_id      uuid        not null references customer,
        channel_id       uuid        references channel,     -- where they were asked
        identity_id      uuid        references identity,    -- whom we asked, or who asked for it
        state            text        not null check (state in ('offered', 'requested', 'due', 'done', 'cancelled')),
        way              text        check (way in ('call', 'sms', 'same')),
        address          text        not null default '',    -- the number to call or text; '' in writing, where they asked
        asked_seq        bigint,                             -- our message that awaits a choice
        heard_seq        bigint      not null default 0,     -- how far their answers were read
        offered_at       timestamptz,
        requested_at     timestamptz,
        due_at           timestamptz,
        ended_at         timestamptz,
        ended_by         uuid        references agent,
        end_reason       text,
        check ((state in ('done', 'cancelled')) = (ended_at is not null)),
        check (state = 'offered' or way is not null or ended_at is not null),
        check (state not in ('requested', 'due') or requested_at is not null)
      );
      create unique index callback_one_open on callback (customer_id, queue_id) where state in ('requested', 'due');
      create unique index callback_one_offer on callback (work_item_id) where state = 'offered';
      create index callback_of_ticket on callback (ticket_id);
      create index callback_of_identity on callback (identity_id) where state in ('requested', 'due');
      create index callback_live on callback (state) where state in ('offered', 'requested', 'due');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table callback;
      drop index assignment_lately;
      drop table wait_notice;
      alter table queue drop column waiting;
    `);
  }
}
