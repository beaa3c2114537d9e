import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Channels, the one conversation of each customer, and its messages. */
export class Timeline implements MigrationInterface {
  readonly name = 'Timeline1795000003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A configured way in and out. Its queue and script are plain uuids: channels know neither tickets nor bots.
      create table channel (
        id          uuid        primary key,
        kind        text        not null check (kind in ('email', 'sms', 'telegram', 'web', 'phone', 'messages')),
        name        text        not null unique,
        config      jsonb       not null default '{}',
        secrets     bytea,                                  -- AES-256-GCM
        key_id      text,
        queue_id    uuid,
        script_id   uuid,
        enabled     boolean     not null default true,
        demo        boolean     not null default false,
        created_at  timestamptz not null default now(),
        check ((secrets is null) = (key_id is null))
      );

      -- The one endless conversation of one customer; never moves. last_seq counts messages, rev counts changes, holder_epoch
      -- counts changes of the speaker (holder is derived from live work; it is stored so that a late bot can be refused).
      create table conversation (
        id               uuid        primary key,
        customer_id      uuid        not null unique references customer,
        last_seq         bigint      not null default 0,
        rev              bigint      not null default 0,
        last_message_at  timestamptz,
        holder           text        not null default 'none' check (holder in ('none', 'bot', 'queue', 'agent')),
        holder_id        uuid,                              -- the bot session, queue or agent; plain
        holder_epoch     bigint      not null default 0,
        check ((holder = 'none') = (holder_id is null))
      ) with (fillfactor = 70);

      -- 1–1 from the other side: a customer without a conversation cannot be committed.
      alter table customer add constraint customer_has_conversation
        foreign key (id) references conversation (customer_id) deferrable initially deferred;

      -- The counters of a conversation only go forward, one by one; the epoch moves with the holder and only then.
      create function conversation_moves() returns trigger language plpgsql as $$
      begin
        if new.id <> old.id or new.customer_id <> old.customer_id then
          perform refuse('a conversation never moves');
        end if;
        if new.rev not in (old.rev, old.rev + 1) or new.last_seq not in (old.last_seq, old.last_seq + 1) then
          perform refuse('rev and last_seq count by one');
        end if;
        if new.last_seq > old.last_seq and new.last_message_at <= old.last_message_at then
          perform refuse('a message cannot be earlier than the one before it');
        end if;
        if new.holder_epoch <> old.holder_epoch then
          perform refuse('holder_epoch moves by itself, with the holder');
        end if;
        if (new.holder, new.holder_id) is distinct from (old.holder, old.holder_id) then
          new.holder_epoch := old.holder_epoch + 1;
        end if;
        if new is distinct from old then
          new.rev := old.rev + 1;
        end if;
        return new;
      end $$;
      create trigger conversation_moves before update on conversation for each row execute function conversation_moves();

      create function conversation_starts_empty() returns trigger language plpgsql as $$
      begin
        perform refuse('a conversation starts empty, without a holder');
        return null;
      end $$;
      create trigger conversation_starts_empty before insert on conversation for each row
        when (new.last_seq <> 0 or new.rev <> 0 or new.holder_epoch <> 0 or new.holder <> 'none' or new.last_message_at is not null)
        execute function conversation_starts_empty();

      -- An e-mail thread inside a conversation; its Message-ID chain is message.mail_id. Also the line that its mails leave by.
      create table thread (
        id               uuid        primary key,
        conversation_id  uuid        not null references conversation,
        channel_id       uuid        not null references channel,
        subject          text        not null default '',
        participants     text[]      not null default '{}', -- normalised addresses that may continue it
        verified         boolean     not null default false,
        created_at       timestamptz not null default now(),
        unique (id, conversation_id, channel_id)
      );
      create index thread_of_conversation on thread (conversation_id);

      -- One entry of the timeline: a text, call, note, key press or event. (conversation_id, seq) is its name: gap-free, final, and
      -- in the order of at. Only ticket_id, delivery and content (edit, redaction, a growing call) change, and each change takes a
      -- new rev. Not deleted except by a journaled erasure. Insert it without seq, or with the seq you expect.
      create table message (
        conversation_id  uuid        not null references conversation,
        seq              bigint      not null check (seq > 0),
        id               uuid        not null unique,
        rev              bigint      not null,
        at               timestamptz not null,              -- set under the conversation's lock; an import may give a later one
        sent_at          timestamptz,                       -- what the provider says; shown, never ordered by
        channel_id       uuid        references channel,    -- null for notes and events
        thread_id        uuid,
        identity_id      uuid        references identity,   -- who it came from or goes to
        external_id      text,                              -- the provider's id
        mail_id          text,                              -- Message-ID
        ticket_id        uuid,                              -- plain: the hub's migration adds the foreign key
        ticket_reason    text,                              -- why it joined that ticket
        direction        text        not null check (direction in ('in', 'out', 'internal')),
        author           text        not null check (author in ('customer', 'agent', 'bot', 'system')),
        author_id        uuid,                              -- agent or bot session; plain
        bot_epoch        bigint,                            -- the holder_epoch a bot spoke under
        kind             text        not null default 'text' check (kind in ('text', 'note', 'call', 'keys', 'form', 'event')),
        body             text        not null default '',
        content          jsonb       not null default '{}', -- call state, buttons, sanitised HTML reference
        search_text      text        not null default '',   -- matchKey(body)
        search           tsvector    generated always as (to_tsvector('simple', search_text)) stored,
        delivery         text        check (delivery in ('queued', 'sent', 'delivered', 'read', 'unconfirmed', 'parked', 'failed')),
        edited_at        timestamptz,
        redacted_at      timestamptz,
        primary key (conversation_id, seq),
        foreign key (thread_id, conversation_id, channel_id) references thread (id, conversation_id, channel_id),
        check ((direction = 'in') = (author = 'customer')),
        check ((author = 'bot') = (bot_epoch is not null)),
        check (direction = 'internal' or channel_id is not null),
        check (thread_id is null or channel_id is not null),
        check (delivery is null or direction = 'out'),
        check (redacted_at is null or (body = '' and search_text = ''))
      );
      create unique index message_external on message (channel_id, external_id) where external_id is not null;
      create unique index message_timeline on message (conversation_id, at, id);         -- timeline page of a person
      create index message_catch_up on message (conversation_id, rev);                   -- catch-up
      create index message_mail_id on message (channel_id, mail_id) where mail_id is not null;
      create index message_of_ticket on message (ticket_id, conversation_id, seq) where ticket_id is not null;
      create index message_search on message using gin (search);

