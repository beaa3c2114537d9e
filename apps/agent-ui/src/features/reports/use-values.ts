import { useMemo } from 'react';
import type { ReportBy, ReportColumn, ReportName, ReportRow, ReportUnit } from '#contract';
import { readersTag } from '../../i18n/intl-tag.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { twiceTold } from './twice-told.js';

const minute = 60;
const hour = 3_600;
const day = 86_400;

/** How this reader's numbers of reports are written. */
export function useValues() {
  const { t, locale, format } = useI18n();
  return useMemo(() => {
    const tag = readersTag(locale);
    const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 });
    const short = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 });
    const seconds = (value: number): string => {
      const whole = Math.round(value);
      const two = (a: string, rest: number, b: string) => (rest === 0 ? a : t('reports.and', { a, b }));
      if (whole < minute) {
        return t('reports.seconds', { count: whole });
      }
      if (whole < hour) {
        const rest = whole % minute;
        return two(
          t('reports.minutes', { count: Math.floor(whole / minute) }),
          rest,
          t('reports.seconds', { count: rest }),
        );
      }
      const [unit, name, lower, part] =
        whole < day ? ([hour, 'hours', 'minutes', minute] as const) : ([day, 'days', 'hours', hour] as const);
      const rest = Math.floor((whole % unit) / part);
      return two(
        t(`reports.${name}`, { count: Math.floor(whole / unit) }),
        rest,
        t(`reports.${lower}`, { count: rest }),
      );
    };
    const show: Record<ReportUnit, (value: number) => string> = {
      count: (value) => format.number(Math.round(value * 10) / 10),
      seconds,
      share: (value) => percent.format(value),
      score: (value) => short.format(value),
    };
    return {
      value: (value: number | null | undefined, unit: ReportUnit) =>
        value === null || value === undefined ? '–' : show[unit](value),
      /** How far apart: as a part of what was, where that means something. */
      difference: (now: number, before: number, unit: ReportUnit) => {
        const apart = Math.abs(now - before);
        if (unit === 'share') {
          // From 50% to 55% is a tenth more, and five points: percent could mean either.
          return t('reports.sharePoints', { count: Math.round(apart * 100) });
        }
        return before !== 0 && unit !== 'score' ? percent.format(apart / before) : show[unit](apart);
      },
      percent: (value: number) => percent.format(value),
      short: (value: number) => short.format(value),
    };
  }, [t, locale, format]);
}

const noRows: never[] = [];

/** What a row is called: a name, or a part of the time in the reader's calendar. */
export function useRowName(
  by: ReportBy,
  rows: readonly Pick<ReportRow, 'key'>[] = noRows,
): (row: Pick<ReportRow, 'key' | 'label'>, isShort?: boolean) => string {
  const { t, locale, format } = useI18n();
  return useMemo(() => {
    const tag = readersTag(locale);
    // Days are written as they are told, wherever the browser is: at noon of the same day everywhere.
    const days = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'long' });
    const shortDays = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', day: 'numeric', month: 'short' });
    const months = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', month: 'long', year: 'numeric' });
    const noon = (key: string) => new Date(`${key.slice(0, 10)}T12:00:00Z`);
    const plain = (formatter: Intl.DateTimeFormat, date: Date) =>
      formatter
        .formatToParts(date)
        .filter(({ type }) => type !== 'era')
        .map(({ value }) => value)
        .join('')
        .trim();
    const twice = twiceTold(by === 'hour' ? rows.map(({ key }) => key) : []);
    const clockOf = (key: string) => {
      const time = format.time(`${key.slice(0, 16)}:00`);
      const which = twice.get(key);
      return which ? t(`reports.hour_${which}`, { time }) : time;
    };
    return ({ key, label }, isShort = false) => {
      if (by === 'hour') {
        const clock = clockOf(key);
        return isShort ? clock : `${plain(shortDays, noon(key))} ${clock}`;
      }
      if (by === 'day' || by === 'week') {
        return plain(isShort ? shortDays : days, noon(key));
      }
      return by === 'month'
        ? plain(months, noon(key))
        : (label ?? t(key === '' ? 'reports.nobody' : 'reports.removed'));
    };
  }, [t, locale, format, by, rows]);
}

/** What a number is of. */
export function useColumnName(report: ReportName): (column: Pick<ReportColumn, 'key'>) => string {
  const { t } = useI18n();
  return ({ key }) =>
    report === 'campaigns' && key === 'sent' ? t('reports.sentCampaign') : t(`reports.column.${key as 'opened'}`);
}

/** Whether a number is made of anything: none counted is made of nothing, and a share of none is still one of something. */
export function hasBehind(value: number | null | undefined, unit: ReportUnit): boolean {
  return value !== null && value !== undefined && (value !== 0 || unit !== 'count');
}

export interface Change {
  words: string;
  /** The direction of the arrow. */
  way: 'up' | 'down' | 'same';
  tone: 'good' | 'bad' | 'plain';
  was: string;
}

/** What became of a number, in words: colour says nothing alone. */
export function useChange(): (now: number | null, before: number | null, column: ReportColumn) => Change | null {
  const { t } = useI18n();
  const show = useValues();
  return (now, before, { unit, better }) => {
    if (now === null && before === null) {
      return null;
    }
    const was = before === null ? t('reports.wasNone') : t('reports.was', { value: show.value(before, unit) });
    if (now === before) {
      return { words: t('reports.same'), way: 'same', tone: 'plain', was };
    }
    if (now === null || before === null) {
      return { words: was, way: 'same', tone: 'plain', was };
    }
    const way = now > before ? 'up' : 'down';
    const change = show.difference(now, before, unit);
    return { words: t(`reports.${way}`, { change }), way, tone: toneOf(way, better), was };
  };
}

function toneOf(way: 'up' | 'down', better: ReportColumn['better']): Change['tone'] {
  if (better === null) {
    return 'plain';
  }
  return better === way ? 'good' : 'bad';
}
