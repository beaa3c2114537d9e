/** Letters and digits that people write for one another, and what each is compared as. Both strings are of one length. */
export const foldFrom = 'يىك٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹';
export const foldTo = 'ییک01234567890123456789';

const folded = new Map(Array.from(foldFrom, (letter, index) => [letter, foldTo.charAt(index)]));
const foldable = new RegExp(`[${foldFrom}]`, 'gu');

/**
 * A value as segments compare it: without the difference of Arabic and Persian letters, of digits, and of capitals. Far less than
 * `matchKey` folds, and as much as a database can do for a million rows.
 */
export function foldValue(text: string): string {
  return text.replace(foldable, (letter) => folded.get(letter) ?? letter).toLowerCase();
}

/** The same of an expression in SQL. */
export function foldedSql(expression: string): string {
  return `lower(translate(${expression}, '${foldFrom}', '${foldTo}'))`;
}
