import { encode } from 'uqr';

/** A QR code of a text: an SVG path of its dark modules, one unit each, and the side of the square with the quiet zone around it. */
export function qrPath(text: string): { side: number; path: string } {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  return { side: size, path: data.map((row, y) => rowPath(row, y)).join('') };
}

/** One rectangle for each run of dark modules: seams between single ones show when a screen scales them. */
function rowPath(row: boolean[], y: number): string {
  const runs: string[] = [];
  let from = 0;
  while (from < row.length) {
    const isDark = row[from] === true;
    const next = row.findIndex((module, x) => x > from && module !== isDark);
    const to = next === -1 ? row.length : next;
    if (isDark) {
      runs.push(`M${from} ${y}h${to - from}v1H${from}z`);
    }
    from = to;
  }
  return runs.join('');
}
