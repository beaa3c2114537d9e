import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Roles of the organisation's own, when a key was last used, and an audit that can be searched. */
export class OwnRoles implements MigrationInterface {
  readonly name = 'OwnRoles1795000058000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table own_role (
        id           uuid      primary key,
        version      integer   not null default 1,
        name         jsonb     not null check (name <> '{}'),
        base         text      not null check (base in ('agent', 'supervisor')),
        permissions  text[]    not null,
        sees         text      not null check (sees in ('all', 'own_queues')),
        unique (id, base),
        -- An agent reads what is in their queues, whatever else they may do.
        constraint own_role_scope check (base = 'supervisor' or sees = 'own_queues')
      );

      -- The account's role follows the base, so whatever reads the one cannot contradict the other. An administrator has none of them.
      alter table agent add column own_role_id uuid;
      alter table agent add constraint agent_own_role foreign key (own_role_id, role) references own_role (id, base)
        on update cascade;
      create index agent_of_own_role on agent (own_role_id) where own_role_id is not null;

      alter table api_key add column last_used_at timestamptz;
      create index api_key_of_agent on api_key (agent_id) where revoked_at is null;

      -- The audit by any word of an entry: an id of a subject, a name of a field.
      create index audit_words on audit using gin (entry gin_trgm_ops);
      create index audit_of_actor on audit (actor_id, at desc);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index audit_of_actor;
      drop index audit_words;
      drop index api_key_of_agent;
      alter table api_key drop column last_used_at;
      alter table agent drop constraint agent_own_role, drop column own_role_id;
      drop table own_role;
    `);
  }
}
