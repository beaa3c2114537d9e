import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People who are forgotten, handed out and held, and how long anything is kept. */
export class Privacy implements MigrationInterface {
  readonly name = 'Privacy1795000062000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`${tables}${appends(`, erased_at`, refusal)}${changes(excepted)}${exceptions}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${appends('', '')}
      ${changes('')}
      ${identities('')}
      drop trigger journal_stays on merge_journal;
      drop function journal_stays();
      create trigger append_only before update or delete on merge_journal for each row execute function append_only();
      delete from ticket_transition where journal = 'erasure';
      alter table ticket_transition drop constraint ticket_transition_journal_check;
      alter table ticket_transition add constraint ticket_transition_journal_check
        check (journal in ('', 'ticket_merge', 'ticket_undo', 'ticket_reopen', 'split_undo'));
      drop table person_export;
      drop table visitor_consent;
      drop table retention_rule;
      drop table legal_hold;
      drop table forgotten_address;
      drop table erasure;
      alter table conversation drop column erased_at;
    `);
  }
}

const tables = `
  -- Its person is erased, or is being erased: nobody reads it, and nothing is added to it.
  alter table conversation add column erased_at timestamptz;

  -- Forgetting somebody, in small steps that go on where the last one ended. What names them is kept only while it runs.
  create table erasure (
    id             uuid         primary key,
    customer_id    uuid         not null unique references customer,
    customers      uuid[]       not null,
    conversations  uuid[]       not null,
    addresses      text[]       not null,
    step           int          not null default 0,
    found          boolean      not null default false,    -- something was there to forget since the first step
    removed        jsonb        not null default '{}',     -- how many of what
    behind         uuid         not null default '00000000-0000-0000-0000-000000000000', -- how far raw traffic was searched
    asked_by       uuid,                                   -- null: their time was over
    asked_at       timestamptz  not null default clock_timestamp(),
    ended_at       timestamptz,
    check (ended_at is null or addresses = '{}')
  );
  create index erasure_running on erasure (asked_at) where ended_at is null;

  -- Addresses that imports do not bring back, by a hash that only this installation's key makes.
  create table forgotten_address (
    digest  bytea        primary key check (length(digest) = 32),
    since   timestamptz  not null default clock_timestamp()
  );

  -- Nothing of this person may go.
  create table legal_hold (
    customer_id  uuid         primary key references customer,
    why          text         not null check (btrim(why) <> '' and length(why) <= 500),
    set_by       uuid         not null,                    -- an agent; plain
    since        timestamptz  not null default clock_timestamp()
  );

  -- What goes once it is so many days old. Each rule stands for itself, so the shortest counts.
  create table retention_rule (
    id          uuid         primary key,
    what        text         not null check (what in ('words', 'files', 'recordings', 'raw', 'bots', 'webhooks', 'people')),
    channel_id  uuid         references channel on delete cascade,
    queue_id    uuid         references queue on delete cascade,
    days        int          not null check (days between 1 and 36500),
    set_by      uuid         not null,
    set_at      timestamptz  not null default clock_timestamp(),
    check (num_nonnulls(channel_id, queue_id) <= 1),
    check (what in ('words', 'files', 'recordings') or queue_id is null),
    check (what not in ('bots', 'webhooks', 'people') or channel_id is null),
    unique nulls not distinct (what, channel_id, queue_id)
  );

  -- What a visitor agreed to before their chat: the words as they stood, and when they were taken back.
  create table visitor_consent (
    id            uuid         primary key,
    channel_id    uuid         not null references channel on delete cascade,
    identity_id   uuid         not null references identity,
    version       text         not null check (version <> ''),
    words         text         not null check (words <> ''),
    given_at      timestamptz  not null default clock_timestamp(),
    withdrawn_at  timestamptz  check (withdrawn_at >= given_at)
  );
  create index visitor_consent_of_identity on visitor_consent (identity_id);

