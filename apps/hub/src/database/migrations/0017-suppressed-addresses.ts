import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Addresses that nothing is sent to any more, what was reported about mail of ours, and who is away. */
export class SuppressedAddresses implements MigrationInterface {
  readonly name = 'SuppressedAddresses1795000017000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- An address that no message leaves for: its server said that it is not there, or its owner complained. Lifting is an agent's
      -- act and keeps the row; a new report makes a new one.
      create table suppressed_address (
        id               uuid        primary key,
        kind             text        not null check (kind in ('email', 'phone', 'telegram', 'web', 'external')),
        address          text        not null check (address <> '' and address = btrim(address)
                                                     and (kind <> 'email' or address = lower(address))),
        reason           text        not null check (reason in ('bounce', 'complaint')),
        said             text        not null default '' check (length(said) <= 500),
        conversation_id  uuid,                              -- the message whose fate told it; plain: this outlives it
        seq              bigint,
        since            timestamptz not null default clock_timestamp(),
        lifted_at        timestamptz,
        lifted_by        uuid,                              -- the agent; plain
        check ((conversation_id is null) = (seq is null)),
        check ((lifted_at is null) = (lifted_by is null)),
        check (lifted_at >= since)
      );
      create unique index suppressed_address_once on suppressed_address (kind, address) where lifted_at is null;
      create index suppressed_address_newest on suppressed_address (since desc, id desc);

      create function suppressed_address_stays() returns trigger language plpgsql as $$
      begin
        if tg_op = 'INSERT' then
          if new.lifted_at is not null then
            perform refuse('a suppression begins in force');
          end if;
          return new;
        end if;
        if old.lifted_at is not null
           or (new.id, new.kind, new.address, new.reason, new.said, new.conversation_id, new.seq, new.since)
              is distinct from (old.id, old.kind, old.address, old.reason, old.said, old.conversation_id, old.seq, old.since) then
          perform refuse('a suppression is lifted once and changes in nothing else');
        end if;
        return new;
      end $$;
      create trigger suppressed_address_stays before insert or update on suppressed_address
        for each row execute function suppressed_address_stays();

      -- What a server or a mailbox reported about a message of ours, each report once for each address. The count of passing
      -- failures bounds how often a message is tried again.
      create table mail_report (
        id               uuid        primary key,
        channel_id       uuid        not null references channel,
        external_id      text        not null,              -- of the reporting mail
        conversation_id  uuid        not null,
        seq              bigint      not null,
        address          text        not null,
        kind             text        not null check (kind in ('bounce', 'complaint')),
        hard             boolean     not null,
        status           text        not null default '' check (status = '' or status ~ '^[245]\\.[0-9]{1,3}\\.[0-9]{1,3}$'),
        said             text        not null default '' check (length(said) <= 500),
        at               timestamptz not null default clock_timestamp(),
        foreign key (conversation_id, seq) references message (conversation_id, seq) on delete cascade,
        unique (channel_id, external_id, address)
      );
      create index mail_report_of_message on mail_report (conversation_id, seq);

      create trigger append_only before update on mail_report for each row execute function append_only();

      -- What left by itself, so that two robots who answer each other come to an end.
      create table automatic_answer (
        id          uuid        primary key,
        channel_id  uuid        not null,                   -- plain, like its thread: it outlives them
        thread_id   uuid,
        address     text        not null,
        at          timestamptz not null default clock_timestamp()
      );
      create index automatic_answer_of on automatic_answer (address, at);

      -- Nobody reads what is sent there until then.
      alter table identity add column away_until date;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table identity drop column away_until;
      drop table automatic_answer;
      drop table mail_report;
      drop table suppressed_address;
      drop function suppressed_address_stays();
    `);
  }
}
