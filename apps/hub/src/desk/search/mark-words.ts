import { matchKey } from '#channels';

/** How much of a message is shown around what was searched for, in UTF-16 units. */
const shownLength = 180;
const before = 60;
const aWord = /[\p{L}\p{N}\p{M}\u200c]+/gu;

/** The part of a text in which the first of some words stands, and where they all stand in it. Words are keys; a text's may go on behind them. */
export function markWords(text: string, words: readonly string[]): { snippet: string; marks: [number, number][] } {
  const flat = text.replaceAll(/\s+/gu, ' ').trim();
  const found = [...flat.matchAll(aWord)]
    .filter(([word]) =>
      matchKey(word)
        .split(' ')
        .some((key) => words.some((wanted) => key.startsWith(wanted))),
    )
    .map(({ index, 0: word }): [number, number] => [index, index + word.length]);
  const first = found[0]?.[0] ?? 0;
  const from = first <= before ? 0 : startOfWord(flat, first - before);
  const isCut = from + shownLength < flat.length;
  const part = isCut ? upToWord(flat.slice(from, from + shownLength)) : flat.slice(from);
  const lead = from > 0 ? '…' : '';
  const tail = isCut ? '…' : '';
  const shift = lead.length - from;
  return {
    snippet: lead + part + tail,
    marks: found
      .filter(([start, end]) => start >= from && end <= from + part.length)
      .map(([start, end]): [number, number] => [start + shift, end + shift]),
  };
}

function upToWord(text: string): string {
  const space = text.lastIndexOf(' ');
  return space > shownLength / 2 ? text.slice(0, space) : text;
}

function startOfWord(text: string, near: number): number {
  const space = text.indexOf(' ', near);
  return space < 0 ? near : space + 1;
}
