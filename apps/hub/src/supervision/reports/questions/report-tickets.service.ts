import { Injectable } from '@nestjs/common';
import type { ReportTicketsView, TicketRef } from '#contract';
import { GuardedAccess } from '../../../auth/access.js';
import type { Actor } from '../../../auth/actor.js';
import { invalid } from '../../../platform/errors/api-error.js';
import { isOfTime } from './report-periods.js';
import { askRows, columnOf, type ReportQuestion, type WeekHour } from './report-question.js';
import { ReportReads } from './report-reads.service.js';

/** Which number, and where its list goes on. */
export interface NumberPlace {
  /** The key of a row; none: the whole. */
  row?: string | undefined;
  column: string;
  /** Only of this hour of the week. */
  hour?: WeekHour;
  /** Only what somebody had to take at once, as staffing counts. */
  isAtOnce?: boolean;
  cursor?: string | undefined;
  limit: number;
  /** false: a file is written meanwhile, which would end in the middle if its next page were refused. */
  isAwaited?: boolean;
}

interface FoundRow {
  at: Date;
  cursorAt: string;
  ref: string;
  value: number;
  id: string | null;
  number: number | null;
  prefix: string | null;
  subject: string | null;
  conversation: string;
}

/** What is behind a number of a report: as many as it says, or as much as adds up to it. */
@Injectable()
export class ReportTickets {
  constructor(
    private readonly reads: ReportReads,
    private readonly access: GuardedAccess,
  ) {}

  async list(actor: Actor, question: ReportQuestion, place: NumberPlace): Promise<ReportTicketsView> {
    const column = columnOf(question.report, place.column);
    if (column === undefined) {
      throw invalid('column', 'This report has no such column.');
    }
    const { hour = null, isAtOnce = false, isAwaited = true } = place;
    const { text, parameters } = askRows(question, column, { row: rowKeyOf(question, place.row), hour, isAtOnce });
    const page = [...parameters, ...readCursor(place.cursor), place.limit];
    const rows = await this.reads.read((sql) => sql.query<FoundRow & Record<string, unknown>>(text, page), {
      isAwaited,
    });
    const last = rows.at(-1);
    return {
      tickets: await this.present(actor, rows, column.of),
      next: last && rows.length === place.limit ? writeCursor(last) : null,
    };
  }

  private async present(actor: Actor, rows: readonly FoundRow[], of: string): Promise<TicketRef[]> {
    const wanted = [...new Set(rows.map(({ conversation }) => conversation))];
    const readable = wanted.length === 0 ? [] : await this.access.listPersons(actor, wanted);
    const people = new Map(readable.map(({ wanted: id, person }) => [id, person]));
    return rows.map((row) => {
      const person = people.get(row.conversation);
      return {
        id: row.id,
        number: row.number,
        prefix: row.prefix,
        conversation: person?.conversationId ?? null,
        customerName: person?.name ?? null,
        subject: person ? row.subject : null,
        at: row.at.toISOString(),
        value: of === 'count' || of === 'open' ? 1 : row.value,
      };
    });
  }
}

/** Rows of time are known to the database by their place. */
function rowKeyOf(question: ReportQuestion, row: string | undefined): string | null {
  if (row === undefined) {
    return null;
  }
  if (!isOfTime(question.by)) {
    return row;
  }
  const index = question.parts.findIndex(({ key }) => key === row);
  if (index === -1) {
    throw invalid('row', 'This report has no such row.');
  }
  return String(index + 1);
}

function writeCursor({ cursorAt, ref }: FoundRow): string {
  return Buffer.from(JSON.stringify([cursorAt, ref])).toString('base64url');
}

function readCursor(cursor: string | undefined): [string | null, string | null] {
  if (cursor === undefined) {
    return [null, null];
  }
  try {
    const [at, ref] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string, string];
    if (typeof at === 'string' && typeof ref === 'string' && !Number.isNaN(Date.parse(at))) {
      return [at, ref];
    }
  } catch {
    // Not one of ours.
  }
  throw invalid('cursor', 'This is not a place in this list.');
}
