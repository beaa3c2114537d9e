import { NativeSelect } from '@mantine/core';
import type { CdrPreviewView } from '#contract';
import { useI18n } from '../../../../i18n/use-i18n.js';

const columnNames = [
  'start',
  'src',
  'dst',
  'disposition',
  'duration',
  'billsec',
  'answer',
  'end',
  'direction',
  'did',
  'queue',
  'dcontext',
  'clid',
  'cnum',
  'cnam',
  'linkedid',
  'uniqueid',
  'sequence',
  'channel',
  'dstchannel',
  'lastapp',
  'lastdata',
  'recordingfile',
  'outbound_cnum',
  'outbound_cnam',
  'dst_cnam',
  'accountcode',
  'peeraccount',
  'userfield',
  'amaflags',
] as const;

interface Props {
  preview: CdrPreviewView;
  columns: readonly string[];
  onChange: (columns: string[]) => void;
}

/** The first lines of a file, with what each column is above it. */
export function RecordsTable({ preview, columns, onChange }: Props) {
  const { t, format } = useI18n();
  const width = Math.max(preview.header.length, columns.length, ...preview.lines.map(({ cells }) => cells.length), 1);
  const places = Array.from({ length: width }, (_, at) => at);
  const set = (at: number, meaning: string) =>
    onChange(places.map((place) => (place === at ? meaning : (columns[place] ?? ''))));
  const meanings = [
    { value: '', label: t('records.nothing') },
    ...columnNames.map((value) => ({ value: value as string, label: t(`records.columns.${value}`) })),
  ];
  return (
    // Wide tables are read by scrolling, also without a mouse.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="records-table" aria-label={t('records.preview')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('records.line')}</th>
            {places.map((at) => (
              <th key={at} scope="col">
                <bdi>{preview.header[at] ?? ''}</bdi>
                <NativeSelect
                  aria-label={t('records.column', { number: format.number(at + 1), name: preview.header[at] ?? '' })}
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
          {preview.lines.map(({ line, cells }) => (
            <tr key={line}>
              <th scope="row">{format.digits(line)}</th>
              {places.map((at) => (
                <td key={at}>
                  <bdi>{cells[at] ?? ''}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
