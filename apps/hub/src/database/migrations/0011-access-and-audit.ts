import type { MigrationInterface, QueryRunner } from 'typeorm';
import { failpoint } from '#failpoint';

/** Sessions, keys, settings, and the unbroken record of who did what. */
export class AccessAndAudit implements MigrationInterface {
  readonly name = 'AccessAndAudit1795000011000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A signed-in agent, or a visitor's browser; secrets are kept as hashes.
      create table session (
        id            uuid        primary key,
        agent_id      uuid        references agent,
        identity_id   uuid        references identity,
        token_hash    bytea       not null unique,
        created_at    timestamptz not null default clock_timestamp(),
        last_seen_at  timestamptz not null default clock_timestamp(),
        expires_at    timestamptz not null,
        revoked_at    timestamptz,
        check (num_nonnulls(agent_id, identity_id) = 1)
      );
      create index session_of_agent on session (agent_id) where revoked_at is null;
      create index session_of_identity on session (identity_id) where revoked_at is null;

      -- A key for programs; kept as a hash.
      create table api_key (
        id          uuid        primary key,
        agent_id    uuid        not null references agent,  -- acts with this account's rights, narrowed by scopes
        name        text        not null,
        token_hash  bytea       not null unique,
        scopes      text[]      not null,
        created_at  timestamptz not null default clock_timestamp(),
        expires_at  timestamptz,
        revoked_at  timestamptz
      );

      -- The answer to an unsafe call, kept for whoever repeats it with the same Idempotency-Key.
      create table idempotency_key (
        actor_id      uuid        not null,
        key           text        not null,
        request_hash  bytea       not null,
        status        smallint,
        answer        text,
        at            timestamptz not null default clock_timestamp(),
        primary key (actor_id, key)
      );

      -- Settings of the installation; secrets are not kept here.
      create table setting (
        key         text        primary key,
        value       jsonb       not null,
        changed_at  timestamptz not null default clock_timestamp()
      );

      -- Who did what. An unbroken chain: each entry hashes the one before it, an entry is followed once, one entry is first.
      -- entry is canonical JSON as text. A writer reads the newest under an advisory lock. Publish the newest hash outside now and
      -- then: a chain cannot show a cut tail by itself.
      create table audit (
        id         uuid         primary key,
        at         timestamptz  not null default clock_timestamp(),
        actor_id   uuid,
        action     text         not null,
        entry      text         not null,
        prev_hash  bytea        unique nulls not distinct,
        hash       bytea        not null unique,
        foreign key (prev_hash) references audit (hash),
        check (hash = sha256(coalesce(prev_hash, ''::bytea) || convert_to(entry, 'UTF8')))
      );
      create index audit_newest on audit (at desc);

      create trigger append_only before update or delete on audit for each row execute function append_only();
      create trigger append_only_whole before truncate on audit execute function append_only();
    `);
    failpoint('migration.before-commit');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table audit;
      drop table setting;
      drop table idempotency_key;
      drop table api_key;
      drop table session;
    `);
  }
}
