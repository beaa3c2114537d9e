import { Injectable } from '@nestjs/common';
import type { HeatMeasure, HeatView } from '#contract';
import type { CountedColumn } from './report-catalogue.js';
import { askWeek, columnOf, type ReportQuestion } from './report-question.js';
import { ReportReads } from './report-reads.service.js';

/** Columns of the report of volume by what is measured: what is behind an hour is what is behind their numbers. */
export const heatColumns: Record<HeatMeasure, string> = { arrivals: 'opened', replies: 'sent', solved: 'solved' };

/** When in the week it happens, as clocks show it there. */
@Injectable()
export class Heat {
  constructor(private readonly reads: ReportReads) {}

  async look(question: ReportQuestion, measure: HeatMeasure): Promise<HeatView> {
    const { text, parameters } = askWeek(question, columnOf('volume', heatColumns[measure]) as CountedColumn);
    const rows = await this.reads.read((sql) =>
      sql.query<{ weekday: number; hour: number; n: number }>(text, parameters),
    );
    const days = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
    rows.forEach(({ weekday, hour, n }) => ((days[weekday - 1] as number[])[hour] = n));
    return { measure, ...question.period, days, max: Math.max(0, ...rows.map(({ n }) => n)) };
  }
}
