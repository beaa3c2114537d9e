import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who wants to hear no more from an account, how much an account sent to whom, and which of its numbers a customer knows. */
export class ConsentAndLimits implements MigrationInterface {
  readonly name = 'ConsentAndLimits1795000024000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Somebody's wish to hear no more from an account. Only they take it back, by a word of theirs; a row then ends and stays. What
      -- is told of it on the timeline is told once: at its beginning and at its end.
      create table opt_out (
        id          uuid        primary key,
        channel_id  uuid        not null references channel on delete cascade,
        kind        text        not null check (kind in ('email', 'phone', 'telegram', 'web', 'external')),
        address     text        not null check (address <> '' and address = btrim(address)),
        source      text        not null check (source in ('customer', 'provider')),
        said        text        not null default '' check (length(said) <= 200),
        since       timestamptz not null default clock_timestamp(),
        answer_id   uuid,                                   -- our one message that confirms it and may leave all the same; plain
        told_at     timestamptz,
        ended_at    timestamptz,
        ended_said  text        check (length(ended_said) <= 200),
        end_told_at timestamptz,
        check ((ended_at is null) = (ended_said is null)),
        check (ended_at >= since),
        check (end_told_at is null or ended_at is not null)
      );
      create unique index opt_out_once on opt_out (channel_id, kind, address) where ended_at is null;
      create index opt_out_of_address on opt_out (kind, address) where ended_at is null;
      create index opt_out_untold on opt_out (channel_id, address) where told_at is null or (ended_at is not null and end_told_at is null);

      create function opt_out_stays() returns trigger language plpgsql as $$
      begin
        if (new.id, new.channel_id, new.kind, new.address, new.source, new.said, new.since)
           is distinct from (old.id, old.channel_id, old.kind, old.address, old.source, old.said, old.since)
           or (old.ended_at is not null and new.ended_at is distinct from old.ended_at) then
          perform refuse('a wish to hear no more ends once and changes in nothing else');
        end if;
        return new;
      end $$;
      create trigger opt_out_stays before update on opt_out for each row execute function opt_out_stays();

      -- Messages of an account within an hour: to an address, and to all ('').
      create table send_count (
        channel_id  uuid        not null references channel on delete cascade,
        address     text        not null,
        hour        timestamptz not null,
        sent        int         not null check (sent > 0),
        primary key (channel_id, address, hour)
      );
      create index send_count_old on send_count (hour);

      -- Of an account with several numbers: the one that a customer wrote to last, which the answer leaves from.
      create table sender_line (
        channel_id  uuid        not null references channel on delete cascade,
        address     text        not null,
        line        text        not null check (line <> ''),
        primary key (channel_id, address)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table sender_line;
      drop table send_count;
      drop table opt_out;
      drop function opt_out_stays();
    `);
  }
}
