import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from './build-pages.js';

const folder = join(root, 'apps/agent-ui/src/i18n');

/** The first words of all keys: what begins with one of them and a dot is no text for anybody. */
const keyWords = readdirSync(folder)
  .filter((name) => name.endsWith('.en.json') || name === 'en.json')
  .flatMap((name) => Object.keys(JSON.parse(readFileSync(join(folder, name), 'utf8')) as object));

/** What is measured on a page; a string of script, because the page's types are not this program's. */
const measure = (locale: string): string => `(() => {
  const faults = [];
  const wide = document.documentElement.clientWidth;
  const nameOf = (element) => element.localName + (typeof element.className === 'string' && element.className ? '.' + element.className.trim().split(/\\s+/).slice(0, 2).join('.') : '') + ' "' + (element.innerText ?? element.value ?? '').slice(0, 30) + '"';
  const seen = (element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  const apart = (element) => element.closest('.unseen, .desk-skip, [aria-hidden="true"], .mantine-VisuallyHidden-root, svg, [inert]') !== null;
  // A plane that is moved by hand has no sides.
  const rolls = (element) => {
    if (element.closest('.react-flow')) return true;
    for (let at = element.parentElement; at; at = at.parentElement) {
      const { overflowX } = getComputedStyle(at);
      if (at === document.body || at === document.documentElement || overflowX === 'visible' || overflowX === 'clip') continue;
      // What hides nothing of its own may itself stand in something that rolls.
      const own = at.scrollWidth > at.clientWidth;
      if (own) return overflowX !== 'hidden' || getComputedStyle(at).textOverflow === 'ellipsis';
    }
    return false;
  };
  const all = [...document.body.querySelectorAll('*')].filter((element) => !apart(element) && seen(element));
  for (const element of all) {
    const { left, right, width, height } = element.getBoundingClientRect();
    if (width > 0 && height > 0 && (left < -1 || right > wide + 1) && !rolls(element)) {
      faults.push('leaves the page sideways: ' + nameOf(element) + ' ' + Math.round(left) + '…' + Math.round(right) + ' of ' + wide);
    }
  }
  const targets = all.filter((element) => element.matches('button, a[href], input:not([type=hidden]), select, textarea, summary, [role=button], [role=tab], [role=option], [role=menuitem], [tabindex="0"]'));
  // What lies on a canvas is as large as its reader zooms it.
  for (const element of targets.filter((one) => !one.closest('.react-flow__viewport'))) {
    const held = element.matches('input[type=checkbox], input[type=radio]') ? (element.closest('label') ?? element.closest('.mantine-Switch-root') ?? element.labels?.[0] ?? element.parentElement) : element;
    const { width, height } = held.getBoundingClientRect();
    const isInText = getComputedStyle(element).display === 'inline' && element.matches('a, summary');
    // One pixel is for the keyboard alone: what it moves is pointed at elsewhere.
    if (!isInText && width > 1 && (width < 23.5 || height < 23.5)) {
      faults.push('is a small target: ' + nameOf(element) + ' ' + Math.round(width) + '×' + Math.round(height));
    }
  }
  const keys = new RegExp('^(?:' + ${JSON.stringify(keyWords.join('|'))} + ')\\\\.[a-z]\\\\w*(?:[._]\\\\w+)*$');
  const words = [];
  // What somebody else has written stands in isolates.
  const ours = (text) => text.replaceAll(/[\\u2066-\\u2068].*[\\u2069]/gu, '');
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (node.data.trim() !== '' && seen(node.parentElement)) {
      words.push([node.data.trim(), node.parentElement]);
    }
  }
  for (const element of all) {
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
      if (element.getAttribute(name)) words.push([element.getAttribute(name).trim(), element]);
    }
  }
  for (const [text, element] of words) {
    const isQuoted = element.closest('.words, pre, code, kbd, textarea, iframe, [dir=ltr], bdi, [dir=auto], option, .react-flow, [role=radiogroup]') !== null;
    if (keys.test(text) && !isQuoted) faults.push('shows a key: ' + text);
    if (/{{|}}/.test(text) && !isQuoted) faults.push('shows a gap: ' + text);
    if (/\\b\\d{4}-\\d{2}-\\d{2}(?:T|\\b)/.test(text) && !isQuoted) faults.push('shows a date as a machine writes it: ' + text);
    if (${JSON.stringify(locale)} === 'fa' && /[0-9]/.test(ours(text)) && /[\\u0600-\\u06ff]/.test(text) && !isQuoted && !/[A-Za-z]/.test(text)) faults.push('shows Latin digits: ' + text);
  }
  const moving = document.getAnimations().filter(({ playState }) => playState === 'running').length;
  if (moving > 0) faults.push('moves for somebody who wants nothing to move: ' + moving);
  return [...new Set(faults)];
})()`;

