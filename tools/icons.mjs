/* oxlint-disable typescript/no-unsafe-argument -- Plain JavaScript. */
// Draws the console's icons from its own drawing, in the sizes that installed consoles ask for: `node tools/icons.mjs`. They are committed, so it
// runs only when the drawing changes. Needs a Chromium.
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';

const root = resolve(import.meta.dirname, '..');
const folder = join(root, 'apps/agent-ui/public/icons');
const drawing = readFileSync(join(root, 'apps/agent-ui/public/peyk.svg'), 'utf8');
const paths = drawing.replace(/^<svg[^>]*>|<\/svg>\s*$/g, '').replace(/<rect[^>]*\/>/, '');

const svg = (view, inside) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${view}" width="100%" height="100%">${inside}</svg>`;
const ground = '<rect x="-16" y="-16" width="64" height="64" fill="#0d6e74"/>';
const white = paths.replaceAll(/fill="#\w+"/g, 'fill="#fff"');

/** What systems cut a shape from needs a ground to its edges and room around; a badge is one colour on nothing. */
const icons = [
  { name: 'peyk-192', size: 192, image: drawing },
  { name: 'peyk-512', size: 512, image: drawing },
  { name: 'peyk-mask-512', size: 512, image: svg('-6 -6 44 44', ground + paths) },
  { name: 'peyk-180', size: 180, image: svg('-2 -2 36 36', ground + paths) },
  { name: 'peyk-badge', size: 96, image: svg('3 3 26 26', white) },
];

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  for (const { name, size, image } of icons) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${image}`);
    await page.screenshot({ path: join(folder, `${name}.png`), omitBackground: true });
    await page.close();
  }
} finally {
  await browser.close();
}
