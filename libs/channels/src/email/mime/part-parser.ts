import { Transform, type TransformCallback } from 'node:stream';
import { MailParser, type ParsedAttachment, type ParsedNode, type SplitChunk } from 'mailparser';
import { DamageWatch, meantEncoding } from './damage-watch.js';
import { decodeText, isMisnamedLatin, isPlainText } from './decode-text.js';
import { takeYenc, type EmbeddedFile } from './embedded-files.js';
import { isHeadless, withLineFeeds } from './sound-form.js';

/** How much of a mail is read. Times in milliseconds, sizes in bytes. */
export interface PartLimits {
  parts: number;
  depth: number;
  fileBytes: number;
  timeMs: number;
}

/** A part that is a file, as far as it was read. `chunks` end where the limit was passed, `bytes` counts on. */
export interface PendingFile {
  part: ParsedAttachment;
  chunks: Uint8Array[];
  bytes: number;
  ended: boolean;
}

/** The parts of a mail. A `fault` says that these are only those that were read before it was met. */
export interface ParsedParts {
  tree: ParsedNode | false;
  files: PendingFile[];
  /** Files that stood inside text, in yEnc. */
  embedded: EmbeddedFile[];
  fault: 'malformed' | 'oversized' | null;
  /** It was read to its end, yet something of it is broken or missing. */
  isDamaged: boolean;
}

/** The name under which a text part without a usable charset goes through mailparser's decoder. */
const unnamedCharset = 'x-unnamed';
const emptyHead = Buffer.from('\r\n');
/** How much of one text is decoded, in bytes: far more than is ever shown, and little enough for the memory of a reader. */
const longestBody = 8 * 1024 * 1024;
const latinCharsets = new Set(['iso88591', 'iso885915', 'latin1', 'latin9', 'windows1252', 'cp1252']);
const doubtfulCharsets = new Set(['', 'ascii', 'usascii', 'utf8', 'unknown8bit', 'xunknown', 'default', 'binary']);

/** Takes a mail apart. Never rejects, and settles within `limits.timeMs`. */
export async function parseParts(raw: Uint8Array, limits: PartLimits, fallbackCharset?: string): Promise<ParsedParts> {
  const parser = new PartParser(limits.parts, fallbackCharset);
  const files: PendingFile[] = [];
  const plain = withLineFeeds(raw);
  const headless = isHeadless(plain);
  const fault = await run(parser, headless ? Buffer.concat([emptyHead, plain]) : plain, limits, files);
  const isDamaged = headless || parser.watch.found(fault === null);
  return { tree: parser.tree, files, embedded: parser.embedded, fault, isDamaged };
}

/**
 * mailparser takes a text part without a charset, or with a wrong one of the ASCII family, for UTF-8 and loses old Persian mail
 * by that. Such parts are decoded from their bytes here; parts with any other charset stay with mailparser.
 */
class PartParser extends MailParser {
  readonly embedded: EmbeddedFile[] = [];
  readonly watch = new DamageWatch();
  private readonly fallbackCharset: string | undefined;
  private hasBody = false;

  constructor(maxChildNodes: number, fallbackCharset: string | undefined) {
    super({
      ignoreEmbedded: true,
      keepDeliveryStatus: true,
      skipHtmlToText: true,
      skipTextToHtml: true,
      maxChildNodes,
    });
    this.fallbackCharset = fallbackCharset;
  }

  override processChunk(chunk: SplitChunk, done: (error?: Error) => void): void {
    if (chunk.type === 'node') {
      chunk.encoding = meantEncoding(chunk.encoding || '');
    }
    this.watch.see(chunk);
    super.processChunk(chunk, done);
  }

  override createNode(node: unknown): ParsedNode {
    const created = super.createNode(node);
    if (doubtfulCharsets.has(plainName(created.charset ?? ''))) {
      created.charset = unnamedCharset;
    }
    if (created.node.flowed) {
      // mailparser joins a quote with the answer below it, and two quotes with each other.
      created.flow = { delSp: created.node.delSp === true };
      created.node.flowed = false;
    }
    if (created.isAttachment === false) {
      // Programs attach text files as `inline`; after the body, a text with a name is one.
      created.isAttachment = this.hasBody && Boolean(created.node.filename);
      this.hasBody = true;
    }
    return created;
  }

  override getDecoder(): { decodeStream(charset: string): Transform } {
    const named = super.getDecoder();
    const guess: Decode = (bytes) => Promise.resolve(decodeText(bytes, this.fallbackCharset));
    const guessUnknown: Decode = (bytes) => {
      if (!isPlainText(bytes)) {
        this.watch.note();
      }
      return guess(bytes);
    };
    const decodeAs = (charset: string): Decode => {
      try {
        const stated = through(named.decodeStream(charset));
        const isLatin = latinCharsets.has(plainName(charset));
        return isLatin ? (bytes) => (isMisnamedLatin(bytes) ? guess(bytes) : stated(bytes)) : stated;
      } catch {
        return guessUnknown;
      }
    };
    return {
      decodeStream: (charset) => new BodyDecoder(charset === unnamedCharset ? guess : decodeAs(charset), this),
    };
  }

  /** The text is taken from the tree afterwards, so that a mail which ends in a fault still gives what was read of it. */
  override getTextContent(): { type: 'text' } {
    return { type: 'text' };
  }
}

type Decode = (bytes: Uint8Array) => Promise<string>;

function plainName(charset: string): string {
  return charset.toLowerCase().replace(/[^a-z0-9]/gu, '');
}

/** Decodes a body that is all there, after the files in it were taken out of its bytes. */
class BodyDecoder extends Transform {
  private readonly chunks: Uint8Array[] = [];
  private readonly decode: Decode;
  private readonly found: { embedded: EmbeddedFile[] };

  constructor(decode: Decode, found: { embedded: EmbeddedFile[] }) {
    super();
    this.decode = decode;
    this.found = found;
  }

  override _transform(chunk: Uint8Array, _: BufferEncoding, done: TransformCallback): void {
    this.chunks.push(chunk);
    done();
  }

  override _flush(done: TransformCallback): void {
    const { body, files } = takeYenc(Buffer.concat(this.chunks));
    this.found.embedded.push(...files);
    void this.give(body, done);
  }

  private async give(body: Uint8Array, done: TransformCallback): Promise<void> {
    let text = '';
    try {
      text = await this.decode(body.subarray(0, longestBody));
    } catch (error) {
      done(error as Error);
      return;
    }
    done(null, Buffer.from(text));
  }
}

function through(decoder: Transform): Decode {
  return (bytes) =>
    new Promise((resolve, reject) => {
      const texts: string[] = [];
      decoder.on('data', (text: string | Buffer) => texts.push(text.toString()));
      decoder.once('end', () => resolve(texts.join(''))).once('error', reject);
      decoder.end(bytes);
    });
}

async function run(
  parser: PartParser,
  raw: Uint8Array,
  limits: PartLimits,
  files: PendingFile[],
): Promise<ParsedParts['fault']> {
  return await new Promise((resolve) => {
    const settle = (fault: ParsedParts['fault']) => {
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
