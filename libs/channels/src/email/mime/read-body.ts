import type { ParsedNode } from 'mailparser';
import { takeUuencoded, type EmbeddedFile } from './embedded-files.js';
import { htmlToText, longestPage } from './html-to-text.js';
import { unflowText } from './unflow-text.js';

/** What a mail says. */
export interface MailBody {
  text: string;
  /** The page that the text was made of, null when it was written as text. */
  textPage: string | null;
  /** The page that it shows instead, null when there is only text. What stands beside a page as text is in it too. */
  html: string | null;
  /** Files that stood inside text, uuencoded. */
  embedded: EmbeddedFile[];
  /** How deep its parts are nested. */
  depth: number;
}

interface Part {
  isHtml: boolean;
  content: string;
}

/** Readable text, with the page it was made of. */
interface Said {
  text: string;
  page: string | null;
}

/** What a part and those below it give: to whoever reads text, and to whoever sees pages. */
interface Reading {
  texts: Said[];
  pages: Part[];
  depth: number;
}

const deepest = 100;

/** What is collected while a mail is walked through. */
interface Walk {
  embedded: EmbeddedFile[];
  /** How much of the pages is still read as text: all pages of a mail together are no more work than one. */
  pageLength: number;
}

/** The readable text: of alternatives the plain one, unless it is blank; of everything else each part in its order. */
export function readBody(tree: ParsedNode | false): MailBody {
  const under: Walk = { embedded: [], pageLength: longestPage };
  const { texts, pages, depth } = tree ? walk(tree, 0, under) : { texts: [], pages: [], depth: 0 };
  const html = pages.some(({ isHtml }) => isHtml) ? pages.map(asPage).join('\n') : null;
  const textPage = texts.length === 1 ? (texts[0]?.page ?? null) : null;
  return { text: texts.map(({ text }) => text).join('\n\n'), textPage, html, embedded: under.embedded, depth };
}

function walk(node: ParsedNode, depth: number, under: Walk): Reading {
  const below = depth >= deepest ? [] : node.children.map((child) => walk(child, depth + 1, under));
  const isChoice = node.contentType === 'multipart/alternative';
  const own = ownPart(node, under.embedded);
  const said = own ? saidBy(own, under) : [];
  return {
    texts: [...said, ...(isChoice ? plainest(node, below) : below.flatMap(({ texts }) => texts))],
    pages: [...(own ? [own] : []), ...(isChoice ? richest(below) : below.flatMap(({ pages }) => pages))],
    depth: Math.max(depth, ...below.map((one) => one.depth)),
  };
}

function plainest(node: ParsedNode, below: readonly Reading[]): Said[] {
  const plain = node.children.findIndex(
    ({ contentType }, at) => contentType === 'text/plain' && (below[at]?.texts ?? []).length > 0,
  );
  return (below[plain] ?? below.find(({ texts }) => texts.length > 0))?.texts ?? [];
}

function richest(below: readonly Reading[]): Part[] {
  const rich = below.findLast(({ pages }) => pages.some(({ isHtml }) => isHtml));
  return (rich ?? below.find(({ pages }) => pages.length > 0))?.pages ?? [];
}

function ownPart({ contentType, textContent, isAttachment, flow }: ParsedNode, embedded: EmbeddedFile[]): Part | null {
  if (textContent === undefined || isAttachment || textContent.trim() === '') {
    return null;
  }
  if (contentType === 'text/html') {
    return { isHtml: true, content: textContent };
  }
  const { text, files } = takeUuencoded(textContent);
  embedded.push(...files);
  return { isHtml: false, content: flow ? unflowText(text, flow.delSp) : text };
}

function saidBy({ isHtml, content }: Part, under: Walk): Said[] {
  const text = isHtml ? htmlToText(content.slice(0, under.pageLength)).text : content;
  under.pageLength = Math.max(0, under.pageLength - (isHtml ? content.length : 0));
  return text.trim() === '' ? [] : [{ text: text.replace(/\n+$/u, ''), page: isHtml ? content : null }];
}

function asPage({ isHtml, content }: Part): string {
  return isHtml ? content : textAsPage(content);
}

/** A text as a piece of a page, line by line as it stands, each line in its own direction. */
export function textAsPage(text: string): string {
  const shown = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<div dir="auto" style="white-space: pre-wrap; unicode-bidi: plaintext">${shown}</div>`;
}
