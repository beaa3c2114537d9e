import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Webhooks that tell the organisation's programs what happened, and what is watched of each channel. */
export class WebhooksAndWatch implements MigrationInterface {
  readonly name = 'WebhooksAndWatch1795000027000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- An address that facts are told to. It tells nothing that its owner may not read. The cursor is that of event_log: everything up
      -- to it has become a delivery here or was not wished for; it moves in the transaction that writes those deliveries.
      create table webhook (
        id               uuid        primary key,
        name             text        not null,
        url              text        not null,
        owner_id         uuid        not null references agent,
        types            text[]      not null check (cardinality(types) > 0),
        ordered          boolean     not null default false, -- one at a time, oldest first; one that fails holds up those behind it
        secret           bytea       not null,              -- AES-256-GCM
        former_secret    bytea,                             -- signs as well until former_until
        former_until     timestamptz,
        enabled          boolean     not null default true,
        off_reason       text        check (off_reason in ('failing', 'gone', 'owner')), -- why Peyk switched it off; null: somebody did
        off_at           timestamptz,
        failing_since    timestamptz,                       -- nothing went well since then; null while all is well
        rest_until       timestamptz not null default '-infinity',
        cursor_xid       xid8        not null,
        cursor_position  bigint      not null,
        created_at       timestamptz not null default clock_timestamp(),
        check ((former_secret is null) = (former_until is null)),
        check (off_reason is null or not enabled)
      );

      -- A fact on its way to a webhook. Its id is the webhook-id of every try and replay. It holds the fact's ids and none of its words:
      -- those are read again for each try. attempts is the fencing token; tries counts since it was queued or replayed.
      create table webhook_delivery (
        id               uuid        primary key,
        webhook_id       uuid        not null references webhook on delete cascade,
        position         bigint      not null,              -- event_log.position; the log may be pruned
        type             text        not null,
        conversation_id  uuid,
        subject_id       uuid        not null,
        actor_id         uuid,
        payload          jsonb       not null default '{}',
        happened_at      timestamptz not null,
        state            text        not null default 'queued' check (state in ('queued', 'sending', 'sent', 'failed', 'skipped')),
        due_at           timestamptz not null default clock_timestamp(), -- queued: not before; sending: end of the lease
        attempts         int         not null default 0,
        tries            int         not null default 0,
        ended_at         timestamptz,
        unique (webhook_id, position)
      );
      create index webhook_delivery_line on webhook_delivery (webhook_id, position) where state in ('queued', 'sending');
      create index webhook_delivery_page on webhook_delivery (webhook_id, id desc);

      -- One try, and how the answer to it began. No answer: status is null and error says why.
      create table webhook_attempt (
        id           uuid        primary key,
        delivery_id  uuid        not null references webhook_delivery on delete cascade,
        at           timestamptz not null default clock_timestamp(),
        ms           int         not null check (ms >= 0),
        status       int,
        error        text,
        answer       text        not null default ''
      );
      create index webhook_attempt_of on webhook_attempt (delivery_id, id);

      -- Hours without anything coming in after which a channel that used to bring something alarms; null: never. And the day on which
      -- its password, token or app registration ends, as far as somebody has written it down.
      alter table channel
        add column silence_hours int default 72 check (silence_hours between 1 and 8760),
        add column credentials_expire date;

      -- When a channel last brought and sent something, kept beyond what is still lying in the tables.
      create table channel_traffic (
        channel_id   uuid        primary key references channel on delete cascade,
        last_in_at   timestamptz,
        last_out_at  timestamptz
      );

      -- What is wrong with a channel at present. A row that comes or goes is a fact in event_log.
      create table channel_alarm (
        channel_id  uuid        not null references channel on delete cascade,
        kind        text        not null check (kind in ('silent', 'lagging', 'expiring', 'expired', 'broken')),
        since       timestamptz not null default clock_timestamp(),
        primary key (channel_id, kind)
      );

      create index delivery_of_channel on delivery (channel_id, id desc);
      create index delivery_in_trouble on delivery (channel_id, id desc) where state in ('unconfirmed', 'parked', 'failed');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index delivery_in_trouble;
      drop index delivery_of_channel;
      drop table channel_alarm;
      drop table channel_traffic;
      alter table channel drop column credentials_expire, drop column silence_hours;
      drop table webhook_attempt;
      drop table webhook_delivery;
      drop table webhook;
    `);
  }
}
