import type { Statement } from '#channels';
import type { QueueRecordingView, RecordingView } from '#contract';
import { restriction, restrictionTables } from '../../desk/message-rows.query.js';
import type { Consent } from './consent-steps.js';
import type { StoredLine } from './recording-terms.js';

/** A recording that is to be decided and fetched, with all that decides it. `lease` is the fetch that counts. */
export interface DueRecording {
  id: string;
  lease: string;
  attempts: number;
  channelId: string;
  conversationId: string;
  seq: number;
  reference: string;
  consent: Consent | null;
  consentAt: Date | null;
  consentPrompt: string | null;
  /** When the call's message began. */
  at: Date;
  line: StoredLine | null;
  queue: Partial<QueueRecordingView> | null;
}

/** Takes a few that are due. A fetcher that dies leaves them to others, who come when its lease is over. */
export const claimRecordings: Statement = {
  name: 'recording-claim',
  text: `
with taken as (
  update call_recording
  set attempts = attempts + 1, lease = gen_random_uuid(), due_at = clock_timestamp() + interval '3 minutes'
  where id in (select id from call_recording where state = 'due' and due_at <= clock_timestamp()
               order by due_at limit 2 for update skip locked)
  returning *)
select r.id, r.lease, r.attempts, r.channel_id as "channelId", r.conversation_id as "conversationId", r.seq, r.reference, m.at,
       p.consent, p.consent_at as "consentAt", p.consent_prompt as "consentPrompt", ch.recording as line, q.recording as queue
from taken r
join channel ch on ch.id = r.channel_id
join message m on m.conversation_id = r.conversation_id and m.seq = r.seq
left join phone_call p on p.channel_id = r.channel_id and p.call_id = r.call_id
left join ticket t on t.id = coalesce(p.ticket_id, m.ticket_id)
left join queue q on q.id = coalesce(t.queue_id, ch.queue_id)`,
};

/** Puts a fetch that failed off; nobody else has taken it over meanwhile. $3: seconds. */
export const putOff = `
update call_recording set due_at = clock_timestamp() + make_interval(secs => $3)
where id = $1 and lease = $2 and state = 'due'`;

/** $1 id, $2 lease, $3 state, $4 reason. What is refused is deleted at its provider, unless Peyk never spoke on that line: then others ordered it. */
export const settleUnkept = `
update call_recording
set state = $3, reason = $4, reference = null, lease = null, settled_at = clock_timestamp(), due_at = clock_timestamp(),
    forget = ($3 = 'refused' and $5::text is not null), consent = $5, consent_at = $6, consent_prompt = $7
where id = $1 and lease = $2 and state = 'due' returning id`;

/** $1 id, $2 lease; $3… what was fetched, and for how many days it is kept. */
export const settleKept = `
update call_recording
set state = 'kept', reference = null, lease = null, settled_at = clock_timestamp(), storage_key = $3, bytes = $4,
    sha256 = decode($5, 'hex'), media_type = $6, keep_until = clock_timestamp() + make_interval(days => $7::int),
    consent = $8, consent_at = $9, consent_prompt = $10
where id = $1 and lease = $2 and state = 'due' returning id`;

/** Whom a message is kept from, as `isWithheld` reads it. */
export interface Restricted {
  restricted: boolean;
  queue_id: string | null;
}

export interface RecordingRow extends Restricted {
  id: string;
  conversation_id: string;
  seq: number;
  provider_id: string;
  seconds: number | null;
  state: RecordingView['state'];
  reason: RecordingView['reason'];
  bytes: number | null;
  sha256: string | null;
  media_type: string | null;
  storage_key: string | null;
  keep_until: Date | null;
  gone_at: Date | null;
}

const columns = `
r.id, r.conversation_id, r.seq, r.provider_id, r.seconds, r.state, r.reason, r.bytes::float8 as bytes,
encode(r.sha256, 'hex') as sha256, r.media_type, r.storage_key, r.keep_until, r.gone_at, ${restriction}`;

const tables = `
call_recording r join message m on m.conversation_id = r.conversation_id and m.seq = r.seq ${restrictionTables}`;

export const recordingById = `select ${columns} from ${tables} where r.id = $1`;

export const recordingsOfCall = `
select ${columns} from ${tables} where r.conversation_id = $1 and r.seq = $2 order by r.provider_id`;

/** A call without recordings can be withheld as well: that it is paused is nobody else's to know. */
export const restrictionOfCall = `
select ${restriction} from message m ${restrictionTables} where m.conversation_id = $1 and m.seq = $2 and m.kind = 'call'`;

/** One row a minute for each who listens. */
export const noteListen = `
insert into recording_listen (recording_id, agent_id, minute) values ($1, $2, date_trunc('minute', clock_timestamp()))
on conflict do nothing returning minute`;

export const listensOf = `
select l.agent_id as "agentId", a.name as "agentName", l.minute
from recording_listen l join agent a on a.id = l.agent_id where l.recording_id = $1 order by l.minute desc, a.name limit 500`;
