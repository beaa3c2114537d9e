import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Customers, their addresses, and the journal of every exception made to a rule. */
export class People implements MigrationInterface {
  readonly name = 'People1795000002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Every exception that was made, with the rows as they were before. Append-only; a merge is undone at most once, by a row
      -- that names it. An undo restores a row only where it still is as the merge left it.
      create table merge_journal (
        id         uuid        primary key,
        kind       text        not null check (kind in ('customer_merge', 'customer_undo', 'ticket_merge', 'ticket_undo',
                                                        'ticket_reopen', 'erasure')),
        undoes     uuid        unique references merge_journal,
        before     jsonb       not null,                    -- {"<row id>": {"merged_into": …, "state": …}}: the rows as they were
        links      jsonb       not null default '[]',       -- message links that it cut or moved, as they were
        reasons    jsonb       not null default '[]',
        actor_id   uuid,                                    -- null: automatic, verified identities
        xid        xid8        not null default pg_current_xact_id(),
        at         timestamptz not null default clock_timestamp(),
        check ((kind in ('customer_undo', 'ticket_undo')) = (undoes is not null))
      );

      create trigger append_only before update or delete on merge_journal for each row execute function append_only();

      -- Is this change covered: a journal row of this transaction, of a fitting kind, that holds the row as it was?
      create function journaled(row_id uuid, was jsonb, variadic kinds text[]) returns boolean language sql stable as $$
        select exists (
          select 1 from merge_journal j
          where j.id = nullif(current_setting('peyk.journal', true), '')::uuid
            and j.xid = pg_current_xact_id()
            and j.kind = any (kinds)
            and j.before -> row_id::text @> was)
      $$;

      -- A person or visitor. merged_into points at the root of the group: one level, journaled, cleared by undo.
      create table customer (
        id           uuid        primary key,
        name         text        not null default '',
        name_key     text        not null default '',      -- matchKey(name): folded for search
        tier         smallint    not null default 0 check (tier between 0 and 9),
        locale       text        not null default 'fa',
        tz           text,
        fields       jsonb       not null default '{}',
        demo         boolean     not null default false,    -- made by the demonstration, removed with it
        merged_into  uuid        references customer check (merged_into <> id),
        created_at   timestamptz not null default now()
      );
      create index customer_group on customer (merged_into) where merged_into is not null;
      create index customer_name on customer using gin (name_key gin_trgm_ops);

      -- Pointers move only by journal.
      create function customer_pointer_is_journaled() returns trigger language plpgsql as $$
      begin
        if tg_op = 'INSERT'
           or not journaled(new.id, jsonb_build_object('merged_into', old.merged_into), 'customer_merge', 'customer_undo') then
          perform refuse('customer.merged_into moves only by journal');
        end if;
        return new;
      end $$;
      create trigger pointer_is_born_empty before insert on customer
        for each row when (new.merged_into is not null) execute function customer_pointer_is_journaled();
      create trigger pointer_is_journaled before update of merged_into on customer
        for each row when (new.merged_into is distinct from old.merged_into) execute function customer_pointer_is_journaled();

      create trigger one_level_deep after update of merged_into on customer
        for each row when (new.merged_into is not null) execute function one_level_deep();

      -- An address that reached us, and whose it is. One owner per address, unless it is shared (then for every owner) or retired
      -- (a recycled number). Never moves to another customer: people are joined by merged_into. reachable says whether we may and can
      -- write to it.
      -- The application normalises address: a phone is E.164, or as given where it has none (short codes, sender names).
      create table identity (
        id            uuid        primary key,
        customer_id   uuid        not null references customer,
        kind          text        not null check (kind in ('email', 'phone', 'telegram', 'web', 'external')),
        address       text        not null check (address <> '' and address = btrim(address)
                                                  and (kind <> 'email' or address = lower(address))),
        trust         text        not null check (trust in ('proven', 'channel_given', 'unauthenticated')),
        shared        boolean     not null default false,
        reachable     text        not null default 'yes' check (reachable in ('yes', 'opted_out', 'blocked', 'unknown_address')),
        last_seen_at  timestamptz,
        retired_at    timestamptz,
        created_at    timestamptz not null default now(),
        constraint identity_shared_by_all_or_none
          exclude using gist (kind with =, address with =, (shared::int) with <>) where (retired_at is null)
      );
      create unique index identity_one_owner on identity (kind, address) where not shared and retired_at is null;
      create unique index identity_shared_once on identity (customer_id, kind, address) where retired_at is null;
      create index identity_of_customer on identity (customer_id);

      create function identity_stays() returns trigger language plpgsql as $$
      begin
        if (new.customer_id, new.kind, new.address) is distinct from (old.customer_id, old.kind, old.address) then
          perform refuse('an identity never moves: retire it, or merge the customers');
        end if;
        return new;
      end $$;
      create trigger identity_stays before update on identity for each row execute function identity_stays();

      -- What somebody only says about themselves (form text, Reply-To, typed by hand). Owns nothing, links nobody: a suggestion.
      create table identity_claim (
        id           uuid        primary key,
        customer_id  uuid        not null references customer,
        kind         text        not null check (kind in ('email', 'phone', 'telegram', 'external')),
        address      text        not null check (address <> '' and address = btrim(address)),
        source       text        not null check (source in ('form', 'reply_to', 'typed', 'page')),
        state        text        not null default 'open' check (state in ('open', 'accepted', 'dismissed')),
        claimed_at   timestamptz not null default now(),
        decided_at   timestamptz,
        check ((state = 'open') = (decided_at is null)),
        unique (customer_id, kind, address)
      );
      create index identity_claim_open on identity_claim (kind, address) where state = 'open';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table identity_claim;
      drop table identity;
      drop table customer;
      drop function identity_stays();
      drop function customer_pointer_is_journaled();
      drop function journaled(uuid, jsonb, text[]);
      drop table merge_journal;
    `);
  }
}
