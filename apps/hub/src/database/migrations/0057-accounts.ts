import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How people come into their accounts, prove themselves twice, and see where they are signed in. */
export class Accounts implements MigrationInterface {
  readonly name = 'Accounts1795000057000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table agent
        add column invited_at    timestamptz,                    -- they were asked to join and have not come yet
        add column totp_pending  bytea,                          -- sealed; becomes the secret with its first code
        add column totp_since    timestamptz,
        add column totp_step     bigint  not null default 0,     -- the step of time of the last code that was taken
        add constraint agent_totp_whole check ((totp_secret is null) = (totp_since is null));

      alter table session
        add column user_agent  text not null default '',
        add column address     text not null default '';         -- where it was begun

      -- A link that somebody opens once: to join, or to choose a new password. A newer one of its kind takes the place of the older.
      create table account_link (
        id          uuid         primary key,
        agent_id    uuid         not null references agent,
        kind        text         not null check (kind in ('invite', 'reset')),
        token_hash  bytea        not null unique,
        made_by     uuid         references agent,               -- null: its owner, or somebody at the machine
        made_at     timestamptz  not null default clock_timestamp(),
        expires_at  timestamptz  not null,
        mailed_at   timestamptz,
        used_at     timestamptz,
        revoked_at  timestamptz,
        check (num_nonnulls(used_at, revoked_at) <= 1),
        check (expires_at > made_at)
      );
      create unique index account_link_live on account_link (agent_id, kind) where used_at is null and revoked_at is null;

      create function account_link_is_over() returns trigger language plpgsql as $$
      begin
        if num_nonnulls(old.used_at, old.revoked_at) > 0 then
          raise exception 'an account link that is over stays over' using errcode = 'check_violation';
        end if;
        return new;
      end $$;
      create trigger account_link_is_over before update on account_link for each row execute function account_link_is_over();

      -- What opens the account once when the authenticator is lost. Keyed hashes: the codes are short enough to be written down.
      create table recovery_code (
        agent_id   uuid         not null references agent,
        code_hash  bytea        not null,
        used_at    timestamptz,
        primary key (agent_id, code_hash)
      );

      -- The password was right, and something more is asked before there is a session.
      create table sign_in_step (
        id          uuid         primary key,
        agent_id    uuid         not null references agent,
        token_hash  bytea        not null unique,
        kind        text         not null check (kind in ('code', 'enrol')),
        tries       smallint     not null default 0 check (tries between 0 and 5),
        expires_at  timestamptz  not null,
        ended_at    timestamptz
      );
      create index sign_in_step_of_agent on sign_in_step (agent_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table sign_in_step;
      drop table recovery_code;
      drop table account_link;
      drop function account_link_is_over;
      alter table session drop column address, drop column user_agent;
      alter table agent drop constraint agent_totp_whole, drop column totp_step, drop column totp_since, drop column totp_pending, drop column invited_at;
    `);
  }
}
