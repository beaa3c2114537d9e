/** The part of mailparser 3.9.31 that Peyk stands on; the package brings no types. */
declare module 'mailparser' {
  import type { Readable, Transform } from 'node:stream';

  export interface ParsedAddress {
    address?: string;
    name?: string;
    group?: ParsedAddress[];
  }

  export interface ParsedNode {
    contentType: string | false;
    /** Set on leaves whose body is text of the mail itself. */
    textContent?: string;
    isAttachment?: boolean;
    charset?: string;
    disposition?: string;
    /** The same object as that of the part's attachment. */
    headers: Map<string, unknown>;
    node: { filename?: string | false; flowed?: boolean; delSp?: boolean; encoding?: string | false };
    /** Ours: the text is flowed (RFC 3676) and stands as it was sent; `delSp` as its head says. */
    flow?: { delSp: boolean };
    parent?: ParsedNode;
    children: ParsedNode[];
  }

  export interface ParsedAttachment {
    type: 'attachment';
    content: Readable;
    contentType: string | false;
    filename?: string | false;
    cid?: string;
    headers: Map<string, unknown>;
    release: (() => void) | null;
  }

  export interface MailParserOptions {
    ignoreEmbedded?: boolean;
    keepDeliveryStatus?: boolean;
    maxChildNodes?: number;
    maxHeadSize?: number;
    skipHtmlToText?: boolean;
    skipTextToHtml?: boolean;
    skipTextLinks?: boolean;
    checksumAlgo?: string;
  }

  /** A part as it is found, before anything of its body. */
  export interface SplitNode {
    type: 'node';
    root: boolean;
    multipart: string | false;
    encoding: string | false;
    _boundary: Buffer | false;
  }

  /** What the bytes of a mail are divided into: parts, their bodies, and what stands between them. */
  export type SplitChunk = SplitNode | { type: 'body' | 'data'; node: SplitNode; value?: Uint8Array };

  export class MailParser extends Transform {
    constructor(options?: MailParserOptions);
    tree: ParsedNode | false;
    headers: Map<string, unknown> | false;
    getDecoder(): { decodeStream(charset: string): Transform };
    createNode(node: unknown): ParsedNode;
    processChunk(chunk: SplitChunk, done: (error?: Error) => void): void;
    getTextContent(): { type: 'text' };
  }

  export interface SimpleMail {
    text?: string;
    html?: string | false;
    subject?: string;
    messageId?: string;
    headerLines: Array<{ key: string; line: string }>;
    attachments: Array<{ filename?: string; contentType: string; content: Buffer }>;
  }

  export function simpleParser(
    raw: Buffer,
    options?: MailParserOptions & { keepCidLinks?: boolean },
  ): Promise<SimpleMail>;
}
