import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What lines play, and what is kept of what was said on them. A recording is known the moment its call's message names it, in the same
 * transaction; it is kept only by consent, and its bytes go with its row, whoever deletes that.
 */
export class PromptsAndRecordings implements MigrationInterface {
  readonly name = 'PromptsAndRecordings1795000048000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(triggers);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger recordings_are_redacted on message;
      drop trigger recordings_are_told on message;
      drop table recording_listen;
      drop table recording_pause;
      drop table call_recording;
      drop table prompt_gap;
      drop table prompt;
      drop table spent_file;
      drop function recordings_are_redacted();
      drop function recordings_are_told();
      drop function file_is_spent();
      alter table channel drop column recording;
      alter table queue drop column recording;
    `);
  }
}

const tables = `
      -- recording: {mode, keepDays}. Of a channel it wins over that of the call's queue, unless its mode is 'queue' or missing.
      alter table queue add column recording jsonb not null default '{}';
      alter table channel add column recording jsonb not null default '{}';

      -- Files in storage whose row is gone: removed soon, and again until it worked.
      create table spent_file (
        storage_key  text         primary key,
        since        timestamptz  not null default clock_timestamp()
      );

      create table prompt (
        name         text         not null check (length(name) <= 200),
        locale       text         not null check (locale in ('fa', 'en')),
        sha256       bytea        not null check (length(sha256) = 32),
        bytes        int          not null check (bytes > 0),
        ms           int          not null check (ms >= 0),
        storage_key  text         not null unique,
        changed_at   timestamptz  not null default clock_timestamp(),
        primary key (name, locale)
      );

      -- What lines wanted to play and nobody had recorded.
      create table prompt_gap (
        name      text         not null check (length(name) <= 200),
        locale    text         not null check (locale in ('fa', 'en')),
        times     int          not null check (times > 0),
        last_at   timestamptz  not null default clock_timestamp(),
        primary key (name, locale)
      );

      -- state: due (to be decided and fetched) · kept · refused (nobody consented, or nothing is to be recorded) · failed (the provider
      -- does not have it) · gone (deleted here). consent…: as they stood on the call when it was decided.
      create table call_recording (
        id               uuid         primary key default gen_random_uuid(),
        channel_id       uuid         not null references channel,
        call_id          text         not null,
        provider_id      text         not null,
        conversation_id  uuid         not null references conversation,
        seq              bigint       not null,
        reference        text,                                       -- due: what the adapter fetches it by; never shown
        seconds          int,
        state            text         not null default 'due' check (state in ('due', 'kept', 'refused', 'failed', 'gone')),
        reason           text,                                       -- refused, failed, gone: why
        consent          text,
        consent_at       timestamptz,
        consent_prompt   text,
        attempts         int          not null default 0,
        due_at           timestamptz  not null default clock_timestamp(),
        lease            uuid,                                       -- whose fetch counts
        bytes            bigint,
        sha256           bytea        check (length(sha256) = 32),
        media_type       text,
        storage_key      text         unique,
        settled_at       timestamptz,                                -- kept, refused, failed
        keep_until       timestamptz,                                -- kept: null for as long as nobody deletes it
        gone_at          timestamptz,
        forget           boolean      not null default false,        -- to be deleted at the provider, from due_at on
        unique (channel_id, call_id, provider_id),
        foreign key (conversation_id, seq) references message (conversation_id, seq),
        check (state = 'kept' or storage_key is null),
        check (state <> 'kept' or (sha256 is not null and storage_key is not null and consent in ('announced', 'granted')
               and consent_at is not null and consent_prompt is not null)),
        check (state <> 'gone' or gone_at is not null)
      );
      create index call_recording_of_message on call_recording (conversation_id, seq);
      create index call_recording_due on call_recording (due_at) where state = 'due';
      create index call_recording_over on call_recording (keep_until) where state = 'kept';
      create index call_recording_forget on call_recording (due_at) where forget;

      -- While it stands open nothing is recorded. The agents' ids stay when they leave.
      create table recording_pause (
        id               uuid         primary key,
        conversation_id  uuid         not null references conversation,
        seq              bigint       not null,
        paused_at        timestamptz  not null default clock_timestamp(),
        paused_by        uuid         not null,
        resumed_at       timestamptz,
        resumed_by       uuid,
        foreign key (conversation_id, seq) references message (conversation_id, seq)
      );
      create unique index recording_pause_open on recording_pause (conversation_id, seq) where resumed_at is null;
      create index recording_pause_of_message on recording_pause (conversation_id, seq);

      -- Who listened, to the minute.
      create table recording_listen (
        recording_id  uuid         not null references call_recording on delete cascade,
        agent_id      uuid         not null references agent,
        minute        timestamptz  not null,
        primary key (recording_id, agent_id, minute)
      );
      create index recording_listen_of_agent on recording_listen (agent_id);
    `;

const triggers = `
      create function file_is_spent() returns trigger language plpgsql as $$
      begin
        insert into spent_file (storage_key) values (old.storage_key) on conflict do nothing;
        return null;
      end $$;
      create trigger recording_leaves_no_file after delete on call_recording
        for each row when (old.storage_key is not null) execute function file_is_spent();
      create trigger recording_changes_file after update of storage_key on call_recording
        for each row when (old.storage_key is not null and old.storage_key is distinct from new.storage_key)
        execute function file_is_spent();
      create trigger prompt_leaves_no_file after delete on prompt for each row execute function file_is_spent();
      create trigger prompt_changes_file after update of storage_key on prompt
        for each row when (old.storage_key <> new.storage_key) execute function file_is_spent();

      create function recordings_are_told() returns trigger language plpgsql as $$
      begin
        insert into call_recording as r (channel_id, call_id, provider_id, conversation_id, seq, reference, seconds)
        -- Told twice in one message it is one; an id that no index could hold is none.
        select distinct on (told.id) new.channel_id, new.content #>> '{call,callId}', told.id, new.conversation_id, new.seq, told.url,
               case when told.seconds between 0 and 86400 then round(told.seconds)::int end
        from jsonb_to_recordset(new.content #> '{call,details,recordings}') as told(id text, url text, seconds numeric)
        where length(told.id) between 1 and 500 and told.url <> ''
        order by told.id, told.seconds desc nulls last
        on conflict (channel_id, call_id, provider_id) do update set seconds = excluded.seconds
          where r.seconds is null and excluded.seconds is not null;
        return null;
      end $$;
      create trigger recordings_are_told after insert or update of content on message for each row
        when (new.kind = 'call' and new.channel_id is not null and new.redacted_at is null and not new.content ? 'past'
              and jsonb_typeof(new.content #> '{call,details,recordings}') = 'array')
        execute function recordings_are_told();

      create function recordings_are_redacted() returns trigger language plpgsql as $$
      begin
        update call_recording r
        set state = 'gone', reason = 'redacted', gone_at = clock_timestamp(), storage_key = null, reference = null, lease = null,
            due_at = clock_timestamp(),
            forget = exists (select 1 from phone_call p where p.channel_id = r.channel_id and p.call_id = r.call_id)
        where r.conversation_id = new.conversation_id and r.seq = new.seq and r.state <> 'gone';
        return null;
      end $$;
      create trigger recordings_are_redacted after update of redacted_at on message for each row
        when (new.kind = 'call' and new.redacted_at is not null and old.redacted_at is null)
        execute function recordings_are_redacted();
    `;
