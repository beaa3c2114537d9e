import { Button, Group, NativeSelect, Stack, Switch, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportTermsView, ImportView } from '#contract';
import { segments } from '../../../api/segments.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useProblemText } from '../../../ui/problem-text.js';
import { useAction } from '../../../ui/use-action.js';
import { ImportTable } from './import-table.js';

const encodings: readonly ImportTermsView['encoding'][] = ['utf-8', 'windows-1256', 'utf-16le', 'utf-16be'];
const delimiters = [',', ';', '\t', '|'] as const;

/** How a file is read, seen on its first lines; then it is begun. */
export function ImportForm({ given, onDone }: { given: ImportView; onDone: () => void }) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const [terms, setTerms] = useState(given.terms);
  const change = (part: Partial<ImportTermsView>) => setTerms((known) => ({ ...known, ...part }));
  const preview = useQuery({
    queryKey: ['import-preview', given.id, terms],
    queryFn: () => segments.previewImport(given.id, terms),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const start = useAction(() => segments.startImport(given.id, terms), onDone);
  const problems = preview.data?.problems ?? [];
  return (
    <>
      <div className="settings-head">
        <h2>
          <bdi>{given.name}</bdi>
        </h2>
      </div>
      <Stack>
        <p className="settings-hint">{t(`import.hint_${given.kind}`)}</p>
        <Reading terms={terms} change={change} />
        {given.kind === 'purchases' && <Buying terms={terms} change={change} />}
        <Switch
          label={t('import.createMissing')}
          description={t('import.createMissingHint')}
          checked={terms.createMissing}
          onChange={(event) => change({ createMissing: event.currentTarget.checked })}
        />
        {preview.data && (
          <ImportTable
            kind={given.kind}
            preview={preview.data}
            columns={terms.columns}
            onChange={(columns) => change({ columns })}
          />
        )}
        <div aria-live="polite">
          {preview.isError && <p className="settings-problem">{problemText(preview.error)}</p>}
          {problems.map((code) => (
            <p key={code} className="settings-problem">
              {t(`import.problems.${code as 'no_person_column'}`)}
            </p>
          ))}
        </div>
        <Group>
          <Button
            loading={start.isPending}
            disabled={!preview.data || preview.isError || problems.length > 0}
            onClick={() => start.mutate(undefined)}
          >
            {t('import.start')}
          </Button>
          <Button variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </>
  );
}

interface PartProps {
  terms: ImportTermsView;
  change: (part: Partial<ImportTermsView>) => void;
}

function Reading({ terms, change }: PartProps) {
  const { t } = useI18n();
  return (
    <>
      <div className="segment-parts">
        <NativeSelect
          label={t('import.encoding')}
          value={terms.encoding}
          onChange={(event) => change({ encoding: event.currentTarget.value as ImportTermsView['encoding'] })}
          data={encodings.map((value) => ({ value, label: t(`import.encodings.${value}`) }))}
        />
        <NativeSelect
          label={t('import.delimiter')}
          value={String(delimiters.indexOf(terms.delimiter))}
          onChange={(event) => change({ delimiter: delimiters[Number(event.currentTarget.value)] ?? ',' })}
          data={delimiters.map((_, at) => ({
            value: String(at),
            label: t(`import.delimiters.${at as 0 | 1 | 2 | 3}`),
          }))}
        />
      </div>
      <Switch
        label={t('import.hasHeader')}
        checked={terms.hasHeader}
        onChange={(event) => change({ hasHeader: event.currentTarget.checked })}
      />
    </>
  );
}

function Buying({ terms, change }: PartProps) {
  const { t } = useI18n();
  return (
    <div className="segment-parts">
      <TextInput
        label={t('import.source')}
        description={t('import.sourceHint')}
        maxLength={100}
        value={terms.source}
        onChange={(event) => change({ source: event.currentTarget.value })}
      />
      <TextInput
        label={t('import.currency')}
        description={t('import.currencyHint')}
        dir="ltr"
        maxLength={3}
        value={terms.currency}
        onChange={(event) => change({ currency: event.currentTarget.value.toUpperCase() })}
      />
    </div>
  );
}
