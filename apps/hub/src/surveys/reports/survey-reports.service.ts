import { Injectable } from '@nestjs/common';
import type { Page, SurveyAnswerView, SurveySummaryPart, SurveySummaryView } from '#contract';
import { isLowScore, summariseScores, type SurveyKind } from '#tickets';
import { Database } from '../../database/database.js';
import { fromCursor, toCursor } from '../../desk/cursor.js';
import { invalid } from '../../platform/errors/api-error.js';
import type { SurveyAnswersDto, SurveySummaryDto } from './survey-reports.dto.js';
import { countsByAgent, countsByQueue, listAnswers, type AnswerRow, type CountsRow } from './survey-reports.query.js';

const dayMs = 86_400_000;
const usualDays = 30;
const longestDays = 400;

/** What the answers come to, and the answers themselves, for supervisors. */
@Injectable()
export class SurveyReports {
  constructor(private readonly database: Database) {}

  async summarise({ kind, by, ...wish }: SurveySummaryDto): Promise<SurveySummaryView> {
    const { from, to } = timeOf(wish);
    const rows = await this.database.query<CountsRow & Record<string, unknown>>(
      by === 'queue' ? countsByQueue : countsByAgent,
      [kind, from, to, wish.surveyId ?? null, wish.queueId ?? null, wish.agentId ?? null],
    );
    const parts = rows.map((row) => partOf(kind, row)).toSorted((a, b) => b.answered - a.answered || b.asked - a.asked);
    return {
      kind,
      from: from.toISOString(),
      to: to.toISOString(),
      whole: partOf(kind, sumOf(rows)),
      parts,
    };
  }

  async answers({ kind, which, before, limit }: SurveyAnswersDto): Promise<Page<SurveyAnswerView>> {
    const place = fromCursor(before);
    const values = [kind ?? null, which === 'low', place.at, place.id, limit];
    const rows = await this.database.query<AnswerRow & Record<string, unknown>>(listAnswers, values);
    const last = rows.at(-1);
    return {
      rows: rows.map(presentAnswer),
      next: last && rows.length === limit ? toCursor({ at: last.cursorAt, id: last.id }) : null,
    };
  }
}

function timeOf({ from, to }: Pick<SurveySummaryDto, 'from' | 'to'>): { from: Date; to: Date } {
  const end = to === undefined ? new Date() : new Date(to);
  const begin = from === undefined ? new Date(end.getTime() - usualDays * dayMs) : new Date(from);
  if (begin >= end || end.getTime() - begin.getTime() > longestDays * dayMs) {
    throw invalid('from', `The time must end after it begins, and be no longer than ${String(longestDays)} days.`);
  }
  return { from: begin, to: end };
}

function sumOf(rows: CountsRow[]): CountsRow {
  const counts: Record<string, number> = {};
  for (const [score, count] of rows.flatMap((row) => Object.entries(row.counts))) {
    counts[score] = (counts[score] ?? 0) + count;
  }
  return { groupId: null, name: '', asked: rows.reduce((sum, row) => sum + row.asked, 0), counts };
}

function partOf(kind: SurveyKind, { groupId, name, asked, counts }: CountsRow): SurveySummaryPart {
  return { id: groupId, name, asked, ...summariseScores(kind, counts) };
}

function presentAnswer({
  cursorAt: _cursor,
  lowScore,
  ticketId,
  ticketNumber,
  ticketPrefix,
  ...row
}: AnswerRow): SurveyAnswerView {
  return {
    ...row,
    isLow: isLowScore(row.score, lowScore),
    answeredAt: row.answeredAt.toISOString(),
    ticket: { id: ticketId, number: ticketNumber, prefix: ticketPrefix },
  };
}
