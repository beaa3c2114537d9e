import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A talk that is handed over: asked for, told to the provider, and carried out once the line asks what comes next. Until then nothing of the
 * work has moved, so that what the provider refuses leaves no trace but this.
 */
export class CallsHandedOver implements MigrationInterface {
  readonly name = 'CallsHandedOver1795000076000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table call_transfer (
        id             uuid         primary key,                     -- the leg of an outside number, too
        phone_call_id  uuid         not null references phone_call on delete cascade,
        leg_id         text         not null,                        -- of the talk that it ends
        turn           int          not null,                        -- that the line asks with
        asked_by       uuid         not null references agent,
        to_agent_id    uuid         references agent,
        to_queue_id    uuid         references queue,
        to_kind        text         check (to_kind in ('number', 'sip', 'extension')),
        to_address     text,                                         -- empty once it is forgotten
        state          text         not null default 'asked' check (state in ('asked', 'moved', 'failed')),
        tries          int          not null default 0,
        asked_at       timestamptz  not null default clock_timestamp(),
        due_at         timestamptz  not null default clock_timestamp(), -- asked: when the provider is told again
        settled_at     timestamptz,
        check (num_nonnulls(to_agent_id, to_queue_id, to_address) = 1),
        check ((to_kind is null) = (to_address is null))
      );
      create unique index call_transfer_live on call_transfer (phone_call_id) where state = 'asked';
      create index call_transfer_of_call on call_transfer (phone_call_id, asked_at desc);
      create index call_transfer_due on call_transfer (due_at) where state = 'asked';

      -- handing: the two still talk, and the line is asked to come for somebody else.
      alter table phone_call drop constraint phone_call_phase_check;
      alter table phone_call add constraint phone_call_phase_check
        check (phase in ('script', 'waiting', 'ringing', 'talking', 'handing', 'recording', 'survey', 'over'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update phone_call set phase = 'talking' where phase = 'handing';
      alter table phone_call drop constraint phone_call_phase_check;
      alter table phone_call add constraint phone_call_phase_check
        check (phase in ('script', 'waiting', 'ringing', 'talking', 'recording', 'survey', 'over'));
      drop table call_transfer;
    `);
  }
}
