import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What came in raw, what goes out, the facts between, and who polls an account. */
export class DeliveryAndIntake implements MigrationInterface {
  readonly name = 'DeliveryAndIntake1795000010000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What a provider sent, raw, once. A row without an id of its provider is never deduplicated.
      create table inbound_event (
        id           uuid        primary key,
        channel_id   uuid        not null references channel,
        external_id  text,
        state        text        not null default 'accepted' check (state in ('accepted', 'ignored', 'quarantined')),
        raw          bytea       not null,
        error        text,
        received_at  timestamptz not null default clock_timestamp()
      );
      create unique index inbound_event_once on inbound_event (channel_id, external_id) where external_id is not null;

      -- A message on its way out. A line keeps its order: oldest unfinished first, one in flight. seq is also commit order, for it
      -- is given under the conversation's lock. unconfirmed, parked and failed release the line; sent is final. attempts is the
      -- fencing token: a worker settles only the attempt it claimed. An agent's resend is a new row of the same message; it waits for
      -- what is in flight.
      create table delivery (
        id               uuid        primary key,
        conversation_id  uuid        not null,
        seq              bigint      not null,
        channel_id       uuid        not null references channel,
        thread_id        uuid        references thread,
        line             text        not null generated always as
                                     (coalesce(thread_id::text, conversation_id::text || ' ' || channel_id::text)) stored,
        address          text        not null,
        state            text        not null default 'queued'
                                     check (state in ('queued', 'sending', 'sent', 'unconfirmed', 'parked', 'failed', 'cancelled')),
        due_at           timestamptz not null default clock_timestamp(), -- queued: not before; sending: end of the lease
        attempts         int         not null default 0,
        worker           text,
        provider_id      text,
        mail_id          text,                              -- the Message-ID it went out under, kept over retries
        error_code       text,                              -- ChannelError.code
        error            text,
        created_at       timestamptz not null default clock_timestamp(),
        foreign key (conversation_id, seq) references message (conversation_id, seq),
        check (state <> 'sending' or (worker is not null and attempts > 0))
      );
      create unique index delivery_one_live on delivery (conversation_id, seq) where state in ('queued', 'sending');
      create unique index delivery_one_in_flight on delivery (line) where state = 'sending';
      create index delivery_line on delivery (line, seq) where state in ('queued', 'sending');
      create index delivery_due on delivery (due_at) where state in ('queued', 'sending');

      -- What left is final, and a row keeps its line.
      create function delivery_moves() returns trigger language plpgsql as $$
      begin
        if old.state in ('sent', 'cancelled') and new.state <> old.state then
          perform refuse(format('a delivery that is %s stays %s', old.state, old.state));
        end if;
        if (new.conversation_id, new.seq, new.channel_id, new.thread_id) is distinct from
           (old.conversation_id, old.seq, old.channel_id, old.thread_id) then
          perform refuse('a delivery keeps its message and line');
        end if;
        if new.state = 'sending' and new.attempts <> old.attempts + 1 and old.state <> 'sending' then
          perform refuse('a claim counts an attempt');
        end if;
        return new;
      end $$;
      create trigger delivery_moves before update on delivery for each row execute function delivery_moves();

      -- Facts, written in the transaction that made them true; rules, webhooks and feeds read it. Positions are not commit order:
      -- a reader's cursor is the pair (xid, position), and it stops below pg_snapshot_xmin. Restoring into a new cluster sets
      -- every xid to '0', for that cluster counts transactions anew.
      create table event_log (
        position         bigint      generated always as identity primary key,
        xid              xid8        not null default pg_current_xact_id(),
        type             text        not null,
        conversation_id  uuid,
        subject_id       uuid        not null,
        actor_id         uuid,
        payload          jsonb       not null default '{}',
        at               timestamptz not null default clock_timestamp()
      );
      create unique index event_log_feed on event_log (xid, position);

      create trigger append_only before update on event_log for each row execute function append_only(); -- retention may delete

      -- One poller per account, on the database clock. token counts takings: a poller writes its cursor only under its token.
      create table account_lease (
        channel_id   uuid        primary key references channel,
        holder       text        not null,
        token        bigint      not null default 1,
        lease_until  timestamptz not null,
        cursor       jsonb       not null default '{}'
      );

      create function account_lease_moves() returns trigger language plpgsql as $$
      begin
        if new.lease_until > clock_timestamp() + interval '5 minutes' then
          perform refuse('a lease is short and on the database clock');
        end if;
        if tg_op = 'UPDATE' and new.holder <> old.holder then
          if old.lease_until > clock_timestamp() then
            perform refuse('the account is leased to another poller');
          end if;
          new.token := old.token + 1;
        end if;
        return new;
      end $$;
      create trigger account_lease_moves before insert or update on account_lease for each row execute function account_lease_moves();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table account_lease;
      drop table event_log;
      drop table delivery;
      drop table inbound_event;
      drop function account_lease_moves();
      drop function delivery_moves();
    `);
  }
}
