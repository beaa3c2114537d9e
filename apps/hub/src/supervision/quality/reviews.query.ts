/** Which reviews is said behind it. */
export const reviewRows = `
select r.id, r.sample_id as "sampleId", s.name as "sampleName", t.id as "ticketId", t.number::int, t.prefix, t.conversation_id as conversation,
       a.id as "agentId", a.name as "agentName", w.id as "reviewerId", w.name as "reviewerName", r.version, r.comment, r.total::float8, r.failed,
       r.given_at as "givenAt", r.answer, r.answered_at as "answeredAt", r.reopened_at as "reopenedAt", r.reopen_reason as "reopenReason",
       o.id as "reopenedById", o.name as "reopenedByName",
       (select jsonb_agg(jsonb_build_object('questionId', c.question_id, 'score', c.score)) from quality_score c where c.review_id = r.id) as scores
from quality_review r join quality_sample s on s.id = r.sample_id join ticket t on t.id = r.ticket_id join agent a on a.id = r.agent_id
join agent w on w.id = r.reviewer_id left join agent o on o.id = r.reopened_by`;

export interface ReviewRow {
  id: string;
  sampleId: string;
  sampleName: string;
  ticketId: string;
  number: number;
  prefix: string;
  conversation: string;
  agentId: string;
  agentName: string;
  reviewerId: string;
  reviewerName: string;
  version: number;
  comment: string;
  total: number | null;
  failed: boolean;
  givenAt: Date;
  answer: string | null;
  answeredAt: Date | null;
  reopenedAt: Date | null;
  reopenReason: string | null;
  reopenedById: string | null;
  reopenedByName: string | null;
  scores: { questionId: string; score: number | null }[] | null;
}

/** Two reviews of a ticket come one after the other: the second reads only once the first is there. Parameters: sample, ticket. */
export const holdTicket = 'select 1 from quality_sample_ticket where sample_id = $1 and ticket_id = $2 for update';

/** A ticket that was drawn, if it is in reach now. Parameters: queues in reach (null: all), sample, ticket. */
export const drawnTicket = `
select drawn.agent_id as "agentId", s.version, t.conversation_id as conversation,
       exists (select 1 from quality_review r
               where r.sample_id = drawn.sample_id and r.ticket_id = drawn.ticket_id and r.reopened_at is null) as "isReviewed"
from quality_sample_ticket drawn join quality_sample s on s.id = drawn.sample_id join ticket t on t.id = drawn.ticket_id
where drawn.sample_id = $2 and drawn.ticket_id = $3 and ($1::uuid[] is null or t.queue_id = any ($1))`;

/** Parameters: id, sample, ticket, agent, reviewer, version, comment, total, failed. */
export const keepReview = `
insert into quality_review (id, sample_id, ticket_id, agent_id, reviewer_id, version, comment, total, failed)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

/** Parameters: review, version, scores. */
export const keepScores = `
insert into quality_score (review_id, version, question_id, kind, score)
select $1, $2, one."questionId", q.kind, one.score
from jsonb_to_recordset($3::jsonb) as one("questionId" uuid, score int) join scorecard_question q on q.version = $2 and q.id = one."questionId"`;

/** The agent is told by what follows the facts. Parameters: conversation, ticket, reviewer, agent. */
export const tellAgent = `
insert into event_log (type, conversation_id, subject_id, actor_id, payload)
values ('review.given', $1, $2, $3, jsonb_build_object('to', $4::uuid))`;

/** Parameters: queues in reach (null: all), review, who, why. */
export const reopenReview = `
update quality_review r set reopened_at = clock_timestamp(), reopened_by = $3, reopen_reason = $4
from ticket t join conversation c on c.id = t.conversation_id and c.erased_at is null
where r.id = $2 and t.id = r.ticket_id and ($1::uuid[] is null or t.queue_id = any ($1)) and r.reopened_at is null and r.agent_id <> $3
returning r.id`;

/** One that counts, while its customer may be spoken of. Parameters: review, agent. */
export const ownReview = `
select r.ticket_id as ticket
from quality_review r join ticket t on t.id = r.ticket_id join conversation c on c.id = t.conversation_id and c.erased_at is null
where r.id = $1 and r.agent_id = $2 and r.reopened_at is null`;

/** Parameters: review, agent, answer. */
export const answerReview = `
update quality_review set answer = $3, answered_at = clock_timestamp()
where id = $1 and agent_id = $2 and answered_at is null and reopened_at is null returning id`;
