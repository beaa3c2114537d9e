import { directionOf, escapeHtml } from './direction.js';

/** One text in the two forms that a mail carries. */
export interface RichText {
  html: string;
  text: string;
}

type Run = { kind: 'ul' | 'ol' | 'p'; lines: string[] };

const bullet = /^[-*•]\s+/u;
const numbered = /^[\d۰-۹٠-٩]{1,3}[.)]\s+/u;
/** Every part is bounded, so that no text takes longer than its length. */
const marks = new RegExp(
  [
    String.raw`!\[(?<alt>[^\]\n]{0,200})\]\(attachment:(?<file>[0-9a-fA-F-]{36})\)`,
    String.raw`\[(?<label>[^\]\n]{1,300})\]\((?<target>(?:https?:\/\/|mailto:)[^\s()<>"]{1,2000})\)`,
    String.raw`\*\*(?<bold>[^*\s](?:[^*\n]{0,500}[^*\s])?)\*\*`,
    String.raw`(?<bare>https?:\/\/[^\s<>"]{1,2000})`,
  ].join('|'),
  'gu',
);
const afterAddress = /[.,;:!?)\]}'»،؛؟]+$/u;

/**
 * What an agent typed, as a mail says it: paragraphs, lists, `**bold**`, `[links](https://…)`, bare addresses and files shown in
 * place. Everything else is text. `images` gives the content id of each file that may be shown, by its id.
 */
export function writeRichText(source: string, images: ReadonlyMap<string, string> = new Map()): RichText {
  const blocks = source.split(/\n{2,}/u).flatMap((block) => runsOf(block.split('\n')));
  return {
    html: blocks.map((run) => blockHtml(run, images)).join('\n'),
    text: inlineText(source),
  };
}

/** Lines that belong together: a list, or a paragraph. */
function runsOf(lines: string[]): Run[] {
  const runs: Run[] = [];
  for (const line of lines) {
    const kind = kindOf(line);
    const last = runs.at(-1);
    if (last?.kind === kind) {
      last.lines.push(line);
    } else {
      runs.push({ kind, lines: [line] });
    }
  }
  return runs.filter(({ lines: kept }) => kept.some((line) => line.trim() !== ''));
}

function kindOf(line: string): Run['kind'] {
  if (bullet.test(line)) {
    return 'ul';
  }
  return numbered.test(line) ? 'ol' : 'p';
}

/** Mail programs turn what is written right to left only when each block says so. */
function blockHtml({ kind, lines }: Run, images: ReadonlyMap<string, string>): string {
  const dir = directionOf(lines.join('\n'));
  const side = dir === 'rtl' ? 'right' : 'left';
  if (kind === 'p') {
    const content = lines.map((line) => inlineHtml(line, images)).join('<br>\n');
    return `<p dir="${dir}" style="margin:0 0 1em;text-align:${side};unicode-bidi:plaintext">${content}</p>`;
  }
  // The direction of an item stands inside it: on the item itself it would put the bullet on the other side, off the page.
  const items = lines.map((line) => {
    const content = inlineHtml(line.replace(bullet, '').replace(numbered, ''), images);
    return `<li><span dir="${directionOf(line)}">${content}</span></li>`;
  });
  return `<${kind} dir="${dir}" style="margin:0 0 1em;padding-${side}:1.6em;text-align:${side}">\n${items.join('\n')}\n</${kind}>`;
}

function inlineHtml(line: string, images: ReadonlyMap<string, string>): string {
  return walk(line, escapeHtml, (groups, whole) => {
    if (groups['file'] !== undefined) {
      return imageHtml(groups['alt'] ?? '', images.get(groups['file'].toLowerCase()));
    }
    if (groups['bold'] !== undefined) {
      return `<strong>${inlineHtml(groups['bold'], images)}</strong>`;
    }
    return linkHtml(groups, whole);
  });
}

function imageHtml(alt: string, contentId: string | undefined): string {
  const said = escapeHtml(alt);
  return contentId === undefined
    ? said
    : `<img src="cid:${escapeHtml(contentId)}" alt="${said}" style="max-width:100%;height:auto">`;
}

function linkHtml(groups: Record<string, string | undefined>, whole: string): string {
  const { label, target } = groups;
  if (label !== undefined && target !== undefined) {
    return isAddress(target) ? anchor(target, escapeHtml(label), 'auto') : escapeHtml(whole);
  }
  const address = whole.replace(afterAddress, '');
  return isAddress(address)
    ? anchor(address, escapeHtml(address), 'ltr') + escapeHtml(whole.slice(address.length))
    : escapeHtml(whole);
}

function anchor(address: string, content: string, dir: 'ltr' | 'auto'): string {
  return `<a href="${escapeHtml(address)}" dir="${dir}" rel="noopener noreferrer">${content}</a>`;
}

function isAddress(written: string): boolean {
  const url = URL.parse(written);
  return url !== null && /^(?:https?|mailto):$/u.test(url.protocol);
}

function inlineText(source: string): string {
  return walk(
    source,
    (text) => text,
    (groups, whole) => {
      const { alt, bold, label, target } = groups;
      if (alt !== undefined) {
        return alt === '' ? '' : `[${alt}]`;
      }
      if (bold !== undefined) {
        return inlineText(bold);
      }
      return label === undefined || target === undefined ? whole : `${label} (${target.replace(/^mailto:/u, '')})`;
    },
  );
}

/** Writes what lies between marks and what the marks mean, in order. */
function walk(
  source: string,
  between: (text: string) => string,
  mark: (groups: Record<string, string | undefined>, whole: string) => string,
): string {
  let at = 0;
  let written = '';
  for (const found of source.matchAll(marks)) {
    written += between(source.slice(at, found.index)) + mark(found.groups ?? {}, found[0]);
    at = found.index + found[0].length;
  }
  return written + between(source.slice(at));
}
