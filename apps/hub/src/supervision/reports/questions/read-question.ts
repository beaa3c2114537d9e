import { DateTime } from 'luxon';
import type { ReportBy, ReportName } from '#contract';
import { invalid, notFound } from '../../../platform/errors/api-error.js';
import type { ReportDto } from '../reports.dto.js';
import { reports } from './report-catalogue.js';
import { countDays, isOfTime, slicesOf, type Period } from './report-periods.js';
import type { ReportQuestion } from './report-question.js';

/** Ten years; hours are told one by one for two months. */
const mostDays = 3_660;
const mostDaysByHour = 62;

/** Refuses what makes no sense, with the field that is at fault. */
export function readQuestion(report: string, dto: ReportDto, scope: string[] | null): ReportQuestion {
  if (!Object.hasOwn(reports, report)) {
    throw notFound('This report');
  }
  const name = report as ReportName;
  const period = readPeriod(dto);
  const by = readBy(name, dto.by);
  if (by === 'hour' && countDays(period) > mostDaysByHour) {
    throw invalid('to', `By the hour at most ${String(mostDaysByHour)} days can be looked at.`, 'period_too_long');
  }
  return {
    report: name,
    by,
    period,
    parts: isOfTime(by) ? slicesOf(period, by, dto.calendar) : [],
    calendar: dto.calendar,
    compare: dto.compare,
    queues: dto.queue ?? [],
    channels: dto.channel ?? [],
    agents: dto.agent ?? [],
    tags: dto.tag ?? [],
    scope,
  };
}

export function readPeriod({ from, to, zone }: Period): Period {
  for (const [field, day] of Object.entries({ from, to })) {
    if (!DateTime.fromISO(day, { zone: 'UTC' }).isValid) {
      throw invalid(field, 'This is no day.', 'day_invalid');
    }
  }
  if (to < from) {
    throw invalid('to', 'The last day is before the first.', 'period_reversed');
  }
  if (countDays({ from, to, zone }) > mostDays) {
    throw invalid('to', 'At most ten years can be looked at.', 'period_too_long');
  }
  return { from, to, zone };
}

function readBy(report: ReportName, by: ReportBy | undefined): ReportBy {
  const { by: usual, dimensions } = reports[report];
  if (by === undefined) {
    return usual;
  }
  if (!isOfTime(by) && !dimensions.includes(by)) {
    throw invalid('by', 'This report cannot be cut like that.', 'by_unknown');
  }
  return by;
}
