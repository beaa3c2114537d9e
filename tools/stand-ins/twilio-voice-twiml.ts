/** An element of TwiML as Twilio would see it. */
export interface TwimlElement {
  name: string;
  attributes: Record<string, string>;
  children: TwimlElement[];
  /** Its own text, without that of its children. */
  text: string;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const piece = /<(\/?)([A-Za-z]+)((?:\s+[A-Za-z]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;

/** Reads a document, strictly: whatever is not well-formed throws, as it would end a call at Twilio. */
export function parseTwiml(document: string): TwimlElement {
  const body = document.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\s*/u, '');
  if (forbidden.test(body)) {
    throw new Error('the document holds what XML cannot');
  }
  const root: TwimlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  piece.lastIndex = 0;
  for (let at = 0; at < body.length; at = piece.lastIndex) {
    const found = piece.exec(body);
    if (found === null) {
      throw new Error(`the document is not well-formed at: ${body.slice(at, at + 60)}`);
    }
    take(found, open);
  }
  const [document1] = root.children;
  if (open.length !== 1 || root.children.length !== 1 || document1?.name !== 'Response') {
    throw new Error('the document is no whole Response');
  }
  return document1;
}

function take([, closing, name = '', attributes = '', closed, text]: RegExpExecArray, open: TwimlElement[]): void {
  const parent = open.at(-1) as TwimlElement;
  if (text !== undefined) {
    parent.text += plain(text);
  } else if (closing === '/') {
    if (parent.name !== name || open.length === 1) {
      throw new Error(`</${name}> closes <${parent.name}>`);
    }
    open.pop();
  } else {
    const element = { name, attributes: readAttributes(attributes), children: [], text: '' };
    parent.children.push(element);
    if (closed !== '/') {
      open.push(element);
    }
  }
}

function readAttributes(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([A-Za-z]+)="([^"]*)"/gu)].map(([, name = '', value = '']) => [name, plain(value)]);
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) {
    throw new Error(`an attribute comes twice:${text}`);
  }
  return Object.fromEntries(pairs) as Record<string, string>;
}

function plain(text: string): string {
  return text.replace(/&(#x?[0-9a-fA-F]+|[a-z]+);|&/gu, (whole, name: string | undefined) => {
    const known = name?.startsWith('#') ? numbered(name.slice(1)) : entities[name ?? ''];
    if (known === undefined) {
      throw new Error(`${whole} is no entity`);
    }
    return known;
  });
}

function numbered(number: string): string {
  return String.fromCodePoint(number.startsWith('x') ? Number.parseInt(number.slice(1), 16) : Number(number));
}