/** What axe does not measure: text that leaves the page, targets too small to hit, keys and gaps in texts, dates of machines, motion. */
export function lookOver(page: Page, locale: 'en' | 'fa'): Promise<string[]> {
  return page.evaluate<string[]>(measure(locale));
}

/** Until what is loading has come and nothing has changed for a moment. */
export async function stillness(page: Page): Promise<void> {
  await page.evaluate(`new Promise((done) => {
    const quietMs = 60;
    let timer = 0;
    const isLoading = () => document.querySelector('[class*="Skeleton-root"]') !== null || !document.querySelector('#content, main');
    const wait = () => { clearTimeout(timer); timer = setTimeout(check, quietMs); };
    const check = () => { if (isLoading()) { wait(); } else { watch.disconnect(); done(); } };
    const watch = new MutationObserver(wait);
    watch.observe(document, { subtree: true, childList: true, attributes: true });
    wait();
  })`);
}

/** Goes somewhere else as a link of the console would: nothing is loaded again. */
export async function goInside(page: Page, path: string): Promise<void> {
  await page.evaluate(`history.pushState({}, '', ${JSON.stringify(path)})`);
}

/**
 * Where the keyboard leads, one stop after the other, and whether each is to be seen there: what is focused may not lie under something
 * that stays (WCAG 2.4.11). @returns the stops that are covered or that nothing marks
 */
export async function walkByKeys(page: Page, stops: number): Promise<string[]> {
  const found: string[] = [];
  for (let stop = 0; stop < stops; stop += 1) {
    await page.keyboard.press('Tab');
    const fault = await page.evaluate<string | null>(`(() => {
      const element = document.activeElement;
      if (!element || element === document.body || element.localName === 'iframe') return null;
      // A switch is a label with its input hidden in it.
      const shown = element.matches('[type=checkbox], [type=radio]') ? (element.labels?.[0] ?? element) : element;
      const { left, top, width, height } = shown.getBoundingClientRect();
      const name = element.localName + ' ' + (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40);
      const at = [[0.5, 0.5], [0.15, 0.5], [0.85, 0.5], [0.5, 0.2], [0.5, 0.8]].map(([x, y]) => document.elementFromPoint(left + width * x, top + height * y));
      if (!at.some((hit) => hit && (shown.contains(hit) || hit.contains(shown)))) return 'is covered: ' + name;
      const marked = (one) => { const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(one); return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none' || one.matches('input, textarea, select'); };
      for (let one = element; one && one !== document.body; one = one.parentElement) { if (marked(one)) return null; }
      return 'is not marked: ' + name;
    })()`);
    if (fault !== null) {
      found.push(fault);
    }
  }
  return found;
}

/** The spacing that readers may set for themselves (WCAG 1.4.12). */
const ownSpacing =
  '* { letter-spacing: .12em !important; line-height: 1.5 !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }';

/** Two fifths more letters in all that is pressed or names something, as other languages have. */
const longWords = `(() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (node.parentElement.closest('button, label, summary, legend, h1, h2, h3, th, nav a') && !node.parentElement.closest('.words, bdi, svg') && /\\p{L}/u.test(node.data)) {
      const text = node.data.trim();
      node.data = text + text.slice(0, Math.ceil(text.length * 0.4)).toLowerCase();
    }
  }
})()`;

/** Lays the page out with the reader's own spacing, and then with words as long as German ones. */
export async function stretch(page: Page, how: 'spacing' | 'words'): Promise<() => Promise<void>> {
  if (how === 'words') {
    await page.evaluate(longWords);
    return () => Promise.resolve();
  }
  // A sheet of one's own, for the content policy takes no style in the page.
  await page.evaluate(`(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(${JSON.stringify(ownSpacing)});
    document.adoptedStyleSheets = [sheet];
  })()`);
  return () => page.evaluate('document.adoptedStyleSheets = []');
}
