import type { PersonalKind } from '#contract';

/**
 * Where Peyk keeps what it knows of a person. Erasing, its preview and nothing else read this list; test/api/privacy.spec.ts searches every
 * table of the database for somebody who was erased, so that a table which is new tomorrow and is missing here fails there.
 */
export interface PersonalRows {
  table: string;
  kind: PersonalKind;
  /** Which rows, r, are of the person, p: `conversations`, `customers` and `addresses`. */
  which: string;
  /** What their columns become, where a figure or another row still needs them. Without it the rows go. */
  blank?: Record<string, string>;
  /** Its rows name a file each, which goes with them. */
  namesFile?: boolean;
  /** Rows that the database lets nobody change but by the journal. $1: conversations, $2: customers. */
  journaled?: string;
}

const inConversation = 'r.conversation_id = any (p.conversations)';
const ofCustomer = 'r.customer_id = any (p.customers)';
const atAddress = 'r.address = any (p.addresses)';
const tickets = '(select t.id from ticket t where t.conversation_id = any (p.conversations))';
const identities = '(select i.id from identity i where i.customer_id = any (p.customers))';
const ofIdentity = `r.identity_id in ${identities}`;
const sessions = '(select b.id from bot_session b where b.conversation_id = any (p.conversations))';
const waitingPeople =
  '(select w.import_id, w.key from history_person w where w.emails && p.addresses or w.phones && p.addresses)';
const journals = (conversations: string, customers: string): string => `
  select j.id from merge_journal j where j.kind <> 'erasure' and j.before ?| (
    select array_agg(one.id::text) from (
      select unnest(${customers}) union all select t.id from ticket t where t.conversation_id = any (${conversations})) one(id))`;

/** Of a line of the timeline only that it was one stays, of a call also how long it took. */
const contentLeft = `case
  when r.kind = 'event' then jsonb_build_object('event', jsonb_build_object('name', coalesce(r.content #> '{event,name}', '""')))
  when r.content ? 'call' then jsonb_build_object('call', ((r.content -> 'call') - 'details') || '{"callId": "", "recordingUrl": null}')
  else '{}' end`;