      -- Locks the conversation, counts, and stamps seq, rev and at. Works for many rows of one conversation in one statement.
      -- That statement must not write the conversation itself, and must not dedupe with ON CONFLICT here: inbound_event does.
      create function message_append() returns trigger language plpgsql as $$
      declare
        c record;
      begin
        if new.at > clock_timestamp() then
          perform refuse('a message cannot come from the future');
        end if;
        update conversation
           set last_seq = last_seq + 1,
               rev = rev + 1,
               last_message_at = coalesce(new.at, greatest(clock_timestamp(), last_message_at + interval '1 microsecond'))
         where id = new.conversation_id
        returning last_seq, rev, last_message_at, holder, holder_epoch into c;
        if not found then
          raise foreign_key_violation using message = format('no conversation %s', new.conversation_id);
        end if;
        if new.seq <> c.last_seq then
          perform refuse(format('seq %s is not the next one, %s is', new.seq, c.last_seq));
        end if;
        if new.author = 'bot' and (c.holder <> 'bot' or new.bot_epoch is distinct from c.holder_epoch) then
          perform refuse(format('the bot no longer speaks here: epoch %s, now %s held by %s', new.bot_epoch, c.holder_epoch, c.holder));
        end if;
        new.seq := c.last_seq;
        new.rev := c.rev;
        new.at := c.last_message_at;
        return new;
      end $$;
      create trigger message_append before insert on message for each row execute function message_append();

      create function message_change() returns trigger language plpgsql as $$
      begin
        if (new.conversation_id, new.seq, new.id, new.at, new.channel_id, new.thread_id,
            new.direction, new.author, new.author_id, new.bot_epoch)
           is distinct from
           (old.conversation_id, old.seq, old.id, old.at, old.channel_id, old.thread_id,
            old.direction, old.author, old.author_id, old.bot_epoch)
           or (old.external_id is not null and new.external_id is distinct from old.external_id) then
          perform refuse('a message keeps its place, author and channel');
        end if;
        update conversation set rev = rev + 1 where id = old.conversation_id returning rev into new.rev;
        return new;
      end $$;
      create trigger message_change before update on message for each row execute function message_change();

      create function message_stays() returns trigger language plpgsql as $$
      begin
        if not journaled(old.conversation_id, '{}', 'erasure') then
          perform refuse('a message is redacted, not deleted');
        end if;
        return old;
      end $$;
      create trigger message_stays before delete on message for each row execute function message_stays();

      -- last_seq must be a message at commit. This is what catches an insert skipped by ON CONFLICT after it was counted.
      create function last_seq_is_a_message() returns trigger language plpgsql as $$
      begin
        if not exists (select 1 from message where conversation_id = new.id and seq = new.last_seq)
           and exists (select 1 from conversation where id = new.id) then
          perform refuse(format('conversation %s has no message %s', new.id, new.last_seq));
        end if;
        return null;
      end $$;
      create constraint trigger last_seq_is_a_message after update on conversation deferrable initially deferred
        for each row when (new.last_seq <> old.last_seq) execute function last_seq_is_a_message();

      -- A file of a message; the bytes live in storage. Uploaded first, bound to its message when that is written; or named by the
      -- provider's reference and fetched later.
      create table attachment (
        id               uuid        primary key,
        conversation_id  uuid        not null references conversation,
        seq              bigint,
        name             text        not null,
        media_type       text        not null,              -- sniffed, not declared
        bytes            bigint      not null check (bytes >= 0),
        sha256           bytea       check (length(sha256) = 32),
        storage_key      text        not null unique,
        content_id       text,
        state            text        not null default 'stored' check (state in ('stored', 'fetching', 'quarantined', 'erased')),
        reference        text,                              -- what the adapter fetches it by
        fetch_attempts   int         not null default 0 check (fetch_attempts >= 0),
        due_at           timestamptz not null default clock_timestamp(), -- fetching: not before
        created_at       timestamptz not null default now(),
        foreign key (conversation_id, seq) references message (conversation_id, seq),
        check (state = 'fetching' or sha256 is not null),
        check (state <> 'fetching' or reference is not null)
      );
      create index attachment_of_message on attachment (conversation_id, seq);
      create index attachment_fetch_due on attachment (due_at) where state = 'fetching';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table attachment;
      drop table message;
      drop table thread;
      alter table customer drop constraint customer_has_conversation;
      drop table conversation;
      drop table channel;
      drop function last_seq_is_a_message();
      drop function message_stays();
      drop function message_change();
      drop function message_append();
      drop function conversation_starts_empty();
      drop function conversation_moves();
    `);
  }
}
