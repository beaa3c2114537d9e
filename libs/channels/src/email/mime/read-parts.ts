import type { ParsedNode } from 'mailparser';
import type { CalendarEvent, InboundAttachment } from '../../message.js';
import { attachmentName } from './attachment-name.js';
import { plainId, referencedIds, roleOf, type FileRole } from './classify-files.js';
import { decodeText } from './decode-text.js';
import { takeUuencoded, type EmbeddedFile } from './embedded-files.js';
import { htmlToText } from './html-to-text.js';
import { mendName } from './mend-words.js';
import { withUsedBoundary } from './mend-boundary.js';
import type { ParsedParts, PartLimits, PendingFile } from './part-parser.js';
import { readBody, type MailBody } from './read-body.js';
import { readCalendar } from './read-calendar.js';
import { readHead } from './read-head.js';
import { isTnef, readTnef, type TnefMail } from './tnef/read-tnef.js';

/** What a mail holds below its head. A `fault` says that this is only what could be read before it was met. */
export interface MailParts {
  text: string;
  /** The page that the text was made of, null when it was written as text. */
  textPage: string | null;
  /** The page that the mail shows, null when it has only text. */
  html: string | null;
  attachments: InboundAttachment[];
  calendar: CalendarEvent | null;
  fault: 'malformed' | 'oversized' | null;
}

const longestHead = 256 * 1024;

/** A file with its bytes and its role. */
interface OpenedFile {
  mediaType: string;
  name: string;
  contentId: string;
  bytes: Uint8Array;
  role: FileRole;
}

/** Reads the text and the files of a mail. Never rejects, and settles within `limits.timeMs`. */
export async function readParts(raw: Uint8Array, limits: PartLimits, fallbackCharset?: string): Promise<MailParts> {
  const { tree, files, embedded, fault, isDamaged, isHollow } = await parseMended(raw, limits, fallbackCharset);
  const isUnparted = isHollow && files.length === 0 && fault === null;
  const body = isUnparted ? wholeBody(raw, readBody(tree), fallbackCharset) : readBody(tree);
  const whole = files.filter((file) => file.ended && file.bytes <= limits.fileBytes);
  const isCut = whole.length < files.length || body.depth > limits.depth;
  const nodes = nodesOf(tree);
  const opened = whole.map((file) => open(file, nodes, fallbackCharset));
  const packed = new Map(opened.flatMap((file) => packedIn(file)));
  const all = [
    ...opened.flatMap((file) => unpack(file, packed.get(file))),
    ...[...body.embedded, ...embedded].map(asOpened),
  ];
  const said = body.text.trim() === '' && body.html === null ? packedBody([...packed.values()]) : body;
  return {
    text: said.text,
    textPage: said.textPage,
    html: said.html,
    attachments: await attachmentsOf(all, said.html),
    calendar: calendarOf(all, fallbackCharset),
    fault: fault ?? faultOf(isCut, isHollow || isDamaged),
  };
}

function faultOf(isCut: boolean, isBroken: boolean): MailParts['fault'] {
  if (isCut) {
    return 'oversized';
  }
  return isBroken ? 'malformed' : null;
}

interface MendedParts extends ParsedParts {
  isHollow: boolean;
}

/** Takes a mail apart, and once more by the boundary in use where the one that its head names is not there. */
async function parseMended(raw: Uint8Array, limits: PartLimits, fallbackCharset?: string): Promise<MendedParts> {
  const { parseParts } = await import('./part-parser.js');
  const parsed = await parseParts(raw, limits, fallbackCharset);
  const isHollow = hasHollowPart(parsed.tree);
  const isEmpty = isHollow && parsed.fault === null && readBody(parsed.tree).text === '';
  const mended = isEmpty ? withUsedBoundary(raw, parsed.tree) : null;
  return mended === null
    ? { ...parsed, isHollow }
    : { ...(await parseParts(mended, limits, fallbackCharset)), isHollow };
}

/** Whether something that calls itself several parts has none: its boundary is not named, or never comes. */
function hasHollowPart(tree: ParsedNode | false): boolean {
  const isHollow = ({ contentType, children }: ParsedNode): boolean =>
    (typeof contentType === 'string' && contentType.startsWith('multipart/') && children.length === 0) ||
    children.some(isHollow);
  return tree !== false && isHollow(tree);
}

/** Where no part was found, what stands below the head is shown as it came, so that no words are lost. */
function wholeBody(raw: Uint8Array, found: MailBody, fallbackCharset: string | undefined): MailBody {
  if (found.text.trim() !== '' || found.html !== null) {
    return found;
  }
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const end = /\r?\n\r?\n/u.exec(bytes.subarray(0, longestHead).toString('latin1'));
  const text = end ? decodeText(bytes.subarray(end.index + end[0].length), fallbackCharset) : '';
  return { ...found, text: text.trim() };
}

