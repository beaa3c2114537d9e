import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who works, what they can do, and the lines of work they serve. */
export class AgentsAndQueues implements MigrationInterface {
  readonly name = 'AgentsAndQueues1795000004000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A user account: agent, supervisor or administrator. used_units is what live assignments hold.
      create table agent (
        id                uuid        primary key,
        email             text        not null unique check (email = lower(btrim(email)) and email <> ''),
        name              text        not null,
        role              text        not null check (role in ('agent', 'supervisor', 'admin')),
        password_hash     text,
        totp_secret       bytea,
        locale            text        not null default 'fa',
        status            text        not null default 'offline' check (status in ('online', 'busy', 'away', 'offline')),
        cap_units         int         not null default 100 check (cap_units >= 0),
        used_units        int         not null default 0 check (used_units >= 0),
        last_assigned_at  timestamptz not null default '-infinity',
        idle_since        timestamptz,
        created_at        timestamptz not null default now(),
        last_login_at     timestamptz,
        disabled_at       timestamptz,
        demo              boolean     not null default false
      );

      -- Capacity of an agent per class of work.
      create table agent_capacity (
        agent_id  uuid  not null references agent,
        class     text  not null check (class in ('voice', 'chat', 'async')),
        cap       int   not null check (cap >= 0),
        used      int   not null default 0 check (used >= 0),
        primary key (agent_id, class)
      );

      -- One row per open console socket; an agent is present while a lease lives on the database clock.
      create table agent_presence (
        id           uuid        primary key,
        agent_id     uuid        not null references agent,
        node         text        not null,
        lease_until  timestamptz not null
      );
      create index agent_presence_lease on agent_presence (lease_until);
      create index agent_presence_of_agent on agent_presence (agent_id);

      -- What an agent can do and a work item can ask for.
      create table skill (
        id    uuid  primary key,
        name  text  not null unique
      );

      -- One level per agent and skill.
      create table agent_skill (
        agent_id  uuid      not null references agent,
        skill_id  uuid      not null references skill,
        level     smallint  not null check (level between 1 and 5),
        primary key (agent_id, skill_id)
      );

      -- A line of waiting work. restricted: messages of its tickets are placeholders for agents who do not serve it.
      create table queue (
        id             uuid     primary key,
        name           text     not null unique,
        restricted     boolean  not null default false,
        calendar_id    uuid,
        strategy       text     not null default 'longest_idle'
                                check (strategy in ('longest_idle', 'least_loaded', 'round_robin', 'broadcast')),
        accept_secs    int      check (accept_secs between 5 and 600),
        max_wait_secs  int      check (max_wait_secs > 0),
        steps          jsonb    not null default '[]',      -- rings: what changes after how long
        demo           boolean  not null default false
      );

      -- Who serves a queue; also who may read its tickets.
      create table queue_member (
        queue_id  uuid      not null references queue,
        agent_id  uuid      not null references agent,
        level     smallint  not null default 1 check (level between 1 and 5),
        primary key (queue_id, agent_id)
      );
      create index queue_member_of_agent on queue_member (agent_id);

      -- How far an agent has read; unread is last_seq minus this.
      create table read_cursor (
        agent_id         uuid    not null references agent,
        conversation_id  uuid    not null references conversation,
        seq              bigint  not null check (seq >= 0),
        primary key (agent_id, conversation_id)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table read_cursor;
      drop table queue_member;
      drop table queue;
      drop table agent_skill;
      drop table skill;
      drop table agent_presence;
      drop table agent_capacity;
      drop table agent;
    `);
  }
}
