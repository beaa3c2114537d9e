import { Readable } from 'node:stream';
import type { EmailSettings, MailDress, OutboundMessage, OutgoingMail } from '#channels';
import type { ReportUnit, ReportView } from '#contract';
import { csvTable } from '../../../platform/tables/csv.js';
import { tableOf } from '../files/report-files.service.js';
import { reportWords, type ReportLanguage } from '../files/report-words.js';
import type { ReportQuestion } from '../questions/report-question.js';

/** What is mailed, by whom and to whom. */
export interface ReportMail {
  id: string;
  name: string;
  addresses: string[];
  locale: ReportLanguage;
  calendar: ReportQuestion['calendar'];
  view: ReportView;
  dress: MailDress;
}

const shownRows = 40;
const texts = {
  en: {
    span: (from: string, to: string) => (from === to ? from : `${from} to ${to}`),
    more: 'The attached file has all rows.',
  },
  fa: {
    span: (from: string, to: string) => (from === to ? from : `${from} تا ${to}`),
    more: 'همهٔ ردیف‌ها در پروندهٔ پیوست است.',
  },
};

/** A report as a mail: a small table to look at, and all of it as a file. The same try has the same Message-ID again. */
export function reportMail(mail: ReportMail, { address: from }: EmailSettings): OutboundMessage {
  const { id, name, view, locale, calendar } = mail;
  const [first = '', ...others] = mail.addresses;
  const { head, rows } = tableOf(view, calendar, locale);
  const csv = Buffer.from(csvTable([head, ...rows]));
  const span = texts[locale].span(dayOf(view.from, mail), dayOf(view.to, mail));
  const total = rows.at(-1) ?? [];
  const shown = [...rows.slice(0, -1).slice(0, shownRows), total];
  const outgoing: OutgoingMail = {
    messageId: `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    inReplyTo: null,
    references: [],
    subject: `${name} · ${span}`,
    cc: others,
    threadToken: null,
    dress: mail.dress,
    table: { head, rows: shown.map((row) => row.map((cell, index) => cellText(cell, unitOf(view, index), locale))) },
  };
  return {
    id,
    to: { kind: 'email', address: first },
    toName: '',
    text: [
      `${reportWords[view.report][locale]}: ${span}`,
      ...(rows.length > shown.length ? [texts[locale].more] : []),
    ].join('\n\n'),
    attachments: [
      {
        name: `${view.report}-${view.from}-${view.to}.csv`,
        mediaType: 'text/csv',
        bytes: csv.length,
        open: () => Readable.from([csv]),
      },
    ],
    mail: outgoing,
    replyTo: null,
  };
}

function dayOf(day: string, { locale, calendar }: ReportMail): string {
  const shown = `${locale === 'fa' ? 'fa-IR' : 'en-GB'}-u-ca-${calendar === 'jalali' ? 'persian' : 'gregory'}`;
  const format = new Intl.DateTimeFormat(shown, { dateStyle: 'medium', timeZone: 'UTC' });
  return format.format(new Date(`${day}T12:00:00Z`));
}

/** Behind the name of the row come the columns, and those again for the time that it is compared with. */
function unitOf({ columns }: ReportView, index: number): ReportUnit | null {
  return index === 0 ? null : (columns[(index - 1) % columns.length]?.unit ?? null);
}

function cellText(cell: string | number | null, unit: ReportUnit | null, locale: ReportLanguage): string {
  if (cell === null) {
    return '–';
  }
  if (typeof cell === 'string') {
    return cell;
  }
  const isShare = unit === 'share';
  return new Intl.NumberFormat(locale === 'fa' ? 'fa-IR' : 'en', {
    maximumFractionDigits: isShare || unit === 'score' ? 1 : 0,
    ...(isShare && { style: 'percent' }),
  }).format(cell);
}
