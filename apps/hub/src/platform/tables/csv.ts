/** What a cell holds. Only texts may come from strangers. */
export type Cell = string | number | boolean | null | undefined;

/** Without it office programs take the file for Latin, and Persian comes out as noise. */
export const byteOrderMark = '\ufeff';

/** A table for office programs. */
export function csvTable(rows: readonly (readonly Cell[])[]): string {
  return byteOrderMark + rows.map(csvLine).join('');
}

/** A line of a table by RFC 4180, with its end. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/**
 * Office programs run what begins like a formula, in whatever width it was typed, and take it for one behind a space or an end of line
 * as well. An apostrophe before it makes it text. A number is one of ours and stays a number, below zero too.
 */
function csvCell(cell: Cell): string {
  if (cell === null || cell === undefined) {
    return '';
  }
  if (typeof cell !== 'string') {
    return String(cell);
  }
  const text = cell.replaceAll('\0', '');
  const safe = /^[\t\r\n\s]*[=+\-@＝＋－＠]|^[\t\r]/u.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