/** What a person's own row points at goes before it, so that a step that is done again still finds the rest. */
export const personalRows: PersonalRows[] = [
  { table: 'held_message', kind: 'drafts', which: inConversation },
  { table: 'draft', kind: 'drafts', which: inConversation },
  // Not handed out with a person's archive: it is what colleagues say to each other about their work (docs/steering.md).
  { table: 'whisper', kind: 'other', which: inConversation },
  { table: 'raised_hand', kind: 'other', which: inConversation },
  { table: 'steering_watch', kind: 'other', which: inConversation },
  {
    table: 'quality_review',
    kind: 'other',
    which: `r.ticket_id in ${tickets}`,
    blank: {
      comment: `''`,
      answer: `case when r.answer is not null then '' end`,
      reopen_reason: `case when r.reopen_reason is not null then '' end`,
    },
  },
  {
    table: 'push_due',
    kind: 'notices',
    which: 'r.notice_id in (select n.id from notice n where n.conversation_id = any (p.conversations))',
  },
  { table: 'notice', kind: 'notices', which: inConversation },
  {
    table: 'webhook_attempt',
    kind: 'webhooks',
    which: 'r.delivery_id in (select w.id from webhook_delivery w where w.conversation_id = any (p.conversations))',
  },
  { table: 'webhook_delivery', kind: 'webhooks', which: inConversation },
  { table: 'mail_report', kind: 'raw', which: `${inConversation} or ${atAddress}` },
  { table: 'attachment', kind: 'files', which: inConversation, namesFile: true },
  {
    table: 'visitor_upload',
    kind: 'files',
    which: 'r.visitor_id::text = any (p.addresses)',
    namesFile: true,
  },
  {
    table: 'inbound_event',
    kind: 'raw',
    which: `(r.channel_id, r.external_id) in (
      select m.channel_id, m.external_id from message m where m.conversation_id = any (p.conversations) and m.external_id is not null)`,
  },
  {
    table: 'call_recording',
    kind: 'recordings',
    which: `${inConversation} and r.state <> 'gone'`,
    blank: {
      state: `'gone'`,
      reason: `'redacted'`,
      gone_at: 'clock_timestamp()',
      storage_key: 'null',
      reference: 'null',
      lease: 'null',
      due_at: 'clock_timestamp()',
      forget: 'exists (select 1 from phone_call c where c.channel_id = r.channel_id and c.call_id = r.call_id)',
    },
  },
  {
    table: 'phone_call_turn',
    kind: 'bots',
    which: `r.phone_call_id in (select c.id from phone_call c where c.conversation_id = any (p.conversations))`,
  },
  {
    table: 'call_transfer',
    kind: 'addresses',
    which: `r.to_address is not null and r.phone_call_id in (select c.id from phone_call c where c.conversation_id = any (p.conversations))`,
    blank: { to_address: `''` },
  },
  {
    table: 'phone_call',
    kind: 'addresses',
    which: inConversation,
    blank: { from_address: `''`, to_address: `''` },
  },
  { table: 'callback', kind: 'addresses', which: ofCustomer, blank: { address: `''` } },
  { table: 'bot_event', kind: 'bots', which: inConversation },
  { table: 'bot_miss', kind: 'bots', which: `r.session_id in ${sessions}` },
  {
    table: 'bot_effect',
    kind: 'bots',
    which: `r.session_id in ${sessions}`,
    blank: { payload: `'{}'`, result: 'null' },
  },
  { table: 'bot_turn', kind: 'bots', which: `r.session_id in ${sessions}`, blank: { reply: `''` } },
  { table: 'bot_session', kind: 'bots', which: inConversation, blank: { state: `'{}'` } },
  {
    table: 'delivery',
    kind: 'addresses',
    which: `${inConversation} and r.state not in ('queued', 'sending')`,
    blank: { address: `''`, provider_id: 'null', mail_id: 'null', error: 'null', only_to: 'null', missed: 'null' },
  },
  {
    table: 'survey_ask',
    kind: 'surveys',
    which: `${ofCustomer} or r.ticket_id in ${tickets}`,
    blank: { comment: `''`, token_hash: 'null' },
  },
  {
    table: 'message',
    kind: 'messages',
    which: inConversation,
    blank: {
      body: `''`,
      search_text: `''`,
      content: contentLeft,
      external_id: 'null',
      mail_id: 'null',
      redacted_at: 'coalesce(r.redacted_at, clock_timestamp())',
    },
  },
  {
    table: 'rule_run',
    kind: 'other',
    which: `${inConversation} or r.target_id in ${tickets}`,
    blank: { why: `'{}'`, detail: `''`, effects: `'[]'` },
  },
  {
    table: 'bulk_item',
    kind: 'other',
    which: `r.ticket_id in ${tickets}`,
    blank: { problem: 'null', was: 'null', became: 'null' },
  },
  { table: 'past_state', kind: 'other', which: `r.subject_id in ${tickets} or r.subject_id = any (p.customers)` },
  {
    table: 'thread',
    kind: 'other',
    which: inConversation,
    blank: { subject: `''`, participants: `'{}'`, other_ids: `'{}'` },
  },
  {
    table: 'ticket',
    kind: 'tickets',
    which: inConversation,
    blank: { subject: `''`, fields: `'{}'` },
    journaled: 'select t.id from ticket t where t.conversation_id = any ($1)',
  },
  {
    table: 'merge_journal',
    kind: 'other',
    which: `r.id in (${journals('p.conversations', 'p.customers')})`,
    blank: {
      reasons: `'[]'`,
      note: `''`,
      fields: `jsonb_strip_nulls(jsonb_build_object('from', r.fields -> 'from', 'into', r.fields -> 'into'))`,
    },
    journaled: journals('$1::uuid[]', '$2::uuid[]'),
  },
  { table: 'event_log', kind: 'other', which: inConversation },
  { table: 'session', kind: 'addresses', which: ofIdentity },
  { table: 'customer_link', kind: 'addresses', which: ofIdentity },
  { table: 'start_link', kind: 'addresses', which: ofCustomer },
  { table: 'customer_device', kind: 'addresses', which: ofCustomer },
  { table: 'visitor_presence', kind: 'addresses', which: ofIdentity },
  { table: 'visitor_wish', kind: 'addresses', which: ofIdentity },
  { table: 'visitor_consent', kind: 'addresses', which: ofIdentity },
  { table: 'site_visitor', kind: 'addresses', which: 'r.visitor_id::text = any (p.addresses)' },
  { table: 'purchase', kind: 'knowledge', which: ofCustomer },
  { table: 'customer_tier', kind: 'knowledge', which: ofCustomer },
  { table: 'customer_consent', kind: 'knowledge', which: ofCustomer },
  { table: 'channel_wish', kind: 'knowledge', which: ofCustomer },
  { table: 'outreach_person', kind: 'outreach', which: `r.person_id = any (p.customers) and r.state = 'waiting'` },
  {
    table: 'outreach_person',
    kind: 'outreach',
    which: 'r.person_id = any (p.customers)',
    blank: { address: 'null', details: `'{}'` },
  },
  { table: 'suggestion_dismissal', kind: 'other', which: 'r.a = any (p.customers) or r.b = any (p.customers)' },
  { table: 'identity_claim', kind: 'addresses', which: ofCustomer },
  { table: 'opt_out', kind: 'addresses', which: atAddress },
  { table: 'suppressed_address', kind: 'addresses', which: atAddress },
  { table: 'mail_unsubscribe', kind: 'addresses', which: atAddress },
  { table: 'automatic_answer', kind: 'addresses', which: atAddress },
  { table: 'send_count', kind: 'addresses', which: atAddress },
  { table: 'sender_line', kind: 'addresses', which: atAddress },
  {
    table: 'history_message',
    kind: 'other',
    which: `(r.import_id, r.ticket) in (
      select t.import_id, t.key from history_ticket t where (t.import_id, t.person) in ${waitingPeople})`,
  },
  { table: 'history_ticket', kind: 'other', which: `(r.import_id, r.person) in ${waitingPeople}` },
  { table: 'history_match', kind: 'other', which: 'r.value = any (p.addresses)' },
  { table: 'history_person', kind: 'other', which: 'r.emails && p.addresses or r.phones && p.addresses' },
  {
    // A table of people without numbers knows them by an address, as it was written there.
    table: 'history_fault',
    kind: 'other',
    which: `exists (select 1 from unnest(p.addresses) one where position(lower(one) in lower(r.part)) > 0)
      or exists (
        select 1 from history_import i join history_brought b on b.source = i.source and b.kind = 'person'
        where i.id = r.import_id and b.target = any (p.customers) and r.part = 'person ' || b.key)`,
  },
  { table: 'history_brought', kind: 'other', which: `r.kind = 'person' and r.target = any (p.customers)` },
  {
    table: 'import_fault',
    kind: 'other',
    which: 'exists (select 1 from unnest(p.addresses) one where position(one in r.value) > 0)',
  },
  {
    table: 'idempotency_key',
    kind: 'other',
    which: `exists (
      select 1 from (select unnest(p.addresses) union all select unnest(p.conversations || p.customers)::text
                     union all select t.id::text from ticket t where t.conversation_id = any (p.conversations)) one(said)
      where position(one.said in r.answer) > 0)`,
  },
  { table: 'report_export_part', kind: 'other', which: 'true', namesFile: true },
  { table: 'report_export', kind: 'other', which: 'true' },
  { table: 'person_export', kind: 'files', which: ofCustomer },
  {
    table: 'identity',
    kind: 'addresses',
    which: ofCustomer,
    blank: {
      address: `'erased ' || r.id`,
      retired_at: 'coalesce(r.retired_at, clock_timestamp())',
      last_seen_at: 'null',
    },
  },
  {
    table: 'customer',
    kind: 'knowledge',
    which: 'r.id = any (p.customers)',
    blank: { name: `''`, name_key: `''`, fields: `'{}'`, tz: 'null', blocked_why: `''` },
  },
];
