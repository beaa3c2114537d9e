import type { ParsedAddress } from 'mailparser';
import { cleanLine } from './clean-text.js';
import { decodeHeaderField } from './decode-text.js';
import { mendWords, withoutWords } from './mend-words.js';
import { withLineFeeds } from './sound-form.js';

/** An address of a header as it was written. `name` is '' when there was none. */
export interface WrittenAddress {
  address: string;
  name: string;
}

/** The head of a mail. `field` gives the unfolded text of the first field of that lower-case name, null when it is absent or blank. */
export interface MailHead {
  field(name: string): string | null;
  /** Every field of that name, unfolded, the first on top. */
  all(name: string): string[];
  count(name: string): number;
  addresses(name: string): WrittenAddress[];
  subject: string;
  messageId: string | null;
  inReplyTo: string | null;
  references: string[];
  sentAt: Date | null;
}

const longestHead = 1024 * 1024;
/** How much of one field is taken apart: more than five hundred addresses are not kept. */
const longestField = 128 * 1024;
const longestId = 900;
const mostIds = 200;
const mostAddresses = 500;
const addressFields = ['from', 'sender', 'reply-to', 'to', 'cc', 'return-path'];

interface Field {
  name: string;
  value: string;
}

/** Reads the head of a mail whatever follows it. Never throws: what cannot be read is absent. Fields that are not UTF-8 are taken for `fallbackCharset`. */
export async function readHead(raw: Uint8Array, fallbackCharset?: string): Promise<MailHead> {
  const fields = splitFields(headBlock(withLineFeeds(raw)), fallbackCharset);
  const first = new Map<string, string>();
  for (const { name, value } of fields) {
    if (!first.has(name) && value !== '') {
      first.set(name, value);
    }
  }
  const field = (name: string) => first.get(name) ?? null;
  const ids = (name: string) => withoutWords(first.get(name) ?? '');
  const decoded = await decodeFields(withAllRecipients(first, fields), fallbackCharset);
  return {
    field,
    all: (name) => fields.filter((one) => one.name === name).map(({ value }) => value),
    count: (name) => fields.filter((one) => one.name === name).length,
    addresses: (name) => writtenAddresses(decoded.get(name)),
    subject: cleanLine(textOf(decoded.get('subject'))),
    messageId: messageId(ids('message-id')),
    inReplyTo: messageId(ids('in-reply-to')),
    references: messageIds(ids('references')),
    sentAt: instant(field('date')),
  };
}

function headBlock(raw: Uint8Array): Buffer {
  const window = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, longestHead));
  const ends = ['\n\r\n', '\n\n'].map((mark) => window.indexOf(mark)).filter((end) => end >= 0);
  return window.subarray(0, ends.length > 0 ? Math.min(...ends) + 1 : window.length);
}

/**
 * Fields with their folded lines joined; lines that are neither a field nor its continuation are left out. Each is decoded by itself:
 * servers on the way add theirs in charsets of their own.
 */
function splitFields(head: Buffer, fallbackCharset: string | undefined): Field[] {
  const fields: Array<{ name: string; lines: string[] }> = [];
  for (const line of head.toString('latin1').split(/\r?\n/u)) {
    const named = /^([!-9;-~]{1,100})[ \t]*:(.*)$/su.exec(line);
    if (/^[ \t]/u.test(line)) {
      fields.at(-1)?.lines.push(line);
    } else if (named) {
      fields.push({ name: named[1]?.toLowerCase() ?? '', lines: [named[2] ?? ''] });
    }
  }
  return fields.map(({ name, lines }) => {
    const value = decodeHeaderField(Buffer.from(lines.join(''), 'latin1'), fallbackCharset);
    return { name, value: value.replaceAll('\0', '').trim() };
  });
}

/** Mail programs have begun a field of recipients anew for each of them, and every one of them got the mail. */
function withAllRecipients(first: ReadonlyMap<string, string>, fields: readonly Field[]): Map<string, string> {
  const all = new Map(first);
  for (const name of ['to', 'cc']) {
    const values = fields.filter((one) => one.name === name && one.value !== '').map(({ value }) => value);
    if (values.length > 1) {
      all.set(name, values.join(', '));
    }
  }
  return all;
}

/** Lets mailparser decode the words and addresses of the fields that hold them, the first of each only. */
async function decodeFields(
  first: ReadonlyMap<string, string>,
  fallbackCharset: string | undefined,
): Promise<Map<string, unknown>> {
  const block = ['subject', ...addressFields]
    .filter((name) => first.has(name))
    .map((name) => `${name}: ${fieldText(first.get(name) ?? '', fallbackCharset)}\r\n`)
    .join('');
  // Loaded at the first mail: a hub that has no mailbox need not carry it.
  const { MailParser } = await import('mailparser');
  const parser = new MailParser({ maxHeadSize: 2 * longestHead });
  return await new Promise((resolve) => {
    const give = () => resolve(parser.headers || new Map<string, unknown>());
    parser.once('end', give).once('close', give).once('error', give).resume();
    parser.end(Buffer.from(`${block}\r\n`));
  });
}

function fieldText(value: string, fallbackCharset: string | undefined): string {
  return mendWords(value.slice(0, longestField), fallbackCharset).replace(/[\r\n]+/gu, ' ');
}

function writtenAddresses(value: unknown): WrittenAddress[] {
  const listed = typeof value === 'object' && value !== null && 'value' in value ? value.value : [];
  return Array.isArray(listed) ? flatten(listed as ParsedAddress[]).slice(0, mostAddresses) : [];
}

function flatten(list: ParsedAddress[]): WrittenAddress[] {
  return list.flatMap(({ address, name, group }) => [
    ...(address || !group ? [{ address: address ?? '', name: cleanLine(name ?? '').slice(0, 200) }] : []),
    ...(group ? flatten(group) : []),
  ]);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The first id of a field, with its brackets; ids without brackets are kept as they are. Blank and endless ones are null. */
function messageId(value: string): string | null {
  const id = /<[^<>]+>/u.exec(value)?.[0].replace(/\s+/gu, '') ?? value.trim().split(/\s/u, 1)[0] ?? '';
  return id === '' || id === '<>' || id.length > longestId ? null : id.toWellFormed();
}

function messageIds(value: string): string[] {
  const ids = value.match(/<[^<>\s]+>/gu) ?? [];
  const kept = ids.filter((id) => id.length <= longestId).map((id) => id.toWellFormed());
  // The oldest say where a thread began and the newest where it stands; the middle is what a long chain can spare.
  return kept.length <= mostIds ? kept : [...kept.slice(0, mostIds / 2), ...kept.slice(-mostIds / 2)];
}

function instant(value: string | null): Date | null {
  const at = new Date(value ?? '');
  const year = at.getUTCFullYear();
  return Number.isNaN(at.getTime()) || year < 1970 || year > 2200 ? null : at;
}
