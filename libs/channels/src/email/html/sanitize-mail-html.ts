import type { IOptions } from 'sanitize-html';

/** What a page may show from outside itself. */
export interface SanitizeWish {
  /** The address of a part of the mail by its content id; null when it has no such part. */
  cidUrl: (contentId: string) => string | null;
  /** Whether the places of images of other servers are kept, for whoever fetches them. */
  images?: boolean;
}

/** A page that can do nothing. */
export interface CleanHtml {
  html: string;
  /** Images of other servers that were taken out. */
  blocked: number;
  /** The addresses of those whose places were kept; `remoteMark` counts them. */
  remote: string[];
  /** Whether the page was longer than is shown. */
  isCut: boolean;
}

const longestPage = 1_000_000;
const mostLinks = 5_000;
const deepest = 100;
const deepestPage = 400;
const mostImageBytes = 20 * 1024 * 1024;
const mostRemote = 60;
/** Leads nowhere. What a page itself writes so is an address like any other and gets a place of its own. */
const remoteRoot = 'https://x-peyk-remote.invalid/';
/** The place of an image of another server in a clean page, with its number. */
export const remoteMark = / src="https:\/\/x-peyk-remote\.invalid\/(\d{1,6})"/gu;

const tags = words(`
  a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div
  dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q rp rt
  ruby s samp section small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr`);
const unseen = [
  'script',
  'style',
  'textarea',
  'option',
  'xmp',
  'noscript',
  'noembed',
  'noframes',
  'plaintext',
  'title',
];
/** Words, numbers and colours. No address, no other function, no escape by which either could be written. */
const plainValue = [/^(?:[^()\\<>@:;{}]|(?:rgba?|hsla?)\([\d\s.,%/deg]{1,60}\)){0,300}$/iu];
const styles = [
  ...words(`
    color background-color background direction unicode-bidi text-align text-decoration text-indent
    text-transform line-height letter-spacing word-spacing white-space word-break overflow-wrap word-wrap font
    font-family font-size font-style font-weight font-variant vertical-align width max-width min-width height
    max-height min-height display float clear list-style list-style-type border-collapse border-spacing
    border-radius table-layout opacity visibility mso-hide overflow`),
  ...['margin', 'padding', 'border'].flatMap((name) => [
    name,
    ...['top', 'right', 'bottom', 'left', 'inline-start', 'inline-end', 'color', 'style', 'width'].map(
      (side) => `${name}-${side}`,
    ),
  ]),
];
const cell = ['colspan', 'rowspan', 'width', 'height', 'bgcolor', 'nowrap', 'scope'];
const attributes = {
  '*': ['dir', 'lang', 'title', 'align', 'valign', 'style'],
  a: ['href', 'target', 'rel'],
  img: ['src', 'alt', 'width', 'height', 'border', 'hspace', 'vspace'],
  table: ['width', 'height', 'border', 'cellpadding', 'cellspacing', 'bgcolor', 'role'],
  tr: ['bgcolor', 'height'],
  td: cell,
  th: cell,
  col: ['span', 'width'],
  colgroup: ['span', 'width'],
  div: ['bgcolor'],
  font: ['color', 'face', 'size'],
  hr: ['size', 'width', 'color'],
  ol: ['start', 'type', 'reversed'],
  ul: ['type'],
  li: ['value', 'type'],
  time: ['datetime'],
};

/**
 * The first wall: an HTML mail as a page that runs, loads, sends and covers nothing. Elements, attributes and styles are those of the
 * lists above and no others. It does not stand alone: pages are shown in a frame of their own that may do nothing either. Null for a page
 * that is nested deeper than any that people make: its sanitizing would take minutes.
 */
export async function sanitizeMailHtml(page: string, wish: SanitizeWish): Promise<CleanHtml | null> {
  const { default: sanitize } = await import('sanitize-html');
  const { html, images } = takeImages(page);
  if (isTooDeep(html)) {
    return null;
  }
  const isCut = html.length > longestPage;
  const state: Passing = { wish, images, links: 0, blocked: 0, remote: new Map() };
  const clean = sanitize(isCut ? html.slice(0, html.lastIndexOf('<', longestPage)) : html, optionsFor(state));
  return { html: clean, blocked: state.blocked, remote: [...state.remote.keys()], isCut };
}

