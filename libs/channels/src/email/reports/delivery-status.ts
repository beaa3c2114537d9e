import { addressIn } from './failed-address.js';
import { readFields } from './report-parts.js';

/** What the machine-readable part of a report says of one recipient. Fields that are absent are ''. */
export interface StatusRow {
  address: string;
  /** failed, delayed, delivered, relayed or expanded, as the server wrote it in lower case. */
  action: string;
  status: string;
  diagnostic: string;
}

/**
 * Reads a message/delivery-status body (RFC 3464), one row for each recipient in its order. Servers leave out the blank line
 * between recipients, repeat them, or write fields in another order, so a row begins wherever a recipient or a field comes again.
 */
export function readDeliveryStatus(body: string): StatusRow[] {
  const rows = splitGroups(body).flatMap((group) => readRow(readFields(group)));
  const seen = new Map<string, StatusRow>();
  for (const row of rows) {
    const before = seen.get(row.address);
    seen.set(row.address, before && before.diagnostic !== '' ? before : row);
  }
  return [...seen.values()];
}

/** Far more than any server reports on in one mail. */
const mostGroups = 1_000;

/** Groups are divided by blank lines; some servers forget them and begin the next with another Final-Recipient. */
function splitGroups(body: string): string[] {
  const plain = body.replace(/^[ \t]+$/gmu, '');
  return plain
    .split(/\n{2,}/u, mostGroups)
    .flatMap((group) => joinHeadless(group.split(/\n(?=final-recipient[ \t]*:)/iu, mostGroups)))
    .slice(0, mostGroups);
}

/** What stands before the first Final-Recipient of a group belongs to it; only the first piece can be without one. */
function joinHeadless(pieces: string[]): string[] {
  const [first = '', second, ...others] = pieces;
  return second === undefined || /^final-recipient/iu.test(first) ? pieces : [`${first}\n${second}`, ...others];
}

function readRow(fields: Map<string, string>): StatusRow[] {
  const written = ['final-recipient', 'original-recipient', 'x-actual-recipient'].map((name) => fields.get(name) ?? '');
  if (written.every((value) => value === '')) {
    return [];
  }
  const address = written.map((value) => recipientOf(value)).find((value) => value !== '') ?? '';
  return [
    {
      address,
      action: /^[a-z]+/u.exec((fields.get('action') ?? '').toLowerCase())?.[0] ?? '',
      status: /\d\.\d{1,3}\.\d{1,3}/u.exec(fields.get('status') ?? '')?.[0] ?? '',
      diagnostic: diagnosticOf(fields),
    },
  ];
}

/** `rfc822; someone@example.com`; a command that a server delivers to names the person among its words. */
function recipientOf(value: string): string {
  return addressIn(value.replace(/^\s*[\w/-]+\s*;/u, '')) ?? '';
}

/** The words of the remote server; some servers put theirs behind the status instead. */
function diagnosticOf(fields: Map<string, string>): string {
  const said = (fields.get('diagnostic-code') ?? '').replace(/^\s*[\w.-]+\s*;\s*/u, '');
  const beside = /\(([^)]{3,200})\)/u.exec(fields.get('status') ?? '')?.[1] ?? '';
  return said === '' ? beside : said;
}
