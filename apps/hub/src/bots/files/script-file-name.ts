/** What a script may call a file: letters and digits of any script, and . _ - between them. */
const refused = /[^\p{L}\p{N}._-]+/gu;
const longest = 80;

/** The name of an uploaded file as a script can write it, e.g. `price list (2).pdf` → `price-list-2.pdf`. */
export function scriptFileName(uploaded: string): string {
  const words = uploaded
    .normalize('NFC')
    .replace(refused, '-')
    .replace(/-*(?=\.)|-+$/gu, '')
    .replace(/^[._-]+/u, '');
  const { stem, ending } = split(words);
  return `${stem.slice(0, longest) || 'file'}${ending.slice(0, longest)}`;
}

/** The same with a number before its ending, for another file of that name: `menu.png` → `menu-2.png`. */
export function numberedName(name: string, number: number): string {
  const { stem, ending } = split(name);
  return `${stem}-${String(number)}${ending}`;
}

function split(name: string): { stem: string; ending: string } {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? { stem: name, ending: '' } : { stem: name.slice(0, dot), ending: name.slice(dot) };
}
