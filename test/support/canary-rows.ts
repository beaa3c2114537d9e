import { v7 as uuid } from 'uuid';
import type { Writer } from './people-desk.js';

type StoredFile = { key: string; sha256: string } | undefined;

export interface CanaryPlace {
  /** The word that must be found nowhere afterwards. */
  secret: string;
  /** Their addresses: phone, mail, Telegram, web and one from outside. */
  parts: readonly Writer[];
  root: Writer;
  ticketId: string;
  agentId: string;
  queue: string;
  script: string;
  survey: string;
  /** Channels by what they carry. */
  line: string;
  telegram: string;
  site: string;
  file: StoredFile;
  sound: StoredFile;
}

/** A row of every kind that Peyk keeps of anybody, each with the secret in it, as statements with their values. */
export function canaryRows({
  secret,
  parts,
  root,
  ticketId,
  agentId,
  queue,
  script,
  survey,
  line,
  telegram,
  site,
  file,
  sound,
}: CanaryPlace): [string, unknown[]][] {
  return [
    [
      `insert into attachment (id, conversation_id, seq, name, media_type, bytes, sha256, storage_key) values ($1, $2, 1, $3, 'text/plain', 5, decode($4, 'hex'), $5)`,
      [uuid(), root.conversation, `${secret}.txt`, file?.sha256, file?.key],
    ],
    [
      `insert into call_recording (channel_id, call_id, provider_id, conversation_id, seq, state, consent, consent_at, consent_prompt, sha256, media_type, storage_key, settled_at)
       values ($1, $2, 'r', $3, 1, 'kept', 'announced', clock_timestamp(), 'p', decode($4, 'hex'), 'audio/wav', $5, clock_timestamp())`,
      [line, uuid(), root.conversation, sound?.sha256, sound?.key],
    ],
    [
      `with version as (select v.id, v.script_id from script_version v where v.script_id = $1::uuid),
            talk as (insert into bot_session (id, conversation_id, version_id, epoch, status, turn, state, started_at, ended_at)
                     select $2::uuid, $3::uuid, id, 1, 'ended', 1, $4::jsonb, now(), now() from version returning id),
            turn as (insert into bot_turn (session_id, turn, event_key, nodes, reply) select id, 1, 'e', '{}', $5 from talk returning session_id),
            effect as (insert into bot_effect (session_id, turn, ordinal, kind, payload, result, state)
                       select session_id, 1, 0, 'lookup', $4::jsonb, $4::jsonb, 'done' from turn),
            event as (insert into bot_event (conversation_id, session_id, key, kind, payload, state) select $3::uuid, id, $6, 'result', $4::jsonb, 'done' from talk)
       insert into bot_miss (id, script_id, session_id, version_id, node, locale, channel, text)
       select $2::uuid, v.script_id, t.id, v.id, 'menu', 'en', 'web', $5 from talk t, version v`,
      [script, uuid(), root.conversation, JSON.stringify({ said: secret }), `${secret} to the bot`, uuid()],
    ],
    [
      `insert into survey_ask (id, ticket_id, survey_id, kind, state, queue_id, customer_id, score, comment, asked_at, answered_at)
       values ($1, $2, $6, 'csat', 'answered', $3, $4, 5, $5, now(), now())`,
      [uuid(), ticketId, queue, root.customer, `${secret} liked it`, survey],
    ],
    [
      `insert into draft (agent_id, conversation_id, kind, content) values ($1, $2, 'text', $3)`,
      [agentId, root.conversation, JSON.stringify({ body: `> ${secret} over phone\nmine` })],
    ],
    [
      `with said as (insert into whisper (id, conversation_id, agent_id, by_id, words) select $1, $2, $3, id, $5 from agent where id <> $3 limit 1),
            seen as (insert into steering_watch (id, conversation_id, supervisor_id) values ($1, $2, $3))
       insert into raised_hand (id, conversation_id, ticket_id, agent_id, words) values ($1, $2, $4, $3, $5)`,
      [uuid(), root.conversation, agentId, ticketId, `${secret} whispered`],
    ],
    [
      `with drawn as (insert into quality_sample (id, name, version, wish, seed, population, made_by) select $1::uuid, 'Week', 1, '{}', 's', 1, $2::uuid returning id),
            work as (insert into quality_sample_ticket (sample_id, ticket_id, ordinal, agent_id) select id, $3::uuid, 0, $2::uuid from drawn returning sample_id)
       insert into quality_review (id, sample_id, ticket_id, agent_id, reviewer_id, version, comment, total, failed, answer, answered_at, reopened_at, reopened_by, reopen_reason)
       select $1, w.sample_id, $3, $2, a.id, 1, $4, 50, false, $4, now(), now(), a.id, $4 from work w cross join (select id from agent where id <> $2 limit 1) a`,
      [uuid(), agentId, ticketId, `${secret} was answered well`],
    ],
    [
      `insert into purchase (id, customer_id, source, external_id, amount, currency, at, items) values ($1, $2, 'shop', $3, 5, 'EUR', now(), $4)`,
      [uuid(), root.customer, `${secret}-order`, `${secret} shoes`],
    ],
    [
      // Where somebody handed a caller to may be another number of theirs.
      `with line as (insert into phone_call (id, channel_id, call_id, conversation_id, seq, direction, from_address, to_address, phase, ended_at)
                     values ($1::uuid, $2, $1::uuid::text, $3, 1, 'in', $4, '', 'over', now()) returning id)
       insert into call_transfer (id, phone_call_id, leg_id, turn, asked_by, to_kind, to_address, state)
       select $1, id, 'leg', 1, $5, 'sip', $6, 'moved' from line`,
      [uuid(), line, root.conversation, root.address, agentId, `sip:${secret}@home.test`],
    ],
    [
      `insert into opt_out (id, channel_id, kind, address, source, said) values ($1, $2, 'phone', $3, 'customer', $4)`,
      [uuid(), line, root.address, secret],
    ],
    [
      `insert into suppressed_address (id, kind, address, reason, said) values ($1, 'email', $2, 'bounce', $3)`,
      [uuid(), parts[1]?.address, secret],
    ],
    [
      // A table without numbers knew them by their address, and by a name of its own.
      `with brought as (insert into history_brought (source, kind, key, target) values ($1::uuid::text, 'person', $4::text, $2::uuid)),
            import as (insert into history_import (id, system, source, state) values ($1::uuid, 'zendesk', $1::uuid::text, 'done') returning id)
       insert into history_fault (import_id, file, record, part, code)
       select id, 0, 0, said, 'two_customers' from import cross join unnest(array['person ' || $3::text, 'person ' || $4::text]) said`,
      [uuid(), root.customer, parts[1]?.address.toUpperCase(), `${secret} key`],
    ],
    [
      `insert into inbound_event (id, channel_id, external_id, state, raw, error) values ($1, $2, $3, 'quarantined', $4, 'broken')`,
      [uuid(), telegram, uuid(), Buffer.from(`{"id":${parts[2]?.address ?? ''},"text":"${secret}"}`)],
    ],
    [
      `insert into visitor_consent (id, channel_id, identity_id, version, words) values ($1, $2, $3, 'v1', $4)`,
      [uuid(), site, parts[3]?.identity, `${secret} agreed`],
    ],
    [
      `with hook as (insert into webhook (id, name, url, owner_id, types, secret, enabled, cursor_xid, cursor_position)
                     values ($1::uuid, $1::uuid::text, 'https://hook.example', $2, '{message.received}', '\\x00', false, '0', 0) returning id),
            told as (insert into webhook_delivery (id, webhook_id, position, type, conversation_id, subject_id, payload, happened_at, state, ended_at)
                     select gen_random_uuid(), id, 1, 'message.received', $3::uuid, $3::uuid, $4, now(), 'sent', now() from hook returning id)
       insert into webhook_attempt (id, delivery_id, ms, status, answer) select gen_random_uuid(), id, 1, 200, $5 from told`,
      [uuid(), agentId, root.conversation, JSON.stringify({ text: secret }), `heard ${secret}`],
    ],
  ];
}
