import type { ReportDetail, ReportRow } from './report-detail.js';
import { messageIdIn } from './report-detail.js';
import { addressIn, addressesIn } from './failed-address.js';
import { recipientsOf } from './failure-text.js';
import { readFields, type ReportMail, type ReportPart } from './report-parts.js';

/** These tell the owner of a domain how its mail fared; nobody complained. */
const noComplaint = /^(?:auth-failure|not-spam|dmarc)\b/iu;

/**
 * Reads a complaint: an abuse report (RFC 5965), or the one big provider's form that has the complained mail only. Null when it
 * is none. A report in which nobody complains keeps its recipients to itself.
 */
export function readComplaint(mail: ReportMail, parts: ReportPart[]): ReportDetail | null {
  const feedback = parts.find(({ type }) => type === 'message/feedback-report')?.text ?? '';
  const returned = parts.find(({ type }) => /^(?:message\/rfc822|text\/rfc822-headers?)$/u.test(type))?.text ?? '';
  if (feedback === '' && !isBareComplaint(mail, returned)) {
    return null;
  }
  const kind = readFields(feedback).get('feedback-type') ?? 'complaint';
  const addresses = complainers(feedback, returned);
  return {
    class: 'complaint',
    about: messageIdIn(idField(returned)) ?? messageIdIn(idField(feedback)),
    rows: (addresses.length > 0 ? addresses : ['']).map((address) => complaintRow(address, kind)),
    awayUntil: null,
    away: false,
  };
}

function isBareComplaint({ field, subject }: ReportMail, returned: string): boolean {
  const isReport = /report-type\s{0,3}=\s{0,3}"?feedback-report/iu.test(field('content-type'));
  return isReport || (returned !== '' && /^\s*complaint about message from\b/iu.test(subject));
}

function idField(text: string): string {
  return /^(?:original-)?message-id:[^\n]*(?:\n[ \t][^\n]*)?/imu.exec(text)?.[0] ?? '';
}

/** Who complained, as far as the report dares to say: providers hide it in one field or another, or everywhere. */
function complainers(feedback: string, returned: string): string[] {
  const named = feedback.match(/^(?:original-rcpt-to|removal-recipient|recipient):[^\n]*/gimu) ?? [];
  const told = addressesIn(named.join('\n'));
  if (told.length > 0) {
    return told;
  }
  const hidden = /^x-hmxmroriginalrecipient:[^\n]*/imu.exec(returned)?.[0] ?? '';
  const one = addressIn(hidden);
  return one === null ? recipientsOf(returned).slice(0, 1) : [one];
}

function complaintRow(address: string, kind: string): ReportRow {
  const delayed = noComplaint.test(kind);
  return { address, status: '', digit: '', smtp: '', hard: false, delayed, diagnostic: kind.slice(0, 100) };
}
