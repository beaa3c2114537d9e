import type { ReviewView } from '#contract';
import type { ReviewRow } from './reviews.query.js';

export function presentReview(
  row: ReviewRow,
  { conversation, scorecard }: Pick<ReviewView, 'conversation' | 'scorecard'>,
): ReviewView {
  const { id, number, prefix, comment, total, failed } = row;
  return {
    id,
    sample: { id: row.sampleId, name: row.sampleName },
    conversation,
    ticket: { id: row.ticketId, number, prefix },
    agent: { id: row.agentId, name: row.agentName },
    reviewer: { id: row.reviewerId, name: row.reviewerName },
    scorecard,
    scores: row.scores ?? [],
    comment,
    total,
    failed,
    givenAt: row.givenAt.toISOString(),
    answer: row.answeredAt && { text: row.answer ?? '', at: row.answeredAt.toISOString() },
    reopened: row.reopenedAt && {
      reason: row.reopenReason ?? '',
      at: row.reopenedAt.toISOString(),
      by: { id: row.reopenedById ?? '', name: row.reopenedByName ?? '' },
    },
  };
}
