import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was said in another product, brought here: files that are read first, looked at, and then written down person by person. */
export class Histories implements MigrationInterface {
  readonly name = 'Histories1795000067000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`${imports}${readings}${brought}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table history_conversation;
      drop table history_brought;
      drop table history_fault;
      drop table history_match;
      drop table history_message;
      drop table history_ticket;
      drop table history_inbox;
      drop table history_person;
      drop table history_file;
      drop table history_import;
    `);
  }
}

const imports = `
  -- A history on its way here. source: the product and which account of it, so that what came once is known again. terms: which inbox
  -- becomes which queue and channel, and so on. Who works on it holds it until held_until.
  create table history_import (
    id            uuid        primary key,
    system        text        not null check (system in ('zendesk', 'chatwoot', 'zammad', 'freescout')),
    source        text        not null check (source <> '' and length(source) <= 120),
    state         text        not null default 'draft'
                              check (state in ('draft', 'reading', 'read', 'running', 'stopped', 'done', 'failed')),
    why           text        not null default '',
    terms         jsonb       not null default '{}',
    people        int         not null default 0,         -- customers, as they come: duplicates are one
    people_done   int         not null default 0,
    added_people  int         not null default 0,
    joined_people int         not null default 0,         -- who were here already
    tickets       int         not null default 0,
    added_tickets int         not null default 0,
    messages      int         not null default 0,
    added_messages int        not null default 0,
    known         int         not null default 0,         -- messages that an earlier import brought
    refused       int         not null default 0,
    held_until    timestamptz,
    started_by    uuid,                                   -- an agent; plain
    created_at    timestamptz not null default clock_timestamp(),
    ended_at      timestamptz
  );
  create index history_import_lately on history_import (created_at desc);

  -- Its files. Records are read in order and in portions, each with the place it came to.
  create table history_file (
    import_id     uuid        not null references history_import on delete cascade,
    position      int         not null,
    name          text        not null,
    storage_key   text        unique,                     -- null: the file was taken away
    bytes         bigint      not null,
    records_done  int         not null default 0,
    bytes_done    bigint      not null default 0,
    read_at       timestamptz,
    primary key (import_id, position)
  );
  create trigger history_leaves_no_file after delete on history_file
    for each row when (old.storage_key is not null) execute function file_is_spent();
  create trigger history_changes_file after update of storage_key on history_file
    for each row when (old.storage_key is not null and old.storage_key is distinct from new.storage_key)
    execute function file_is_spent();
`;

const readings = `
  -- What was read and is not here yet. Keys are those of the other product.
  create table history_person (
    import_id  uuid     not null references history_import on delete cascade,
    key        text     not null,
    name       text     not null default '',
    name_key   text     not null default '',
    emails     text[]   not null default '{}',
    phones     text[]   not null default '{}',
    is_staff   boolean  not null default false,
    root       text,                                      -- the key by which all who are one are brought together
    done       boolean  not null default false,
    primary key (import_id, key)
  );
  create index history_person_next on history_person (import_id, root) where not done;

  create table history_inbox (
    import_id  uuid  not null references history_import on delete cascade,
    key        text  not null,
    name       text  not null,
    primary key (import_id, key)
  );

  create table history_ticket (
    import_id   uuid         not null references history_import on delete cascade,
    key         text         not null,
    person      text         not null,
    subject     text         not null default '',
    is_open     boolean      not null,
    tags        text[]       not null default '{}',
    inbox       text         not null default '',
    assignee    jsonb,
    priority    smallint     not null check (priority between 1 and 4),
    opened_at   timestamptz,
    closed_at   timestamptz,
    primary key (import_id, key)
  );
  create index history_ticket_of on history_ticket (import_id, person);

  create table history_message (
    import_id  uuid         not null references history_import on delete cascade,
    key        text         not null,
    ticket     text         not null,
    direction  text         check (direction in ('in', 'out', 'internal')),
    author     jsonb        not null,
    body       text         not null default '',
    at         timestamptz  not null,
    files      jsonb        not null default '[]',
    primary key (import_id, key)
  );
  create index history_message_of on history_message (import_id, ticket, at);

  -- People of the files who may be one, and why. is_joined: they come as one; an administrator may choose otherwise.
  create table history_match (
    id         uuid     primary key,
    import_id  uuid     not null references history_import on delete cascade,
    kind       text     not null check (kind in ('email', 'phone', 'similar_email', 'name')),
    value      text     not null,
    people     text[]   not null check (cardinality(people) > 1),
    is_joined  boolean  not null,
    unique (import_id, kind, value)
  );

  -- Records that could not be read, and why.
  create table history_fault (
    import_id  uuid  not null references history_import on delete cascade,
    file       int   not null,
    record     int   not null,
    part       text  not null default '',
    code       text  not null,
    primary key (import_id, file, record, part, code)
  );
`;

const brought = `
  -- What came from where, for good: the same thing comes once, whoever imports it how often.
  create table history_brought (
    source      text         not null,
    kind        text         not null check (kind in ('person', 'ticket', 'message')),
    key         text         not null,
    target      uuid         not null,                     -- a customer, ticket or message; plain
    brought_at  timestamptz  not null default clock_timestamp(),
    primary key (source, kind, key)
  );
  create index history_brought_as on history_brought (target);

  -- Conversations that imports made. Somebody who was here already gets what was said elsewhere in one of these, joined to their own: its
  -- messages keep their times, and nothing that was here moves.
  create table history_conversation (
    conversation_id  uuid  primary key references conversation on delete cascade
  );
`;