/** Finds a part's place by the headers that it shares with its attachment. */
function nodesOf(tree: ParsedNode | false): Map<object, ParsedNode> {
  const nodes = new Map<object, ParsedNode>();
  const pending = tree ? [tree] : [];
  for (let node = pending.pop(); node; node = pending.pop()) {
    nodes.set(node.headers, node);
    pending.push(...node.children);
  }
  return nodes;
}

function open(
  { part, chunks }: PendingFile,
  nodes: ReadonlyMap<object, ParsedNode>,
  fallbackCharset: string | undefined,
): OpenedFile {
  const mediaType = (part.contentType || 'application/octet-stream').toLowerCase();
  const node = nodes.get(part.headers);
  // The pieces are given up as they are joined: a large file must not be here twice.
  const { bytes, name: packedName } = decoded(Buffer.concat(chunks.splice(0)), node);
  const name = mendName(part.filename || packedName, fallbackCharset);
  return { mediaType, name, contentId: part.cid?.trim() ?? '', bytes, role: roleOf({ mediaType, name, node }) };
}

/** The bytes of a file that came uuencoded as a part of its own, which the parser does not know. */
function decoded(bytes: Uint8Array, node: ParsedNode | undefined): EmbeddedFile {
  const isPacked = /^(?:x-)?uu/u.test(node?.node.encoding || '');
  const [file] = isPacked ? takeUuencoded(Buffer.from(bytes).toString('latin1')).files : [];
  return file ?? { name: '', bytes };
}

function packedIn(file: OpenedFile): [OpenedFile, TnefMail][] {
  const mail = isTnef(file.mediaType, file.name) ? readTnef(file.bytes) : null;
  return mail && (mail.files.length > 0 || mail.html !== null || mail.text !== '') ? [[file, mail]] : [];
}

/** Outlook's private form gives way to what it holds, unless it could not be opened. */
function unpack(file: OpenedFile, mail: TnefMail | undefined): OpenedFile[] {
  return mail ? mail.files.map((one) => ({ ...one, role: 'file' as const })) : [file];
}

function packedBody(mails: readonly TnefMail[]): Pick<MailParts, 'text' | 'textPage' | 'html'> {
  const mail = mails.find(({ html, text }) => html !== null || text.trim() !== '');
  const html = mail?.html ?? null;
  return { html, textPage: html, text: html === null ? (mail?.text ?? '') : htmlToText(html).text };
}

function asOpened({ name, bytes }: EmbeddedFile): OpenedFile {
  return { name, bytes, mediaType: 'application/octet-stream', contentId: '', role: 'file' };
}

/** The files that a reader gets. An invitation comes as text and as a file of the same event; one of them is enough. */
function attachmentsOf(all: readonly OpenedFile[], html: string | null): Promise<InboundAttachment[]> {
  const shown = referencedIds(html);
  const events = all.filter(({ role }) => role === 'calendar');
  const event = events.find(({ name }) => name !== '') ?? events[0];
  const sent = all.filter(({ role, name, bytes }) => role === 'file' && (name !== '' || bytes.length > 0));
  return Promise.all([...sent, ...(event ? [event] : [])].map((file) => asAttachment(file, shown)));
}

/** Only what the page really shows keeps its content id; everything else must be seen beside the text. */
async function asAttachment(file: OpenedFile, shown: ReadonlySet<string>): Promise<InboundAttachment> {
  const { bytes, mediaType, name } = file;
  const contentId = plainId(file.contentId);
  return {
    name: attachmentName(name || (await subjectAsName(bytes, mediaType)), mediaType),
    mediaType,
    contentId: contentId !== '' && shown.has(contentId) ? contentId : null,
    source: { bytes },
  };
}

async function subjectAsName(bytes: Uint8Array, mediaType: string): Promise<string> {
  const subject = mediaType === 'message/rfc822' ? (await readHead(bytes)).subject : '';
  return subject === '' ? '' : `${subject.replaceAll(/[/\\:]/gu, ' ')}.eml`;
}

function calendarOf(all: readonly OpenedFile[], fallbackCharset: string | undefined): CalendarEvent | null {
  for (const { role, bytes } of all) {
    const event = role === 'calendar' ? readCalendar(decodeText(bytes, fallbackCharset)) : null;
    if (event) {
      return event;
    }
  }
  return null;
}
