import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What agents decide about people: merges with their choices, claims, suggestions, blocks, and the links by which people see their own. */
export class WhoIsWho implements MigrationInterface {
  readonly name = 'WhoIsWho1795000020000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The restricted queue that a message without a ticket still belongs to: an undo cut it from a ticket there, and it must not be
      -- opened by that. Plain, and kept when the queue goes: then only supervisors read it.
      alter table message add column restricted_by uuid;

      -- fields: the root's columns that were chosen anew, {"customer": …, "was": {…}, "became": {…}}; note: why, in the agent's words.
      alter table merge_journal add column fields jsonb not null default '{}', add column note text not null default '';

      -- Who decided on a claim, and the address that it became.
      alter table identity_claim add column decided_by uuid, add column identity_id uuid references identity,
        add constraint identity_claim_became check (identity_id is null or state = 'accepted');

      -- A person is blocked while one of its group is: what they write is stored, and wakes nobody.
      alter table customer add column blocked_at timestamptz, add column blocked_by uuid,
        add column blocked_why text not null default '';

      -- Two who are not one person, as far as these reasons go: a new reason may suggest them again.
      create table suggestion_dismissal (
        a        uuid        not null references customer,
        b        uuid        not null references customer check (a < b),
        reasons  text[]      not null,
        actor_id uuid        not null,
        at       timestamptz not null default clock_timestamp(),
        primary key (a, b)
      );
      create index suggestion_dismissal_other on suggestion_dismissal (b);

      -- A signed link by which whoever holds it reads what passed over one address. The signature is made of the id and kept nowhere.
      -- members: who the person was when it was made; a later merge opens nothing more to a link that is out already.
      create table customer_link (
        id                 uuid        primary key,
        identity_id        uuid        not null references identity,
        members            uuid[]      not null,
        created_by         uuid        not null,
        created_at         timestamptz not null default clock_timestamp(),
        expires_at         timestamptz not null,
        revoked_at         timestamptz,
        last_used_at       timestamptz,
        deletion_asked_at  timestamptz,
        check (expires_at > created_at)
      );
      create index customer_link_of_identity on customer_link (identity_id);

      -- What spellings of one mailbox or number have in common. Equal ones are a hint and never a proof: providers differ in what they
      -- make of dots and tags, and countries share their last nine digits.
      create function address_variant(kind text, address text) returns text language sql immutable parallel safe as $$
        select case
          when kind = 'email' then
            replace(split_part(split_part(address, '@', 1), '+', 1), '.', '') || '@' || split_part(address, '@', 2)
          when kind = 'phone' and length(regexp_replace(address, '\\D', '', 'g')) >= 9 then
            right(regexp_replace(address, '\\D', '', 'g'), 9)
          else address end
      $$;
      create index identity_variant on identity (kind, address_variant(kind, address)) where retired_at is null and not shared;
      create index identity_claim_variant on identity_claim (kind, address_variant(kind, address)) where state = 'open';
      create index customer_same_name on customer (name_key) where name_key <> '';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index customer_same_name;
      drop index identity_claim_variant;
      drop index identity_variant;
      drop function address_variant(text, text);
      drop table customer_link;
      drop table suggestion_dismissal;
      alter table customer drop column blocked_why, drop column blocked_by, drop column blocked_at;
      alter table identity_claim drop constraint identity_claim_became, drop column identity_id, drop column decided_by;
      alter table merge_journal drop column note, drop column fields;
      alter table message drop column restricted_by;
    `);
  }
}
