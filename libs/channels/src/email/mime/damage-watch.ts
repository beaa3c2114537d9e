import type { SplitChunk, SplitNode } from 'mailparser';

/** Every sign that base64 is written in, and the blanks between them. */
const base64Signs = signTable('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const blanks = signTable(' \t\r\n');
const padding = 0x3d;
/** What a part may say of how its bytes are written, as far as it says nothing else than "as they are". */
const plainEncodings =
  /^(?:|[78]-?bits?|binary|none|us-?ascii|utf-?8|text|quoted-printable|base64|(?:x-)?uu(?:e|encode)?)$/u;
/** The same two encodings as programs have misspelt them. */
const misspelt: [RegExp, string][] = [
  [/^"?quoted[-_ ]?printable"?;?$/u, 'quoted-printable'],
  [/^"?(?:base[-_ ]?64|b64|b)"?;?$/u, 'base64'],
];

/** The encoding that a part means by what it wrote. */
export function meantEncoding(written: string): string {
  return misspelt.find(([pattern]) => pattern.test(written))?.[1] ?? written;
}

interface Base64State {
  letters: number;
}

/**
 * Looks on while a mail is taken apart, for what its reader passes over in silence: base64 with foreign signs or a piece missing, an
 * encoding or a charset that nobody knows, and an end that never came. One pass over the bytes.
 */
export class DamageWatch {
  private isBroken = false;
  private lastMark: Buffer | null = null;
  private readonly coded = new Map<SplitNode, Base64State>();

  see(chunk: SplitChunk): void {
    if (chunk.type === 'node') {
      this.seeNode(chunk);
    } else if (chunk.type === 'data') {
      this.seeMarks(chunk.value);
    } else if (chunk.node.encoding === 'base64') {
      this.seeBase64(chunk.node, chunk.value);
    }
  }

  /** Something could only be guessed. */
  note(): void {
    this.isBroken = true;
  }

  /** Whether something was found; `isWhole`: the mail was read to its end. */
  found(isWhole: boolean): boolean {
    const isCut = isWhole && this.lastMark !== null;
    return this.isBroken || isCut || [...this.coded.values()].some(({ letters }) => letters % 4 === 1);
  }

  private seeNode({ root, multipart, encoding, _boundary: boundary }: SplitNode): void {
    if (root && multipart && boundary) {
      this.lastMark = Buffer.concat([Buffer.from('--'), boundary, Buffer.from('--')]);
    }
    this.isBroken ||= !multipart && !plainEncodings.test(encoding || '');
  }

  private seeMarks(value: Uint8Array | undefined): void {
    if (
      this.lastMark !== null &&
      value &&
      Buffer.from(value.buffer, value.byteOffset, value.length).includes(this.lastMark)
    ) {
      this.lastMark = null;
    }
  }

  private seeBase64(node: SplitNode, value: Uint8Array = new Uint8Array()): void {
    const state = this.coded.get(node) ?? { letters: 0 };
    this.coded.set(node, state);
    let { letters } = state;
    // By index: a mail has millions of them.
    for (let at = 0; at < value.length; at += 1) {
      const sign = value[at] ?? 0;
      if (base64Signs[sign] === 1) {
        letters += 1;
      } else if (sign === padding) {
        this.isBroken ||= letters % 4 === 1;
        letters = 0;
      } else if (blanks[sign] !== 1) {
        this.isBroken = true;
      }
    }
    state.letters = letters;
  }
}

function signTable(signs: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const sign of Buffer.from(signs)) {
    table[sign] = 1;
  }
  return table;
}
