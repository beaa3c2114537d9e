import { readDeliveryStatus, type StatusRow } from './delivery-status.js';
import { addressesIn, addressIn } from './failed-address.js';
import { copyIn, readFailureText, recipientsOf, type ToldFailure } from './failure-text.js';
import { judgeFailure } from './judge-failure.js';
import { messageIdIn, type ReportDetail, type ReportRow, type ReportSigns } from './report-detail.js';
import type { ReportMail, ReportPart } from './report-parts.js';

const longestWords = 500;
const mostRows = 100;
/** What a server says that has not been able to deliver; without it a server's mail may be about anything. */
const tellsFailure =
  /\b(?:undeliver\w*|not (?:be |been )?deliver\w*|deliver\w* (?:failed|failure|error|problem|has been delayed|status|was aborted)|failed to (?:deliver|send)|unable to (?:deliver|send)|n[o']t (?:be )?(?:sent|deliver\w*)|could not be (?:sent|deliver\w*)|error (?:while|occurred|message)|returned mail|permanent (?:fatal )?error|rejected|bounced?|giving up|mail failed|no valid recipients|did not like|delayed|unknown (?:user|host|address)|mailbox|5\d\d[ -]|4\d\d[ -]|5\.\d\.\d|4\.\d\.\d)/iu;

/** What a mail program says that somebody opened a mail. */
const receipt = /^message\/(?:global-)?disposition-notification$/u;

/**
 * Reads a delivery failure: the machine-readable part where there is one (RFC 3464), completed by what the notification for
 * people tells, and that alone for the many servers that send nothing else. Null when the mail reports no failure.
 */
export function readBounce(mail: ReportMail, parts: ReportPart[], signs: ReportSigns): ReportDetail | null {
  const stated = parts
    .filter(({ type }) => type === 'message/delivery-status')
    .flatMap(({ text }) => readDeliveryStatus(text));
  const notice = noticeOf(parts);
  const isReport = /^multipart\/report\b/iu.test(mail.field('content-type'));
  if (parts.some(({ type }) => receipt.test(type))) {
    return null;
  }
  if (
    stated.length === 0 &&
    !isReport &&
    !(tellsFailure.test(`${mail.subject}\n${notice}`) && (signs.isServer || signs.hasFailureSubject))
  ) {
    return null;
  }
  const returned = returnedOf(parts, notice);
  const told = readTold(mail, notice, stated, returned);
  const arrived = stated.length > 0 && stated.every(({ action }) => /^(?:delivered|relayed|expanded)$/u.test(action));
  return {
    class: arrived ? 'delivered' : 'bounce',
    about: aboutOf(mail, returned, notice),
    rows: (stated.length > 0 ? statedRows(stated, told, mail.subject) : toldRows(told, mail.subject)).slice(
      0,
      mostRows,
    ),
    awayUntil: null,
    away: false,
  };
}

/** The text for people: the plain parts before the returned mail, or a page where there is nothing else. */
function noticeOf(parts: ReportPart[]): string {
  const end = parts.findIndex(({ type }) =>
    /^(?:message\/(?:rfc822|partial|global)|text\/rfc822-headers?)$/u.test(type),
  );
  const before = end <= 0 ? parts : parts.slice(0, end);
  const texts = before.filter(
    ({ type }) => type === 'text/plain' || type === 'message/delivery-status' || type === 'text/x-rfc822',
  );
  const plain = texts.filter(({ type }) => type === 'text/plain');
  const chosen = plain.length > 0 ? plain : before.filter(({ type }) => type === 'text/html');
  return chosen.map(({ text }) => text).join('\n');
}

/** The returned mail or its head, wherever it is. */
function returnedOf(parts: ReportPart[], notice: string): string {
  const part = parts.find(({ type }) =>
    /^(?:message\/(?:rfc822|partial|global|delivery)|text\/rfc822-headers?)$/u.test(type),
  );
  return (part?.text ?? copyIn(notice)).slice(0, 20_000);
}

function aboutOf({ field }: ReportMail, returned: string, notice: string): string | null {
  const ids = [returned, notice].map(
    (text) => /^[>\s]{0,8}message-id:\s*[^\n]*(?:\n[ \t][^\n]*)?/imu.exec(text)?.[0] ?? '',
  );
  return (
    ids.map(messageIdIn).find((id) => id !== null) ??
    messageIdIn(field('in-reply-to')) ??
    messageIdIn(field('references'))
  );
}

function readTold(mail: ReportMail, notice: string, stated: StatusRow[], returned: string): ToldFailure[] {
  const own = addressIn(mail.field('to')) ?? '';
  const named =
    stated.length > 0
      ? stated.map(({ address }) => address).filter((address) => address !== '')
      : addressesIn(mail.field('x-failed-recipients'));
  const told = readFailureText(notice, named, own);
  if (told.length > 0 || stated.length > 0) {
    return told;
  }
  return recipientsOf(returned)
    .slice(0, 1)
    .map((address) => ({ address, words: notice.slice(0, 4_000) }));
}

const delaySubject = /\bdelay\w*|\(delay\)|\bwarning\b|delivery incomplete|not yet been delivered/iu;

function statedRows(stated: StatusRow[], told: ToldFailure[], subject: string): ReportRow[] {
  const failed = stated.filter(({ action }) => !/^(?:delivered|relayed|expanded)$/u.test(action));
  return (failed.length > 0 ? failed : stated).map((row) => {
    const context = told.find(({ address }) => address === row.address)?.words ?? '';
    const delayed = row.action === 'delayed' || (row.action === '' && delaySubject.test(subject));
    const words = row.diagnostic.length > 3 ? row.diagnostic : context;
    const verdict = judgeFailure({ status: row.status, words, context, isDelay: delayed });
    return rowOf(row.address, verdict, delayed, words);
  });
}

function toldRows(told: ToldFailure[], subject: string): ReportRow[] {
  const delayed = delaySubject.test(subject);
  return told.map(({ address, words }) =>
    rowOf(address, judgeFailure({ status: '', words, context: words, isDelay: delayed }), delayed, words),
  );
}

function rowOf(
  address: string,
  verdict: Omit<ReportRow, 'address' | 'delayed' | 'diagnostic'>,
  delayed: boolean,
  words: string,
): ReportRow {
  return { address, ...verdict, delayed, diagnostic: diagnosticOf(words) };
}

function diagnosticOf(words: string): string {
  return words
    .slice(0, 4_000)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, longestWords)
    .toWellFormed();
}
