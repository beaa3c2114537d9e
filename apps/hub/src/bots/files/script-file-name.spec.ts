import { expect, it } from '@jest/globals';
import { numberedName, scriptFileName } from './script-file-name.js';

it.each([
  ['menu.png', 'menu.png'],
  ['price list (2).pdf', 'price-list-2.pdf'],
  ['منوی شعبه.jpg', 'منوی-شعبه.jpg'],
  ['  ..hidden.png', 'hidden.png'],
  ['(((', 'file'],
  ['.png', 'png'],
  ['no ending', 'no-ending'],
  ['a'.repeat(300), 'a'.repeat(80)],
])('makes of %j a name that a script can write: %j', (uploaded, name) => {
  expect(scriptFileName(uploaded)).toBe(name);
  expect(name).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u);
});

it('numbers before the ending', () => {
  expect(numberedName('menu.png', 2)).toBe('menu-2.png');
  expect(numberedName('file', 3)).toBe('file-3');
});
