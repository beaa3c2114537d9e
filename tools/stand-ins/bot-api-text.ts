/** A text as the customer reads it, with what is marked in it. */
export interface ReadText {
  text: string;
  entities: { type: 'bold' | 'text_link'; offset: number; length: number; url?: string }[];
}

const tags: Record<string, 'bold' | 'text_link'> = { b: 'bold', strong: 'bold', a: 'text_link' };
const signs: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };
const pieces =
  /<(?<close>\/?)(?<tag>[a-z]+)(?: href="(?<href>[^"]*)")?>|&(?<sign>lt|gt|amp|quot);|(?<text>[^<&]+)|(?<wrong>[<&])/gu;

interface OpenTag {
  tag: string;
  offset: number;
  href: string | undefined;
}

/** Reads a text sent with `parse_mode: HTML` as Telegram does; null when it "can't parse entities". */
export function readHtml(source: string): ReadText | null {
  const open: OpenTag[] = [];
  const read: ReadText = { text: '', entities: [] };
  const found = [...source.matchAll(pieces)].map(({ groups = {} }) => groups);
  const isRead = found.every((groups) => takePiece(read, open, groups));
  return isRead && open.length === 0 ? read : null;
}

function takePiece(read: ReadText, open: OpenTag[], groups: Record<string, string | undefined>): boolean {
  const { tag, close, href, sign, text, wrong } = groups;
  read.text += text ?? signs[sign ?? ''] ?? '';
  if (tag === undefined) {
    return wrong === undefined;
  }
  if (close === '/') {
    return closeTag(read, tag, open.pop());
  }
  open.push({ tag, offset: read.text.length, href });
  return true;
}

function closeTag(read: ReadText, tag: string, opened: OpenTag | undefined): boolean {
  const type = tags[tag];
  if (type === undefined || opened?.tag !== tag) {
    return false;
  }
  const { offset, href } = opened;
  const url = href?.replace(/&(lt|gt|amp|quot);/gu, (_, sign: string) => signs[sign] ?? '');
  read.entities.push({ type, offset, length: read.text.length - offset, ...(url !== undefined && { url }) });
  return true;
}
