import { normaliseEmail } from '../email-address.js';
import { judgeFailure } from './judge-failure.js';
import type { ReportDetail, ReportRow } from './report-detail.js';
import type { ReportPart } from './report-parts.js';

type Json = Record<string, unknown>;

/**
 * Reads the JSON by which a sending service tells what became of a mail, when an account has it sent by mail (Amazon SES, with or
 * without the envelope of its notification service). Null when there is none.
 */
export function readNotification(parts: ReportPart[]): ReportDetail | null {
  const told = toldIn(parts.find(({ type }) => type === 'text/plain')?.text.trimStart() ?? '');
  const kind = text(told['notificationType']) || text(told['eventType']);
  const found = kinds[kind];
  if (!found) {
    return null;
  }
  const rows = found.rows(object(told[kind.toLowerCase()]));
  return { class: found.as, about: aboutOf(object(told['mail'])), rows, awayUntil: null, away: false };
}

const kinds: Record<string, { as: ReportDetail['class']; rows: (told: Json) => ReportRow[] }> = {
  Bounce: { as: 'bounce', rows: bounced },
  Complaint: { as: 'complaint', rows: complained },
  Delivery: { as: 'delivered', rows: delivered },
};

/** The notification itself, out of its envelope when it has one; the service writes its own words below it. */
function toldIn(mail: string): Json {
  const outer = mail.startsWith('{') ? parse(mail.slice(0, mail.lastIndexOf('}') + 1)) : {};
  return typeof outer['Message'] === 'string' ? parse(outer['Message']) : outer;
}

function parse(text: string): Json {
  try {
    return object(JSON.parse(text));
  } catch {
    return {};
  }
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value.slice(0, 100) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The mail's own Message-ID, which the service repeats among its headers. */
function aboutOf(mail: Json): string | null {
  const header = list(mail['headers'])
    .map(object)
    .find((one) => text(one['name']).toLowerCase() === 'message-id');
  const common = object(mail['commonHeaders']);
  const id = text(header?.['value']) || text(common['messageId']);
  return /^<[^<>\s\p{Cc}]{1,900}>$/u.test(id) ? id : null;
}

function bounced(bounce: Json): ReportRow[] {
  return list(bounce['bouncedRecipients']).map((one) => {
    const { emailAddress, status, diagnosticCode, action } = object(one);
    // Without words of a server there is only the service's own verdict, e.g. "Transient MailboxFull".
    const verdictOfService = `${text(bounce['bounceType'])} ${text(bounce['bounceSubType'])}`.trim();
    const words = text(diagnosticCode).replace(/^smtp;\s*/iu, '') || verdictOfService;
    const delayed = text(action) === 'delayed';
    const verdict = judgeFailure({ status: text(status), words, context: '', isDelay: delayed });
    const address = normaliseEmail(text(emailAddress)) ?? '';
    return { ...verdict, address, delayed, diagnostic: words.slice(0, 500) };
  });
}

function complained(complaint: Json): ReportRow[] {
  return list(complaint['complainedRecipients']).map((one) => ({
    address: normaliseEmail(text(object(one)['emailAddress'])) ?? '',
    status: '',
    digit: '',
    smtp: '',
    hard: false,
    delayed: false,
    diagnostic: text(complaint['complaintFeedbackType']).slice(0, 100) || 'complaint',
  }));
}

function delivered(delivery: Json): ReportRow[] {
  return list(delivery['recipients']).map((one) => ({
    address: normaliseEmail(text(one)) ?? '',
    status: /2\.\d\.\d{1,3}/u.exec(text(delivery['smtpResponse']))?.[0] ?? '',
    digit: '2',
    smtp: '250',
    hard: false,
    delayed: false,
    diagnostic: text(delivery['smtpResponse']).slice(0, 500),
  }));
}
