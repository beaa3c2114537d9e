import type { Page } from 'playwright-core';

/** What a page's rules could spoil. */
const properties = [
  'display',
  'visibility',
  'opacity',
  'position',
  'z-index',
  'color',
  'background-color',
  'border-top-width',
  'font-family',
  'font-size',
  'font-style',
  'line-height',
  'letter-spacing',
  'word-spacing',
  'text-align',
  'text-indent',
  'text-transform',
  'white-space',
  'direction',
  'cursor',
  'pointer-events',
  'user-select',
  'transform',
  'filter',
  'clip-path',
  'float',
  'margin-top',
  'padding-top',
];

/**
 * How everything that takes up room inside the widget's shadow root looks, one line an element: where it is, how large, and its
 * computed style. A string of script, because the host page's types are not this program's.
 */
export function readLooks(page: Page): Promise<string[]> {
  return page.evaluate<
    string[]
  >(`[...document.querySelector('peyk-chat').shadowRoot.querySelectorAll('*')].flatMap((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const looks = ${JSON.stringify(properties)}.map((name) => name + ': ' + style.getPropertyValue(name));
    const place = [x, y, width, height].map(Math.round);
    return width * height === 0 ? [] : [[element.localName, element.getAttribute('class'), place, ...looks].join('; ')];
  })`);
}
