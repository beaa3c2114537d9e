import { domainToASCII } from 'node:url';

/** Signatures that are verified, each of which may mean hashing the whole body once more; fewer for a large one. Sizes in bytes. */
const most = { signatures: 10, onLarge: 3, largeBody: 2 * 1024 * 1024, headBytes: 1024 * 1024 };

/** A mail as its verifier is to see it. */
export interface MailToVerify {
  head: Buffer;
  body: Buffer;
}

/**
 * A mail with no more signatures than are worth their work, those of the author's own domain before others; `host` is that domain. Null for
 * a head beyond any that people's mail has.
 */
export function withFewSignatures(raw: Uint8Array, host: string): MailToVerify | null {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const headEnd = endOfHead(bytes);
  if (headEnd > most.headBytes) {
    return null;
  }
  const head = bytes.subarray(0, headEnd);
  const body = bytes.subarray(headEnd);
  const limit = body.length > most.largeBody ? most.onLarge : most.signatures;
  const fields = fieldsOf(head);
  const signatures = fields.filter(isSignature);
  if (signatures.length <= limit) {
    return { head, body };
  }
  const own = signatures.filter((field) => isBy(field, host));
  const kept = new Set([...own, ...signatures].slice(0, limit));
  const dropped = new Set(signatures.filter((field) => !kept.has(field)));
  return { head: Buffer.from(fields.filter((field) => !dropped.has(field)).join(''), 'latin1'), body };
}

/** The names in DNS under which the keys of a head's signatures stand, in lower case, each once. */
export function keyNames(head: Buffer): string[] {
  const names = fieldsOf(head)
    .filter(isSignature)
    .map((field) => {
      const tags = new Map(tagsOf(Buffer.from(field, 'latin1').toString('utf8')));
      const [domain = '', selector = ''] = [tags.get('d'), tags.get('s')];
      return domain === '' || selector === '' ? '' : `${selector}._domainkey.${domainToASCII(domain) || domain}`;
    });
  return [...new Set(names.filter((name) => name !== '').map((name) => name.toLowerCase()))];
}

/** Tags with their values; blanks mean nothing in those that are read here. */
function tagsOf(field: string): [string, string][] {
  const list = field.slice(field.indexOf(':') + 1).replace(/\s+/gu, '');
  return list.split(';').map((tag) => {
    const at = tag.indexOf('=');
    return [tag.slice(0, at).toLowerCase(), tag.slice(at + 1)];
  });
}

function fieldsOf(head: Buffer): string[] {
  return head.toString('latin1').split(/(?<=\n)(?![ \t])/u);
}

function isSignature(field: string): boolean {
  return /^dkim-signature[ \t]*:/iu.test(field);
}

function endOfHead(bytes: Buffer): number {
  const ends = ['\n\r\n', '\n\n'].flatMap((mark) => {
    const at = bytes.indexOf(mark);
    return at === -1 ? [] : [at + mark.length];
  });
  return Math.min(bytes.length, ...ends);
}

/** Whether a signature is by a domain or one above or below it. */
function isBy(field: string, host: string): boolean {
  const domain = /[;:]\s*d\s*=\s*([^\s;]{1,255})/iu.exec(field)?.[1]?.toLowerCase() ?? '';
  return domain !== '' && host !== '' && (`.${host}`.endsWith(`.${domain}`) || `.${domain}`.endsWith(`.${host}`));
}
