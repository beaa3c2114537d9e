import type { ImportKindView, ImportTermsView } from '#contract';

/** What is wrong with a choice of columns: codes; none where an import can begin with it. */
export function problemsOf(
  kind: ImportKindView,
  { columns, source, currency }: ImportTermsView,
  known: ReadonlySet<string>,
): string[] {
  const named = columns.filter((one) => one !== '');
  const has = (...meanings: string[]): boolean => meanings.some((one) => named.includes(one));
  const checks: [isWrong: boolean, code: string][] = [
    [named.some((one) => !known.has(one)), 'unknown_column'],
    [new Set(named).size < named.length, 'column_twice'],
    [!has('phone', 'email', 'external_id'), 'no_person_column'],
    [kind === 'purchases' && !has('purchase_id'), 'no_purchase_id'],
    [kind === 'purchases' && !has('amount'), 'no_amount'],
    [kind === 'purchases' && !has('at'), 'no_date'],
    [kind === 'purchases' && source.trim() === '', 'no_source'],
    [kind === 'purchases' && !has('currency') && !/^[A-Z]{3}$/u.test(currency), 'no_currency'],
  ];
  return checks.filter(([isWrong]) => isWrong).map(([, code]) => code);
}
