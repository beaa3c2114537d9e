import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Callers as work: a phone that rings for each agent, and what becomes of calls that nobody answered. That a call is over, or was
 * answered, is a due row which the message's own write leaves: whoever stores it, and wherever the hub dies after, it is looked at.
 */
export class CallsAsWork implements MigrationInterface {
  readonly name = 'CallsAsWork1795000046000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- phone: what rings when a caller is offered to them. talking_since: they are on the line, whatever became of the ticket.
      alter table agent
        add column phone_kind text check (phone_kind in ('number', 'sip', 'extension')),
        add column phone_address text check (phone_address <> ''),
        add column talking_since timestamptz,
        add constraint agent_phone_whole check ((phone_kind is null) = (phone_address is null));

      -- calls: how often somebody called in vain; 0: they asked to be called back themselves.
      alter table callback
        add column calls int not null default 0 check (calls >= 0),
        add column last_call_at timestamptz;

      -- Calls whose meaning is yet to be seen: who is to be called back, and who has been reached.
      create table call_due (
        conversation_id  uuid    not null,
        seq              bigint  not null,
        primary key (conversation_id, seq),
        foreign key (conversation_id, seq) references message on delete cascade
      );

      -- A call that nobody answered, and the call back that it is part of.
      create table missed_call (
        conversation_id  uuid         not null,
        seq              bigint       not null,
        callback_id      uuid         not null references callback on delete cascade,
        at               timestamptz  not null,
        primary key (conversation_id, seq),
        foreign key (conversation_id, seq) references message on delete cascade
      );
      create index missed_call_of_callback on missed_call (callback_id);

      create function call_is_due() returns trigger language plpgsql as $$
      begin
        insert into call_due (conversation_id, seq) values (new.conversation_id, new.seq) on conflict do nothing;
        return null;
      end $$;
      -- ticket_id: a call that a bot held until it joined a ticket is looked at again.
      create trigger call_is_due after insert or update of content, ticket_id on message
        for each row when (new.kind = 'call' and not new.content ? 'past' and (
          new.content -> 'call' ->> 'state' = 'ended' or new.content -> 'call' ->> 'answeredAt' is not null))
        execute function call_is_due();

      -- When the caller hung up with nobody of ours on the line yet, although people were to have them.
      alter table phone_call add column left_waiting_at timestamptz;
      create index phone_call_of_agent on phone_call (agent_id) where agent_id is not null and ended_at is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index phone_call_of_agent;
      alter table phone_call drop column left_waiting_at;
      drop trigger call_is_due on message;
      drop function call_is_due();
      drop table missed_call;
      drop table call_due;
      alter table callback drop column last_call_at, drop column calls;
      alter table agent drop column talking_since, drop column phone_address, drop column phone_kind;
    `);
  }
}