  -- All that is known of somebody as one file, for a short while.
  create table person_export (
    id           uuid         primary key,
    customer_id  uuid         not null references customer,
    with_notes   boolean      not null,
    state        text         not null default 'running' check (state in ('running', 'done', 'failed')),
    storage_key  text         unique,
    bytes        bigint,
    made_by      uuid         not null,                    -- an agent; plain
    created_at   timestamptz  not null default clock_timestamp(),
    claimed_until timestamptz not null default '-infinity',
    ended_at     timestamptz,
    expires_at   timestamptz,
    check ((state = 'running') = (ended_at is null)),
    check (storage_key is null or (state = 'done' and expires_at is not null and bytes is not null))
  );
  create index person_export_of_customer on person_export (customer_id);
  create index person_export_running on person_export (created_at) where state = 'running';
  create index person_export_over on person_export (expires_at) where storage_key is not null;
  create trigger export_leaves_no_file after delete on person_export
    for each row when (old.storage_key is not null) execute function file_is_spent();
  create trigger export_changes_file after update of storage_key on person_export
    for each row when (old.storage_key is not null and old.storage_key is distinct from new.storage_key)
    execute function file_is_spent();
`;

const refusal = `
        if c.erased_at is not null then
          perform refuse('the person of this conversation is erased');
        end if;`;

/** `also`: what else is read of the conversation; `check`: what is asked of it. */
const appends = (also: string, check: string): string => `
      create or replace function message_append() returns trigger language plpgsql as $$
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
        returning last_seq, rev, last_message_at, holder, holder_epoch${also} into c;
        if not found then
          raise foreign_key_violation using message = format('no conversation %s', new.conversation_id);
        end if;${check}
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
`;

const excepted = `
             and not journaled(old.conversation_id, '{}', 'erasure')`;

/** `unless`: when a message may lose the name that its provider gave it. */
const changes = (unless: string): string => `
      create or replace function message_change() returns trigger language plpgsql as $$
      begin
        if (new.conversation_id, new.seq, new.id, new.at, new.channel_id, new.thread_id,
            new.direction, new.author, new.author_id, new.bot_epoch)
           is distinct from
           (old.conversation_id, old.seq, old.id, old.at, old.channel_id, old.thread_id,
            old.direction, old.author, old.author_id, old.bot_epoch)
           or (old.external_id is not null and new.external_id is distinct from old.external_id${unless}) then
          perform refuse('a message keeps its place, author and channel');
        end if;
        update conversation set rev = rev + 1 where id = old.conversation_id returning rev into new.rev;
        return new;
      end $$;
`;

const identities = (unless: string): string => `
      create or replace function identity_stays() returns trigger language plpgsql as $$
      begin
        if (new.customer_id, new.kind, new.address) is distinct from (old.customer_id, old.kind, old.address)${unless} then
          perform refuse('an identity never moves: retire it, or merge the customers');
        end if;
        return new;
      end $$;
`;

const exceptions = `
  ${identities(`
           and not (new.customer_id = old.customer_id and new.kind = old.kind and new.retired_at is not null
                    and journaled(old.customer_id, '{}', 'erasure'))`)}

  -- The journal is append-only, but for words about somebody who is erased: what was changed, and when, stays.
  create function journal_stays() returns trigger language plpgsql as $$
  begin
    if tg_op = 'DELETE'
       or to_jsonb(new) - '{reasons,note,fields}'::text[] <> to_jsonb(old) - '{reasons,note,fields}'::text[]
       or not journaled(old.id, '{}', 'erasure') then
      perform refuse('merge_journal is append-only');
    end if;
    return new;
  end $$;
  drop trigger append_only on merge_journal;
  create trigger journal_stays before update or delete on merge_journal for each row execute function journal_stays();

  -- Whoever is erased leaves no open ticket behind.
  alter table ticket_transition drop constraint ticket_transition_journal_check;
  alter table ticket_transition add constraint ticket_transition_journal_check
    check (journal in ('', 'ticket_merge', 'ticket_undo', 'ticket_reopen', 'split_undo', 'erasure'));
  insert into ticket_transition (src, dst, journal) select name, 'closed', 'erasure' from ticket_state where name <> 'closed';
`;
