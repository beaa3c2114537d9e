import { decodeHeaderField, isMisnamedLatin, isPlainText } from './decode-text.js';

const word = String.raw`=\?([\w.:-]{1,40})(?:\*[\w-]{0,20})?\?([bq])\?([^?\r\n]{0,2000})\?=`;
/** Words that follow each other are one text, which may be cut in the middle of a letter. */
const words = new RegExp(
  String.raw`${word}(?:[ \t\r\n]{0,80}=\?\1(?:\*[\w-]{0,20})?\?[bq]\?[^?\r\n]{0,2000}\?=){0,200}`,
  'giu',
);
const latin = /^(?:iso-?8859-?1(?:5)?|latin-?1|(?:windows|cp)-?1252)$/iu;
const doubtful = /^(?:utf-?8|us-ascii|ascii|unknown.*|x-unknown|default)$/iu;
const fewLetters = 3;

/**
 * A header field whose encoded words are in the charset that they are really in, where that can be told: programs of long ago called all
 * that they sent by one name. Other words stay as they are, for whoever decodes the field.
 */
export function mendWords(field: string, fallback?: string): string {
  return field.includes('=?')
    ? field.replace(words, (run: string, charset: string) => {
        const bytes = bytesOf(run);
        const text = isMisnamed(charset, bytes) ? decodeHeaderField(bytes, fallback) : null;
        return text === null ? run : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
      })
    : field;
}

/**
 * A field of ids as it was meant: some programs write long ones as encoded words, which ids may not be, and answers would lose their
 * thread by it.
 */
export function withoutWords(field: string): string {
  return field.includes('=?') ? field.replace(words, (run: string) => decodeHeaderField(bytesOf(run))) : field;
}

/** The name of a file whose letters were taken for those of western Europe, one for each byte. */
export function mendName(name: string, fallback?: string): string {
  const bytes = Buffer.from(name, 'latin1');
  const isOfBytes = bytes.toString('latin1') === name;
  return isOfBytes && isMisnamedLatin(bytes, fewLetters) ? decodeHeaderField(bytes, fallback) : name;
}

function isMisnamed(charset: string, bytes: Uint8Array): boolean {
  if (latin.test(charset)) {
    return isMisnamedLatin(bytes, fewLetters);
  }
  const isAscii = /^us-ascii$|^ascii$/iu.test(charset) && bytes.some((byte) => byte > 0x7f);
  return doubtful.test(charset) && (isAscii || !isPlainText(bytes));
}

function bytesOf(run: string): Buffer {
  const pieces: { isBase64: boolean; text: string }[] = [];
  for (const [, , how = '', text = ''] of run.matchAll(new RegExp(word, 'giu'))) {
    const isBase64 = how.toLowerCase() === 'b';
    const last = pieces.at(-1);
    // Base64 that is not filled up goes on in the next word.
    if (isBase64 && last?.isBase64 === true && !last.text.endsWith('=')) {
      last.text += text;
    } else {
      pieces.push({ isBase64, text });
    }
  }
  return Buffer.concat(
    pieces.map(({ isBase64, text }) => (isBase64 ? Buffer.from(text, 'base64') : Buffer.from(unquote(text), 'latin1'))),
  );
}

function unquote(text: string): string {
  return text
    .replaceAll('_', ' ')
    .replace(/=([0-9a-f]{2})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
