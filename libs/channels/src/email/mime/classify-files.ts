import type { ParsedNode } from 'mailparser';

/** What a file of a mail is to whoever reads it. */
export type FileRole =
  /** Something that the sender sent. */
  | 'file'
  /** What a server says about other mail. */
  | 'report'
  /** An event: a card, and a file once. */
  | 'calendar'
  /** Signatures, control parts and second forms of the text: not the sender's files. */
  | 'machinery';

const reports =
  /^(?:message\/(?:delivery-status|global-delivery-status|feedback-report|disposition-notification|global-disposition-notification|rfc822|global|global-headers|partial)|text\/rfc822-headers)$/u;
const signatures = /^application\/(?:pgp-signature|(?:x-)?pkcs7-signature)$/u;
const signatureNames = /^(?:|signature\.asc|smime\.p7s)$/iu;
const calendars = /^(?:text\/calendar|application\/ics)$/u;

/** A part with its place in the mail. `name` is '' when it has none. */
export interface PlacedFile {
  mediaType: string;
  name: string;
  node: ParsedNode | undefined;
}

/** What a part is, by its type, its name and what it stands in. */
export function roleOf({ mediaType, name, node }: PlacedFile): FileRole {
  const places = containersOf(node);
  if (isMachinery(mediaType, name, places)) {
    return 'machinery';
  }
  if (places[0] === 'multipart/report' && reports.test(mediaType)) {
    return 'report';
  }
  if (calendars.test(mediaType)) {
    return 'calendar';
  }
  const isOtherForm = places[0] === 'multipart/alternative' && name === '' && mediaType.startsWith('text/');
  return isOtherForm ? 'machinery' : 'file';
}

function isMachinery(mediaType: string, name: string, places: readonly string[]): boolean {
  return (
    (signatures.test(mediaType) && (places.includes('multipart/signed') || signatureNames.test(name))) ||
    (mediaType === 'application/pgp-encrypted' && places[0] === 'multipart/encrypted') ||
    (mediaType === 'application/applefile' && places[0] === 'multipart/appledouble')
  );
}

/** The types of what a part stands in, innermost first. */
function containersOf(node: ParsedNode | undefined): string[] {
  const types: string[] = [];
  for (let outer = node?.parent; outer; outer = outer.parent) {
    types.push(outer.contentType || '');
  }
  return types;
}

/** The ids under which a page shows parts of its mail. */
export function referencedIds(html: string | null): Set<string> {
  const ids = (html ?? '').matchAll(/\bcid:([^"'\s<>()]{1,300})/giu);
  return new Set([...ids].map(([, id]) => plainId(id ?? '')));
}

/** A content id as the page and the part may write it differently: entities and percent signs decoded. */
export function plainId(written: string): string {
  const plain = written.replaceAll('&amp;', '&');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}