const holdNothing = new Set(words('br img hr wbr input meta link base area col embed source track param'));
/** Elements that end by themselves where another of the kind begins. */
const endedBy: Record<string, string> = {
  p: 'p',
  li: 'li',
  tr: 'tr th td',
  td: 'td th thead',
  th: 'th',
  tbody: 'thead tbody',
  tfoot: 'thead tbody',
  dt: 'dt dd',
  dd: 'dt dd',
  option: 'option',
};

/** Whether elements stand deeper in each other than in any page that people make, as the sanitizer's reader nests them. */
function isTooDeep(html: string): boolean {
  const open: string[] = [];
  for (const [, slash, written = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9:]{0,20})/giu)) {
    const name = written.toLowerCase();
    if (slash !== '') {
      const at = open.lastIndexOf(name);
      open.length = at === -1 ? open.length : at;
    } else if (!holdNothing.has(name)) {
      openElement(open, name);
    }
    if (open.length > deepestPage) {
      return true;
    }
  }
  return false;
}

function openElement(open: string[], name: string): void {
  const ended = endedBy[name]?.split(' ') ?? [];
  while (ended.includes(open.at(-1) ?? '')) {
    open.pop();
  }
  open.push(name);
}

interface Passing {
  wish: SanitizeWish;
  images: readonly string[];
  links: number;
  blocked: number;
  /** By address, the number of its place. */
  remote: Map<string, number>;
}

function optionsFor(state: Passing): IOptions {
  return {
    allowedTags: tags,
    allowedAttributes: attributes,
    allowedStyles: { '*': Object.fromEntries(styles.map((name) => [name, plainValue])) },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['http', 'https', 'data'] },
    allowProtocolRelative: false,
    disallowedTagsMode: 'discard',
    nonTextTags: unseen,
    nestingLimit: deepest,
    parser: { decodeEntities: true },
    transformTags: {
      // What a page says of itself as a whole, above all its direction, stays with its content.
      body: 'div',
      html: 'div',
      a: (tagName, given) => ({ tagName, attribs: linkOf(given, state) }),
      img: (tagName, given) => ({ tagName, attribs: imageOf(given, state) }),
    },
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !attribs['src'] && !attribs['alt'],
  };
}

function words(list: string): string[] {
  return list.trim().split(/\s+/u);
}

type Attributes = Record<string, string>;

function linkOf({ href, ...rest }: Attributes, state: Passing): Attributes {
  state.links += 1;
  const target = (href ?? '').trim();
  return state.links > mostLinks || !/^(?:https?:\/\/|mailto:|tel:)/iu.test(target)
    ? rest
    : { ...rest, href: target, target: '_blank', rel: 'noopener noreferrer nofollow' };
}

function imageOf({ src, ...rest }: Attributes, state: Passing): Attributes {
  const source = (src ?? '').trim();
  const url = imageUrl(source, state);
  return url === null ? rest : { ...rest, src: url };
}

function imageUrl(source: string, state: Passing): string | null {
  const held = /^cid:x-peyk-held-(\d{1,6})$/u.exec(source)?.[1];
  if (held !== undefined) {
    return state.images[Number(held)] ?? null;
  }
  if (/^cid:/iu.test(source)) {
    return state.wish.cidUrl(source.slice(4));
  }
  if (!/^https?:\/\//iu.test(source)) {
    return null;
  }
  return remotePlace(source, state);
}

function remotePlace(source: string, state: Passing): string | null {
  const known = state.remote.get(source);
  if (known === undefined && (!state.wish.images || state.remote.size >= mostRemote)) {
    state.blocked += 1;
    return null;
  }
  const at = known ?? state.remote.size;
  state.remote.set(source, at);
  return `${remoteRoot}${at}`;
}

/** A picture as the value of an attribute or of a style: in quotes it may be broken into lines. */
const pictures =
  /(?<=[=(]\s{0,5}(["'])\s{0,5})data:image\/(?:png|jpe?g|gif|webp);base64,[a-z0-9+/=\s]{1,30000000}(?=\1)|(?<=[=(]\s{0,5}["']?)data:image\/(?:png|jpe?g|gif|webp);base64,[a-z0-9+/=]{1,30000000}/giu;

/** Pictures inside the page are no text: they are set aside, so that neither the sanitizer nor its limit meets them. */
function takeImages(page: string): { html: string; images: string[] } {
  const images: string[] = [];
  let bytes = 0;
  const html = page.replace(pictures, (whole) => {
    bytes += whole.length;
    images.push(bytes > mostImageBytes ? '' : whole.replace(/\s+/gu, ''));
    return `cid:x-peyk-held-${images.length - 1}`;
  });
  return { html, images };
}
