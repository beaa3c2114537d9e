import { decodeText } from '../mime/decode-text.js';
import { htmlToText } from '../mime/html-to-text.js';

/** A part of a mail that may be a report, its text decoded. `field` gives an unfolded header of that lower-case name, '' when absent. */
export interface ReportPart {
  type: string;
  field: (name: string) => string;
  text: string;
}

/** A mail taken apart as far as reports need: its head, and the leaves of its tree in order. */
export interface ReportMail {
  field: (name: string) => string;
  /** The subject with its encoded words decoded. */
  subject: string;
  parts: () => ReportPart[];
}

/** Reports stand at the top of a mail; what they return below may be of any size. In bytes. */
const window = 1024 * 1024;
const headWindow = 64 * 1024;
const mostParts = 50;
const deepest = 8;

/**
 * Opens a mail whatever its line ends are. Nothing is decoded before it is asked for, so that looking at the head of an ordinary
 * mail costs next to nothing. Never throws.
 */
export function openReport(raw: Uint8Array): ReportMail {
  const { field } = readEntity(opening(raw, headWindow));
  return {
    field,
    subject: decodeWords(field('subject')),
    parts: () => {
      const leaves: ReportPart[] = [];
      collect(opening(raw, window), leaves, 0);
      return leaves;
    },
  };
}

/** The first bytes of a mail with line feeds as its line ends, without the line that mailbox files put before it. */
function opening(raw: Uint8Array, bytes: number): string {
  return Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, bytes))
    .toString('latin1')
    .replace(/\r\n?/gu, '\n')
    .replace(/^(?:\n|>?From [^\n]{0,200}\n)+/u, '');
}

interface Entity {
  field: (name: string) => string;
  body: string;
}

function readEntity(text: string): Entity {
  const end = text.startsWith('\n') ? 0 : text.indexOf('\n\n');
  const head = end === -1 ? text : text.slice(0, end);
  const fields = readFields(head);
  return {
    field: (name) => fields.get(name) ?? '',
    body: end === -1 ? '' : text.slice(end).replace(/^\n{1,2}/u, ''),
  };
}

/** The fields of a head or of one group of a delivery status. The first of a name wins. */
export function readFields(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.replace(/\n[ \t]+/gu, ' ').split('\n')) {
    const named = /^([!-9;-~]{1,100})[ \t]*:(.*)$/u.exec(line);
    const name = named?.[1]?.toLowerCase() ?? '';
    if (named && !fields.has(name)) {
      fields.set(name, (named[2] ?? '').trim());
    }
  }
  return fields;
}

function collect(text: string, leaves: ReportPart[], depth: number): void {
  const entity = readEntity(text);
  const type = /^[^;\s]+/u.exec(entity.field('content-type'))?.[0].toLowerCase() ?? 'text/plain';
  const pieces = type.startsWith('multipart/') && depth < deepest ? piecesOf(entity) : null;
  if (pieces === null) {
    leaves.push({ type, field: entity.field, text: isReturned(type) ? entity.body : decodeBody(entity, type) });
    return;
  }
  for (const inner of pieces) {
    if (leaves.length < mostParts) {
      collect(inner, leaves, depth + 1);
    }
  }
}

function isReturned(type: string): boolean {
  return type.startsWith('message/') && type !== 'message/delivery-status' && type !== 'message/feedback-report';
}

/** The parts by the boundary that the head declares, or by the one in use where servers on the way have broken the head; null: none. */
function piecesOf({ field, body }: Entity): string[] | null {
  const declared = /boundary\s{0,5}=\s{0,5}(?:"([^"]{1,200})"|([^\s;]{1,200}))/iu.exec(field('content-type'));
  const used = /^--([^\n]{1,200}?)[ \t]*\n(?=content-|mime-|\n)/imu.exec(body)?.[1];
  const boundary = [declared?.[1] ?? declared?.[2], used].find(
    (one) => one !== undefined && `\n${body}`.includes(`\n--${one}`),
  );
  return boundary === undefined ? null : splitAt(boundary, body);
}

function splitAt(boundary: string, body: string): string[] {
  const chunks = `\n${body}`.split(`\n--${boundary}`);
  const end = chunks.findIndex((chunk, index) => index > 0 && chunk.startsWith('--'));
  return chunks.slice(1, end === -1 ? undefined : end).map((chunk) => chunk.replace(/^[ \t]*\n/u, ''));
}

function decodeBody({ field, body }: Entity, type: string): string {
  const bytes = decodeTransfer(body, field('content-transfer-encoding').toLowerCase());
  const text = decodeCharset(bytes, field('content-type')).replace(/\r\n?/gu, '\n');
  return type === 'text/html' ? htmlToText(text).text : text;
}

function decodeTransfer(body: string, encoding: string): Buffer {
  if (encoding === 'base64') {
    return Buffer.from(body.replace(/[^A-Za-z0-9+/=]/gu, ''), 'base64');
  }
  return Buffer.from(encoding === 'quoted-printable' ? decodeQuoted(body.replace(/=[ \t]*\n/gu, '')) : body, 'latin1');
}

function decodeQuoted(text: string): string {
  return text.replace(/=([0-9a-f]{2})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function decodeCharset(bytes: Buffer, contentType: string): string {
  const label = /charset\s{0,5}=\s{0,5}["']?([\w.:-]{1,40})/iu.exec(contentType)?.[1]?.toLowerCase() ?? '';
  return decodeNamed(bytes, /^(?:|us-ascii|ascii|unknown.*|.*utf-7)$/u.test(label) ? null : label);
}

function decodeNamed(bytes: Buffer, label: string | null): string {
  try {
    return label === null ? decodeText(bytes) : new TextDecoder(label).decode(bytes);
  } catch {
    return decodeText(bytes);
  }
}

/** Decodes the encoded words of a header whose bytes were read as Latin-1. */
function decodeWords(field: string): string {
  const joined = decodeNamed(Buffer.from(field.slice(0, 2_000), 'latin1'), null).replace(/\?=\s+=\?/gu, '?==?');
  return joined.replace(
    /=\?([^?\s]{1,40})\?([bq])\?([^?]{0,800})\?=/giu,
    (_, label: string, how: string, word: string) => {
      const isBase64 = how.toLowerCase() === 'b';
      const bytes = isBase64
        ? Buffer.from(word, 'base64')
        : Buffer.from(decodeQuoted(word.replaceAll('_', ' ')), 'latin1');
      return decodeNamed(bytes, label.split('*', 1)[0] ?? label);
    },
  );
}
