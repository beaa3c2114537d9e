import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import type { ReportRow, ReportTicketsView, ReportView, TicketRef } from '#contract';
import type { Actor } from '../../../auth/actor.js';
import { writeJalaliDay } from '../../../platform/jalali-day.js';
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

const rowsPerPage = 5_000;

/** Reports, and what is behind their numbers, as files. However long a list is, one page of it is in memory. */
@Injectable()
export class ReportFiles {
  constructor(
    private readonly answers: ReportAnswers,
    private readonly tickets: ReportTickets,
  ) {}

  async report(question: ReportQuestion, wish: FileWish): Promise<Readable> {
    const view = await this.answers.answer(question, { isAwaited: false });
    return Readable.from([wish.format === 'csv' ? csvOf(view, question, wish.locale) : jsonlOf(view)]);
  }

  /** The first page is read before anything is said, so that a question which makes no sense is refused as one. */
  async behind(
    actor: Actor,
    question: ReportQuestion,
    place: Pick<NumberPlace, 'row' | 'column'>,
    wish: FileWish,
  ): Promise<Readable> {
    const pageBehind = (cursor?: string): Promise<ReportTicketsView> =>
      this.tickets.list(actor, question, { ...place, cursor, limit: rowsPerPage, isAwaited: false });
    const first = await pageBehind();
    async function* lines(): AsyncGenerator<string> {
      yield headOf(wish);
      for (let page = first; ;) {
        yield page.tickets.map((ticket) => ticketLine(ticket, question, wish)).join('');
        if (page.next === null) {
          return;
        }
        page = await pageBehind(page.next);
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
  const names = view.columns.map((column) => columnWords(view.report, column, language));
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

/** 1405/09/02, with the time where there is one. */
function jalali(local: string): string {
  return `${writeJalaliDay(local.slice(0, 10))} ${local.slice(11)}`.trimEnd();
}

const columns = ['ticket', 'customer', 'subject', 'at', 'value', 'conversation'] as const;

function headOf({ format, locale }: FileWish): string {
  return format === 'csv' ? csvTable([columns.map((column) => fileWords[column][locale])]) : '';
}

function ticketLine(ticket: TicketRef, { period, calendar }: ReportQuestion, { format }: FileWish): string {
  if (format === 'jsonl') {
    return `${JSON.stringify(ticket)}\n`;
  }
  const { number, prefix, customerName, subject, at, value, conversation } = ticket;
  const local = DateTime.fromISO(at, { zone: period.zone }).toFormat('yyyy-MM-dd HH:mm:ss');
  return csvLine([
    number === null ? null : `${prefix ?? ''}${String(number)}`,
    customerName,
    subject,
    calendar === 'jalali' ? jalali(local) : local,
    value,
    conversation,
  ]);
}
