/** An element of a document that Peyk writes. An attribute that is undefined is left out. */
export interface XmlElement {
  name: string;
  attributes?: Record<string, string | number | boolean | undefined>;
  children?: readonly (XmlElement | string)[];
}

/** What XML 1.0 cannot hold in any spelling: control characters, halves of surrogate pairs, and two non-characters. */
const unwritable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/**
 * A document of one root element.
 *
 * Any text and any value of an attribute gives a well-formed document: what must be escaped is, and what XML cannot hold is left out.
 */
export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${written(root)}`;
}

function written({ name, attributes = {}, children = [] }: XmlElement): string {
  const named = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escaped(String(value))}"`],
  );
  const inside = children.map((child) => (typeof child === 'string' ? escaped(child) : written(child))).join('');
  const head = `<${name}${named.join('')}`;
  return inside === '' ? `${head}/>` : `${head}>${inside}</${name}>`;
}

// White space is spelled out too: a parser would make plain spaces of it in attributes.
function escaped(text: string): string {
  return text.replace(unwritable, '').replace(/[&<>"'\t\n\r]/gu, (letter) => escapes[letter] ?? '');
}
