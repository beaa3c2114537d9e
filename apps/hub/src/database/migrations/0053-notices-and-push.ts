import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What concerns an agent and is kept for them until they look, and the browsers that may be woken for it. */
export class NoticesAndPush implements MigrationInterface {
  readonly name = 'NoticesAndPush1795000053000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Holds no words: what is told of it is read anew, with the rights of whoever reads. Kept for thirty days.
      create table notice (
        id               uuid         primary key,
        agent_id         uuid         not null references agent on delete cascade,
        kind             text         not null check (kind in ('mention', 'assigned', 'promise', 'reply', 'failed')),
        position         bigint       not null,              -- event_log.position; the log may be pruned
        conversation_id  uuid         not null references conversation on delete cascade,
        ticket_id        uuid         references ticket on delete cascade,
        seq              bigint,                             -- of the message that it is about
        actor_id         uuid         references agent on delete set null,
        detail           jsonb        not null default '{}',
        at               timestamptz  not null,
        read_at          timestamptz,
        unique (agent_id, position)
      );
      create index notice_page on notice (agent_id, id desc);
      create index notice_unread on notice (agent_id, ticket_id) where read_at is null;
      create index notice_of_conversation on notice (conversation_id);
      create index notice_of_ticket on notice (ticket_id);

      -- The key by which push services know this installation. One for all nodes.
      create table push_key (
        id           uuid         primary key,
        public_key   text         not null,                  -- base64url, as browsers ask for it
        private_key  bytea        not null,                  -- AES-256-GCM
        created_at   timestamptz  not null default clock_timestamp()
      );
      create unique index push_key_is_one on push_key ((true));

      -- A browser that may be woken, for as long as the session lives that it signed up with.
      create table push_subscription (
        id          uuid         primary key,
        agent_id    uuid         not null references agent on delete cascade,
        session_id  uuid         not null references session on delete cascade,
        endpoint    text         not null unique,
        p256dh      text         not null,
        auth        text         not null,
        with_text   boolean      not null default false,     -- whether what was written may be shown
        created_at  timestamptz  not null default clock_timestamp()
      );
      create index push_subscription_of_agent on push_subscription (agent_id);
      create index push_subscription_of_session on push_subscription (session_id);

      -- What a browser is still to be woken for.
      create table push_due (
        notice_id        uuid         not null references notice on delete cascade,
        subscription_id  uuid         not null references push_subscription on delete cascade,
        due_at           timestamptz  not null,              -- while it is sent: the end of the lease
        tries            int          not null default 0,
        primary key (notice_id, subscription_id)
      );
      create index push_due_next on push_due (due_at);
      create index push_due_of_subscription on push_due (subscription_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table push_due; drop table push_subscription; drop table push_key; drop table notice;');
    await runner.query(`delete from fact_cursor where reader = 'notices'`);
  }
}
