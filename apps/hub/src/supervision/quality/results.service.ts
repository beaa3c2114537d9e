import { Injectable } from '@nestjs/common';
import type { ResultRow, ResultsBy, ResultsView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { Database } from '../../database/database.js';
import { writeJalaliDay } from '../../platform/jalali-day.js';
import { csvTable } from '../../platform/tables/csv.js';
import { boardScope } from '../board/board-scope.js';
import { readPeriod } from '../reports/questions/read-question.js';
import type { ResultsDto, ResultsFileDto } from './quality.dto.js';
import { resultRows } from './results.query.js';

const words = {
  agent: { en: 'Agent', fa: 'کارشناس' },
  question: { en: 'Question', fa: 'پرسش' },
  week: { en: 'Week from', fa: 'هفته از' },
  reviews: { en: 'Reviews', fa: 'ارزیابی‌ها' },
  average: { en: 'Average (%)', fa: 'میانگین (٪)' },
  failed: { en: 'Failed', fa: 'مردود' },
  total: { en: 'Total', fa: 'مجموع' },
};

/** How many days a week begins before Monday. */
const earlier = { gregorian: 0, jalali: 2 };

/** What reviews say on average. */
@Injectable()
export class Results {
  constructor(private readonly database: Database) {}

  async read(actor: Actor, { by, calendar, ...wanted }: ResultsDto): Promise<ResultsView> {
    const { from, to, zone } = readPeriod(wanted);
    const asked = [await boardScope(this.database, actor), from, to, zone];
    const parameters = by === 'week' ? [...asked, earlier[calendar]] : asked;
    const rows = await this.database.query<ResultRow & Record<string, unknown>>(resultRows[by], parameters);
    const [total] = await this.database.query<ResultsView['total'] & Record<string, unknown>>(resultRows.total, asked);
    return { by, rows, total: total as ResultsView['total'] };
  }

  async file(actor: Actor, question: ResultsFileDto): Promise<string> {
    const { by, rows, total } = await this.read(actor, question);
    const { locale } = question;
    return csvTable([
      [words[by][locale], words.reviews[locale], words.average[locale], words.failed[locale]],
      ...rows.map((row) => [nameOf(row, by, question), row.reviews, row.average, row.failed]),
      [words.total[locale], total.reviews, total.average, total.failed],
    ]);
  }
}

function nameOf({ key, name, words: asked }: ResultRow, by: ResultsBy, { locale, calendar }: ResultsFileDto): string {
  if (by === 'week') {
    return calendar === 'jalali' ? writeJalaliDay(key) : key;
  }
  return name ?? asked?.[locale] ?? asked?.en ?? asked?.fa ?? key;
}
