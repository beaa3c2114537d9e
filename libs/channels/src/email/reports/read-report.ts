import type { MailReport } from '../../message.js';
import { addressIn } from './failed-address.js';
import { headsAutomaticAnswer, saysAway } from './absence.js';
import { readAbsenceEnd } from './absence-end.js';
import { readBounce } from './read-bounce.js';
import { readComplaint } from './read-complaint.js';
import { readNotification } from './provider-notification.js';
import { messageIdIn, nothing, type ReportDetail, type ReportRow, type ReportSigns } from './report-detail.js';
import { openReport, type ReportMail, type ReportPart } from './report-parts.js';

/**
 * Reads what a mail reports about mail of ours, out of its bytes; null for a mail that reports nothing. Call it for every mail: an
 * ordinary one is told by its head. `envelopeFrom` is the sender of the envelope, '' for the null sender, null when unknown. Pure and linear in time, never throws, looks at the first megabyte only.
 *
 * `recipients` holds those for whom it failed for good: a notice of delay gives none. A report is a stranger's word: it may change
 * nothing but the message that it names, and only for an address which that message went to.
 */
export function readReport(raw: Uint8Array, envelopeFrom: string | null = null): MailReport | null {
  const detail = readReportDetail(raw, envelopeFrom);
  if (detail.class === 'auto-reply') {
    return detail.away ? { kind: 'away', about: detail.about, recipients: [], awayUntil: detail.awayUntil } : null;
  }
  if (detail.class !== 'bounce' && detail.class !== 'complaint') {
    return null;
  }
  const recipients = detail.rows
    .filter(({ delayed, address }) => !delayed && address !== '')
    .map(({ address, status, hard, diagnostic }) => ({ address, status, hard, diagnostic }));
  return { kind: detail.class, about: detail.about, recipients, awayUntil: null };
}

/** The whole of what is read, for measuring: see `readReport`. */
export function readReportDetail(raw: Uint8Array, envelopeFrom: string | null = null): ReportDetail {
  const mail = openReport(raw);
  const signs = readSigns(mail, envelopeFrom);
  if (!signs.isCandidate) {
    return nothing;
  }
  const parts = mail.parts();
  return (
    readNotification(parts) ??
    readComplaint(mail, parts) ??
    (signs.isAnswer ? null : readBounce(mail, parts, signs)) ??
    readAnswer(mail, parts, signs) ??
    nothing
  );
}

const serverNames =
  /mailer-?daemon|mail delivery|post_?master|mail deliver|mail\.delivery|delivery (?:sub)?system|internet mail delivery|mail administrator|system administrator|mail router|mail system|microsoftexchange[0-9a-f]{16}|courier mail server|mail ?marshal|mcafee|interscan|^[^<@]*<>|^\s*<?>?\s*$/iu;
const failureSubject =
  /undeliver|(?:non-?|failed |un)deliver|deliver\w* (?:notification|status|fail|error|problem|report|has failed|incomplete|unsuccessful)|(?:could not|unable to|cannot) (?:be )?(?:deliver|send)|returned (?:e-?)?mail|mail (?:delivery|system) (?:fail|error)|mail (?:failed|failure|could not)|failure notice|failed mail|could ?n[o']t be (?:sent|delivered)|returned to sender|returning (?:message|mail) to sender|message (?:undeliver\w*|status|delivery|not delivered)|bounced? (?:mail|message)|postmaster notify|smtp server: errors|unzustellbar|nicht zugestellt|non remis|non distribué|échec de la remise|no se pudo entregar|no entregado|mancato recapito|não entregue|onbestelbaar|недоставлен|не доставлен|не может быть доставлен|投递失败|退信|配信不能|送信できません|یافت نشد گیرنده|ارسال ناموفق|تحویل نشد/iu;
const answeredByHand = /^\s*(?:re|fwd?|fw|wg|aw|sv)\s*:/iu;

/** Parcels are delivered too, and programs write about those that were not. */
const parcel =
  /\b(?:parcel|package|shipment|order|courier|sendung|paket|colis|paquete|pacco|pakket)\b|посылк|مرسوله|بسته|سفارش/iu;

function readSigns({ field, subject }: ReportMail, envelopeFrom: string | null): ReportSigns {
  const isReport = /^multipart\/report\b/iu.test(field('content-type'));
  const isServer = envelopeFrom === '' || comesFromServer(field);
  // People write about parcels that were not delivered: such words count in what nobody wrote by hand only.
  const isWritten = !isServer && !isReport && !isSubmittedByItself(field);
  const hasFailureSubject = !isWritten && tellsOfFailure(subject, isServer || isReport);
  const mayAnswer = !isReport && !hasFailureSubject && field('x-failed-recipients') === '';
  const isAnswer = mayAnswer && answersItself(field, subject);
  const mayNotify = /sns\.amazonaws\.com|complaint about message/iu.test(`${field('from')} ${subject}`);
  const isCandidate = [isReport, isServer, hasFailureSubject, isAnswer, mayNotify].includes(true);
  return { isCandidate, isServer: isServer || isReport, hasFailureSubject, isAnswer };
}

function tellsOfFailure(subject: string, isServer: boolean): boolean {
  return failureSubject.test(subject) && !answeredByHand.test(subject) && (isServer || !parcel.test(subject));
}

function comesFromServer(field: ReportMail['field']): boolean {
  const isNull = /^<\s*>$/u.test(field('return-path'));
  return isNull || field('x-failed-recipients') !== '' || serverNames.test(field('from'));
}

function isSubmittedByItself(field: ReportMail['field']): boolean {
  return !/^(?:no\b|$)/iu.test(field('auto-submitted'));
}

function answersItself(field: ReportMail['field'], subject: string): boolean {
  const submitted = field('auto-submitted').toLowerCase();
  return (
    headsAutomaticAnswer(subject) ||
    submitted.startsWith('auto-replied') ||
    (isSubmittedByItself(field) && saysAway(subject, '')) ||
    submitted.includes('vacation') ||
    ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-auto-reply'].some((name) => field(name) !== '') ||
    /^auto_?reply$/iu.test(field('precedence'))
  );
}

function readAnswer(mail: ReportMail, parts: ReportPart[], { isAnswer }: ReportSigns): ReportDetail | null {
  if (!isAnswer) {
    return null;
  }
  const text = parts.find(({ type }) => type.startsWith('text/'))?.text ?? '';
  const sentAt = new Date(mail.field('date'));
  const end = readAbsenceEnd(`${mail.subject}\n${text}`, Number.isNaN(sentAt.getTime()) ? new Date() : sentAt);
  const sender = addressIn(mail.field('from')) ?? '';
  const row: ReportRow = {
    address: sender,
    status: '',
    digit: '',
    smtp: '',
    hard: false,
    delayed: true,
    diagnostic: '',
  };
  return {
    class: 'auto-reply',
    about: messageIdIn(mail.field('in-reply-to')) ?? messageIdIn(mail.field('references').split(/\s+/u).at(-1) ?? ''),
    rows: [row],
    awayUntil: end,
    away: end !== null || headsAway(mail.subject) || saysAway(mail.subject, text),
  };
}

function headsAway(subject: string): boolean {
  return /out of (?:the )?office|abwesen|absence|vacation|مرخصی|خارج از دفتر/iu.test(subject);
}
