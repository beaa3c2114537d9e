import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the organisation knows of its customers besides what they wrote, and who of them belongs together by it. */
export class Segments implements MigrationInterface {
  readonly name = 'Segments1795000042000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`${knowledge}${segments}${imports}${tiers}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from identity_claim where source = 'import';
      alter table identity_claim drop constraint identity_claim_source_check;
      alter table identity_claim add constraint identity_claim_source_check
        check (source in ('form', 'reply_to', 'typed', 'page'));
      drop index identity_claim_imported;
      drop table customer_tier;
      drop table tier_terms;
      drop table import_fault;
      drop table customer_import;
      drop table segment;
      drop table purchase;
      drop table customer_attribute;
    `);
  }
}

const knowledge = `
  -- What may be known of a customer. Values stand in customer.fields of the person's root under this key, where merges journal them. A
  -- date is YYYY-MM-DD of the Gregorian calendar. The kind never changes: values of another kind could not be read any more.
  create table customer_attribute (
    id          uuid        primary key,
    key         text        not null unique check (key ~ '^[a-z][a-z0-9_]{0,39}$'),
    kind        text        not null check (kind in ('text', 'number', 'date', 'birthday', 'choice', 'choices', 'region', 'yes_no')),
    name        jsonb       not null,                       -- {"en", "fa"}
    choices     jsonb       not null default '[]',
    position    int         not null default 0,
    version     int         not null default 1,
    retired_at  timestamptz,
    created_at  timestamptz not null default clock_timestamp()
  );

  -- What somebody bought, as the organisation's own programs tell it; amount in minor units of the currency. It stays with the customer
  -- whom it was told of: a merge only changes who that is, so an undo is exact.
  create table purchase (
    id           uuid        primary key,
    customer_id  uuid        not null references customer,
    source       text        not null check (source <> ''),
    external_id  text        not null check (external_id <> ''),
    amount       bigint      not null check (amount >= 0),
    currency     text        not null check (currency ~ '^[A-Z]{3}$'),
    at           timestamptz not null,
    items        text        not null default '',
    changed_at   timestamptz not null default clock_timestamp(),
    unique (source, external_id)
  );
  create index purchase_of_customer on purchase (customer_id, at desc);

  -- Imports say of many what is theirs: a claim like any other, by which later lines find the same customer again.
  alter table identity_claim drop constraint identity_claim_source_check;
  alter table identity_claim add constraint identity_claim_source_check
    check (source in ('form', 'reply_to', 'typed', 'page', 'import'));
  create index identity_claim_imported on identity_claim (kind, address) where source = 'import';
`;

const segments = `
  -- Customers who fulfil a condition: closed data, a tree of tests. Who is in it is found whenever it is asked.
  create table segment (
    id          uuid        primary key,
    name        text        not null unique,
    condition   jsonb       not null,
    version     int         not null default 1,
    counted     int,                                        -- how many were in it at counted_at; null: never, or not in time
    counted_at  timestamptz,
    created_at  timestamptz not null default clock_timestamp(),
    changed_at  timestamptz not null default clock_timestamp()
  );
`;

const imports = `
  -- A table of many customers. Lines are done in order and in portions, each with the place it came to: whoever goes on after a stop does
  -- none twice. terms: how the file is read, and which column is what.
  create table customer_import (
    id           uuid        primary key,
    kind         text        not null check (kind in ('attributes', 'purchases')),
    name         text        not null,
    storage_key  text,                                      -- null: the file was given back
    bytes        bigint      not null,
    terms        jsonb       not null default '{}',
    state        text        not null default 'draft' check (state in ('draft', 'running', 'done', 'failed', 'stopped')),
    why          text        not null default '',
    lines_done   int         not null default 0,
    bytes_done   bigint      not null default 0,
    created      int         not null default 0,
    changed      int         not null default 0,
    unchanged    int         not null default 0,
    refused      int         not null default 0,
    started_by   uuid,
    created_at   timestamptz not null default clock_timestamp(),
    started_at   timestamptz,
    ended_at     timestamptz,
    check (state <> 'running' or storage_key is not null)
  );
  create index customer_import_lately on customer_import (created_at desc);

  -- Lines of an import that could not be taken, and why.
  create table import_fault (
    import_id  uuid  not null references customer_import on delete cascade,
    line       int   not null,
    field      text  not null,
    code       text  not null,
    value      text  not null default '',
    primary key (import_id, line, field)
  );
`;

const tiers = `
  -- How tiers follow from what customers bought, in one row. A run goes over all people in portions; at_customer: how far this one is.
  create table tier_terms (
    singleton    boolean     primary key default true check (singleton),
    enabled      boolean     not null default false,
    terms        jsonb       not null default '{}',
    version      int         not null default 1,
    due_at       timestamptz,
    at_customer  uuid,
    run_at       timestamptz,
    last_run     jsonb
  );
  insert into tier_terms default values;

  -- Why somebody has the tier that they have. hand: somebody set it, and runs leave it alone · value: computed. Who has a tier and no row
  -- here has it by hand, from before.
  create table customer_tier (
    customer_id  uuid        primary key references customer,
    source       text        not null check (source in ('hand', 'value')),
    tier         smallint    not null check (tier between 0 and 9),
    reason       jsonb       not null default '{}',
    set_by       uuid,
    at           timestamptz not null default clock_timestamp()
  );
`;
