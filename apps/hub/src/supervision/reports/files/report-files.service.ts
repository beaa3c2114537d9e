import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import type { ReportRow, ReportView, TicketRef } from '#contract';
import type { Actor } from '../../../auth/actor.js';
import { csvLine, csvTable } from '../../../platform/tables/csv.js';
import { isOfTime } from '../questions/report-periods.js';
import type { ReportQuestion } from '../questions/report-question.js';
import { ReportTickets, type NumberPlace } from '../questions/report-tickets.service.js';
import { ReportAnswers } from '../questions/reports.service.js';
import { byWords, columnWords, fileWords, type ReportLanguage } from './report-words.js';

export interface FileWish {
  format: 'csv' | 'jsonl';
  locale: ReportLanguage;
}

const persian = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  timeZone: 'UTC',
});
const rowsPerPage = 500;

/** Reports, and what is behind their numbers, as files. However long a list is, one page of it is in memory. */
@Injectable()
export class ReportFiles {
  constructor(
    private readonly answers: ReportAnswers,
    private readonly tickets: ReportTickets,
  ) {}

  async report(question: ReportQuestion, wish: FileWish): Promise<Readable> {
    const view = await this.answers.answer(question);
    return Readable.from([wish.format === 'csv' ? csvOf(view, question, wish.locale) : jsonlOf(view)]);
  }

  /** The first page is read before anything is said, so that a question which makes no sense is refused as one. */
  async behind(
    actor: Actor,
    question: ReportQuestion,
    place: Pick<NumberPlace, 'row' | 'column'>,
    wish: FileWish,
  ): Promise<Readable> {
    const first = await this.tickets.list(actor, question, { ...place, limit: rowsPerPage });
    const { tickets } = this;
    async function* lines(): AsyncGenerator<string> {
      yield headOf(wish);
      for (let page = first; ;) {
        yield page.tickets.map((ticket) => ticketLine(ticket, question.period.zone, wish)).join('');
        if (page.next === null) {
          return;
        }
        page = await tickets.list(actor, question, {
          ...place,
          cursor: page.next,
          limit: rowsPerPage,
          isAwaited: false,
        });
      }
    }
    return Readable.from(lines());
  }
}

/** A report as a table: the head, its rows and the total, as texts and numbers. */
export function tableOf(
  view: ReportView,
  calendar: ReportQuestion['calendar'],
  language: ReportLanguage,
): { head: string[]; rows: (string | number | null)[][] } {
  const names = view.columns.map(({ key }) => columnWords(key, language));
  const beside = view.before === null ? [] : names.map((name) => `${name} (${fileWords.before[language]})`);
  return {
    head: [byWords[view.by][language], ...names, ...beside],
    rows: [...view.rows, view.total].map((row) => [
      nameOf(row, view, calendar, language),
      ...row.values,
      ...(view.before === null ? [] : (row.before ?? row.values.map(() => null))),
    ]),
  };
}

function csvOf(view: ReportView, { calendar }: ReportQuestion, language: ReportLanguage): string {
  const { head, rows } = tableOf(view, calendar, language);
  return csvTable([head, ...rows]);
}

function jsonlOf({ columns, rows, total, before }: ReportView): string {
  const named = (values: (number | null)[]): Record<string, number | null> =>
    Object.fromEntries(columns.map(({ key }, index) => [key, values[index] ?? null]));
  return [...rows, total]
    .map((row) => ({
      key: row.key,
      label: row.label,
      ...named(row.values),
      ...(before !== null && { before: row.before && named(row.before) }),
    }))
    .map((row) => `${JSON.stringify(row)}\n`)
    .join('');
}

function nameOf(
  row: ReportRow,
  { by, total }: ReportView,
  calendar: ReportQuestion['calendar'],
  language: ReportLanguage,
): string {
  if (row === total) {
    return fileWords.total[language];
  }
  if (isOfTime(by)) {
    return calendar === 'jalali' ? jalali(row.key) : row.key;
  }
  return row.label ?? fileWords[row.key === '' ? 'nobody' : 'gone'][language];
}

/** 1405/09/02, with the hour where the key has one. */
function jalali(key: string): string {
  const parts = persian.formatToParts(new Date(`${key.slice(0, 10)}T12:00:00Z`));
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}/${of('month')}/${of('day')}${key.length > 10 ? ` ${key.slice(11, 16)}` : ''}`;
}

const columns = ['ticket', 'customer', 'subject', 'at', 'value', 'conversation'] as const;

function headOf({ format, locale }: FileWish): string {
  return format === 'csv' ? csvTable([columns.map((column) => fileWords[column][locale])]) : '';
}

function ticketLine(ticket: TicketRef, zone: string, { format }: FileWish): string {
  if (format === 'jsonl') {
    return `${JSON.stringify(ticket)}\n`;
  }
  const { number, prefix, customerName, subject, at, value, conversation } = ticket;
  const local = DateTime.fromISO(at, { zone }).toFormat('yyyy-MM-dd HH:mm:ss');
  return csvLine([
    number === null ? null : `${prefix ?? ''}${String(number)}`,
    customerName,
    subject,
    local,
    value,
    conversation,
  ]);
}
