import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Signing in by providers of the organisation's own (OpenID Connect), and who may still do so by password. */
export class SignInProviders implements MigrationInterface {
  readonly name = 'SignInProviders1795000066000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table sign_in_provider (
        id                uuid         primary key,
        version           integer      not null default 1,
        name              text         not null check (name <> ''),
        issuer            text         not null unique,              -- as its own documents write it
        client_id         text         not null check (client_id <> ''),
        secret            bytea,                                     -- sealed; null: PKCE alone proves who redeems a code
        scopes            text[]       not null check ('openid' = any (scopes)),
        email_domains     text[]       not null default '{}',        -- none: any
        trusts_email      boolean      not null default false,       -- what it says of addresses counts as verified
        creates_accounts  boolean      not null default false,
        role              text         not null default 'agent' check (role in ('agent', 'supervisor', 'admin')),
        own_role_id       uuid,
        queue_ids         uuid[]       not null default '{}',
        groups_claim      text         check (groups_claim <> ''),
        second_factor     text         not null default 'asked' check (second_factor in ('asked', 'by_amr', 'counts')),
        enabled           boolean      not null default false,
        constraint sign_in_provider_role foreign key (own_role_id, role) references own_role (id, base) on update cascade
      );

      -- The first group that somebody is in says their role.
      create table sign_in_group (
        provider_id  uuid      not null references sign_in_provider on delete cascade,
        place        smallint  not null,
        name         text      not null check (name <> ''),
        role         text      not null check (role in ('agent', 'supervisor', 'admin')),
        own_role_id  uuid,
        primary key (provider_id, place),
        unique (provider_id, name),
        constraint sign_in_group_role foreign key (own_role_id, role) references own_role (id, base) on update cascade
      );

      -- Whom a provider knows by which account. Its own name for them never changes; their address may.
      create table agent_identity (
        id            uuid         primary key,
        agent_id      uuid         not null references agent on delete cascade,
        issuer        text         not null references sign_in_provider (issuer) on delete cascade,
        subject       text         not null check (subject <> ''),
        email         text         not null default '',              -- as the provider last said it
        made_account  boolean      not null,                         -- the account came from it, and so does its role
        linked_at     timestamptz  not null default clock_timestamp(),
        last_used_at  timestamptz  not null default clock_timestamp(),
        unique (issuer, subject),
        unique (agent_id, issuer)
      );

      -- A sign-in on its way to a provider and back. What it proves itself with is made of the browser's cookie and is not here.
      create table sign_in_flow (
        state_hash    bytea        primary key,
        browser_hash  bytea        not null,
        provider_id   uuid         not null references sign_in_provider on delete cascade,
        return_to     text         not null,
        expires_at    timestamptz  not null
      );

      alter table session add column provider_id uuid references sign_in_provider on delete set null;
      alter table sign_in_step add column provider_id uuid references sign_in_provider on delete cascade;

      alter table agent add column keeps_password boolean not null default false;

      create table sign_in_rule (
        one        boolean  primary key default true check (one),
        passwords  text     not null default 'everybody' check (passwords in ('everybody', 'some'))
      );
      insert into sign_in_rule default values;

      -- Where few may sign in by password, one of them is an administrator who can, and everybody else has a provider. All who could
      -- change that wait for one another at the one row.
      create function sign_in_stays_open() returns trigger language plpgsql as $$
      declare rule text;
      begin
        select passwords into rule from sign_in_rule for update;
        if rule = 'some' and (
          not exists (select 1 from agent where role = 'admin' and keeps_password and password_hash is not null and disabled_at is null)
          or not exists (select 1 from sign_in_provider where enabled)) then
          raise exception 'everybody would be locked out: one administrator must keep their password, and one provider must be on' using errcode = 'check_violation', constraint = 'sign_in_stays_open';
        end if;
        return null;
      end $$;
      create trigger sign_in_stays_open after update on sign_in_rule
        for each row when (new.passwords = 'some') execute function sign_in_stays_open();
      create trigger sign_in_stays_open after update of role, disabled_at, password_hash, keeps_password on agent
        for each row when (old.keeps_password) execute function sign_in_stays_open();
      create trigger sign_in_stays_open after update or delete on sign_in_provider
        for each row when (old.enabled) execute function sign_in_stays_open();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger sign_in_stays_open on agent;
      drop table sign_in_rule;
      alter table agent drop column keeps_password;
      alter table sign_in_step drop column provider_id;
      alter table session drop column provider_id;
      drop table sign_in_flow;
      drop table agent_identity;
      drop table sign_in_group;
      drop table sign_in_provider;
      drop function sign_in_stays_open;
    `);
  }
}
