import { NativeSelect } from '@mantine/core';
import type { ImportFaultView, ImportKindView, ImportPreviewView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { wordsOf } from '../../../ui/field-words.js';
import { useAttributes } from './use-segment-options.js';

interface Props {
  kind: ImportKindView;
  preview: ImportPreviewView;
  columns: readonly string[];
  onChange: (columns: string[]) => void;
}

const persons = ['external_id', 'phone', 'email', 'name', 'locale'] as const;
const purchases = ['purchase_id', 'amount', 'currency', 'at', 'items'] as const;

/** The first lines of a file, with what each column is above it and what is wrong in it below. */
export function ImportTable({ kind, preview, columns, onChange }: Props) {
  const { t, format } = useI18n();
  const meanings = useMeanings(kind);
  const width = Math.max(preview.header.length, ...preview.rows.map(({ cells }) => cells.length), 1);
  const places = Array.from({ length: width }, (_, at) => at);
  const set = (at: number, meaning: string) =>
    onChange(places.map((place) => (place === at ? meaning : (columns[place] ?? ''))));
  return (
    // Wide tables are read by scrolling, also without a mouse.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="import-table" aria-label={t('import.preview')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('import.line')}</th>
            {places.map((at) => (
              <th key={at} scope="col">
                <bdi>{preview.header[at] ?? ''}</bdi>
                <NativeSelect
                  aria-label={t('import.column', { number: format.number(at + 1), name: preview.header[at] ?? '' })}
                  size="xs"
                  value={columns[at] ?? ''}
                  onChange={(event) => set(at, event.currentTarget.value)}
                  data={meanings}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.rows.map(({ line, cells, faults }) => (
            <tr key={line}>
              <th scope="row">
                {format.digits(line)}
                <Faults faults={faults.filter(({ field }) => field === '' || !columns.includes(field))} />
              </th>
              {places.map((at) => (
                <td key={at}>
                  <bdi>{cells[at] ?? ''}</bdi>
                  <Faults faults={faults.filter(({ field }) => field !== '' && field === columns[at])} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Faults({ faults }: { faults: readonly ImportFaultView[] }) {
  const { t } = useI18n();
  return faults.map(({ field, code }) => (
    <small key={field + code} className="import-fault">
      {t(`import.wrong.${code as 'not_a_phone'}`)}
    </small>
  ));
}

/** What a column can be. */
function useMeanings(kind: ImportKindView): { value: string; label: string }[] {
  const { t, locale } = useI18n();
  const attributes = useAttributes().filter(({ isRetired }) => !isRetired);
  const own =
    kind === 'purchases'
      ? purchases.map((value) => ({ value: value as string, label: t(`import.columns.${value}`) }))
      : attributes.map(({ key, name }) => ({ value: `attribute:${key}`, label: wordsOf(name, locale) || key }));
  return [
    { value: '', label: t('import.columns.nothing') },
    ...persons.map((value) => ({ value, label: t(`import.columns.${value}`) })),
    ...own,
  ];
}
