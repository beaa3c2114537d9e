import { Transform, type TransformCallback } from 'node:stream';
import { MailParser, type ParsedAttachment, type ParsedNode } from 'mailparser';
import type { InboundAttachment } from '../../message.js';
import { attachmentName } from './attachment-name.js';
import { decodeText } from './decode-text.js';
import { htmlToText } from './html-to-text.js';
import { readHead } from './read-head.js';

/** How much of a mail is read. Times in milliseconds, sizes in bytes. */
export interface PartLimits {
  parts: number;
  depth: number;
  fileBytes: number;
  timeMs: number;
}

/** What a mail holds below its head. A `fault` says that this is only what could be read before it was met. */
export interface MailParts {
  text: string;
  attachments: InboundAttachment[];
  fault: 'malformed' | 'oversized' | null;
}

/** The name under which a text part without a usable charset goes through mailparser's decoder. */
const unnamedCharset = 'x-unnamed';
const doubtfulCharsets = new Set(['', 'ascii', 'usascii', 'utf8', 'unknown8bit', 'xunknown', 'default', 'binary']);

/** Reads the text and the files of a mail. Never rejects, and settles within `limits.timeMs`. */
export async function readParts(raw: Uint8Array, limits: PartLimits): Promise<MailParts> {
  const parser = new PartParser(limits.parts);
  const files: PendingFile[] = [];
  const fault = await run(parser, raw, limits, files);
  const { text, depth } = readTree(parser.tree);
  const whole = files.filter((file) => file.ended && file.bytes <= limits.fileBytes);
  const isCut = whole.length < files.length || depth > limits.depth;
  return {
    text,
    attachments: await Promise.all(whole.map(asAttachment)),
    fault: fault ?? (isCut ? 'oversized' : null),
  };
}

interface PendingFile {
  part: ParsedAttachment;
  chunks: Uint8Array[];
  bytes: number;
  ended: boolean;
}

/**
 * mailparser takes a text part without a charset, or with a wrong one of the ASCII family, for UTF-8 and loses old Persian mail
 * by that. Such parts are decoded from their bytes here; parts with any other charset stay with mailparser.
 */
class PartParser extends MailParser {
  constructor(maxChildNodes: number) {
    super({
      ignoreEmbedded: true,
      keepDeliveryStatus: true,
      skipHtmlToText: true,
      skipTextToHtml: true,
      maxChildNodes,
    });
  }

  override createNode(node: unknown): ParsedNode {
    const created = super.createNode(node);
    const declared = (created.charset ?? '').toLowerCase().replace(/[^a-z0-9]/gu, '');
    if (doubtfulCharsets.has(declared)) {
      created.charset = unnamedCharset;
    }
    return created;
  }

  override getDecoder(): { decodeStream(charset: string): Transform } {
    const named = super.getDecoder();
    return {
      decodeStream(charset) {
        try {
          return charset === unnamedCharset ? new UnnamedCharsetDecoder() : named.decodeStream(charset);
        } catch {
          return new UnnamedCharsetDecoder();
        }
      },
    };
  }

  /** The text is taken from the tree afterwards, so that a mail which ends in a fault still gives what was read of it. */
  override getTextContent(): { type: 'text' } {
    return { type: 'text' };
  }
}

class UnnamedCharsetDecoder extends Transform {
  private readonly chunks: Uint8Array[] = [];

  override _transform(chunk: Uint8Array, _: BufferEncoding, done: TransformCallback): void {
    this.chunks.push(chunk);
    done();
  }

  override _flush(done: TransformCallback): void {
    done(null, Buffer.from(decodeText(Buffer.concat(this.chunks))));
  }
}

async function run(
  parser: PartParser,
  raw: Uint8Array,
  limits: PartLimits,
  files: PendingFile[],
): Promise<MailParts['fault']> {
  return await new Promise((resolve) => {
    const settle = (fault: MailParts['fault']) => {
      clearTimeout(timer);
      resolve(fault);
    };
    const timer = setTimeout(() => {
      settle('malformed');
      parser.destroy();
    }, limits.timeMs);
    parser.on('data', (part: ParsedAttachment | { type: 'text' }) => {
      if (part.type === 'attachment') {
        files.push(collect(part, limits.fileBytes));
      }
    });
    parser.on('end', () => settle(null));
    parser.on('error', (error: Error & { code?: string }) =>
      settle(error.code === 'EMAXLEN' ? 'oversized' : 'malformed'),
    );
    parser.end(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength));
  });
}

function collect(part: ParsedAttachment, limitBytes: number): PendingFile {
  const file: PendingFile = { part, chunks: [], bytes: 0, ended: false };
  const finish = () => {
    file.ended = true;
    part.release?.();
  };
  part.content.on('data', (chunk: Uint8Array) => {
    file.bytes += chunk.length;
    if (file.bytes <= limitBytes) {
      file.chunks.push(chunk);
    }
  });
  part.content.once('end', finish).once('error', finish);
  return file;
}

async function asAttachment({ part, chunks }: PendingFile): Promise<InboundAttachment> {
  const bytes = Buffer.concat(chunks);
  const mediaType = (part.contentType || 'application/octet-stream').toLowerCase();
  const cid = part.cid?.trim() ?? '';
  return {
    name: attachmentName(part.filename || (await subjectAsName(bytes, mediaType)), mediaType),
    mediaType,
    contentId: cid === '' ? null : cid,
    source: { bytes },
  };
}

async function subjectAsName(bytes: Uint8Array, mediaType: string): Promise<string> {
  const subject = mediaType === 'message/rfc822' ? (await readHead(bytes)).subject : '';
  return subject === '' ? '' : `${subject.replaceAll(/[/\\:]/gu, ' ')}.eml`;
}

/** The readable text: of alternatives the plain one, unless it is blank; of everything else each part in its order. */
function readTree(tree: ParsedNode | false): { text: string; depth: number } {
  if (!tree) {
    return { text: '', depth: 0 };
  }
  const walk = (node: ParsedNode, depth: number): { texts: string[]; depth: number } => {
    const below = depth >= 100 ? [] : node.children.map((child) => walk(child, depth + 1));
    const own = ownText(node);
    const isChoice = node.contentType === 'multipart/alternative';
    const texts = isChoice
      ? plainest(
          node,
          below.map((one) => one.texts),
        )
      : below.flatMap((one) => one.texts);
    return { texts: own === '' ? texts : [own, ...texts], depth: Math.max(depth, ...below.map((one) => one.depth)) };
  };
  const { texts, depth } = walk(tree, 0);
  return { text: texts.join('\n\n'), depth };
}

function plainest(node: ParsedNode, texts: string[][]): string[] {
  const plain = node.children.findIndex(
    ({ contentType }, at) => contentType === 'text/plain' && (texts[at] ?? []).length > 0,
  );
  return texts[plain] ?? texts.find((one) => one.length > 0) ?? [];
}

function ownText({ contentType, textContent, isAttachment }: ParsedNode): string {
  if (textContent === undefined || isAttachment) {
    return '';
  }
  const text = contentType === 'text/html' ? htmlToText(textContent) : textContent;
  return text.trim() === '' ? '' : text.replace(/\n+$/u, '');
}
