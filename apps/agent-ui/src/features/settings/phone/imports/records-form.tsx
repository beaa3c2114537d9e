import { Button, Group, NativeSelect, Stack, Switch, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CdrPreviewView, CdrTermsView } from '#contract';
import { callSources } from '../../../../api/call-sources.js';
import { useI18n } from '../../../../i18n/use-i18n.js';
import { useProblemText } from '../../../../ui/problem-text.js';
import { useAction } from '../../../../ui/use-action.js';
import { RecordsCalls } from './records-calls.js';
import { RecordsTable } from './records-table.js';

const presets = ['cdr_csv', 'freepbx', 'grandstream', 'json', 'other'] as const;
const encodings = ['utf-8', 'utf-16le', 'windows-1256', 'windows-1252'] as const;
const delimiters = [',', ';', '\t', '|'] as const;
const calendars = ['auto', 'gregorian', 'jalali'] as const;

interface Props {
  channelId: string;
  file: File;
  onDone: () => void;
}

/** How a file is read, seen on its first lines and as the calls that they are; then it is imported. */
export function RecordsForm({ channelId, file, onDone }: Props) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const [chosen, setChosen] = useState<CdrTermsView | null>(null);
  const preview = useQuery({
    queryKey: ['cdr-preview', channelId, file.name, file.size, file.lastModified, chosen],
    queryFn: () => callSources.preview(channelId, file, chosen),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const terms = chosen ?? preview.data?.terms ?? null;
  const start = useAction(() => callSources.start(channelId, file, terms as CdrTermsView), onDone);
  const change = (part: Partial<CdrTermsView>) => terms && setChosen({ ...terms, ...part });
  const isReady = preview.data?.problems.length === 0 && !preview.isError && !preview.isPlaceholderData;
  return (
    <Stack>
      <strong>
        <bdi>{file.name}</bdi>
      </strong>
      {terms && <Reading terms={terms} change={change} />}
      {terms && preview.data && <Seen preview={preview.data} terms={terms} change={change} />}
      <div aria-live="polite">
        {preview.isError && <p className="settings-problem">{problemText(preview.error)}</p>}
        {preview.data?.problems.map((code) => (
          <p key={code} className="settings-problem">
            {t(`records.problems.${code as 'no_time'}`)}
          </p>
        ))}
      </div>
      <Group>
        <Button loading={start.isPending} disabled={!isReady} onClick={() => start.mutate(undefined)}>
          {t('records.start')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('records.back')}
        </Button>
      </Group>
    </Stack>
  );
}

interface PartProps {
  terms: CdrTermsView;
  change: (part: Partial<CdrTermsView>) => void;
}

function Seen({ preview, terms, change }: PartProps & { preview: CdrPreviewView }) {
  return (
    <>
      {terms.preset !== 'json' && (
        <RecordsTable preview={preview} columns={terms.columns} onChange={(columns) => change({ columns })} />
      )}
      <RecordsCalls preview={preview} />
    </>
  );
}

function Reading({ terms, change }: PartProps) {
  const { t } = useI18n();
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];
  return (
    <>
      <div className="records-reading">
        <Choice
          label={t('records.preset')}
          value={terms.preset}
          choices={presets.map((value) => [value, t(`records.presets.${value}`)])}
          onChange={(preset) => change({ preset })}
        />
        <NativeSelect
          label={t('records.timeZone')}
          value={terms.timeZone}
          onChange={(event) => change({ timeZone: event.currentTarget.value })}
          data={[...new Set([terms.timeZone, ...zones])]}
        />
        <Choice
          label={t('records.calendar')}
          value={terms.calendar}
          choices={calendars.map((value) => [value, t(`records.calendars.${value}`)])}
          onChange={(calendar) => change({ calendar })}
        />
        <Choice
          label={t('records.encoding')}
          value={terms.encoding}
          choices={encodings.map((value) => [value, t(`records.encodings.${value}`)])}
          onChange={(encoding) => change({ encoding })}
        />
        {terms.preset !== 'json' && (
          <NativeSelect
            label={t('records.delimiter')}
            value={String(delimiters.indexOf(terms.delimiter))}
            onChange={(event) => change({ delimiter: delimiters[Number(event.currentTarget.value)] ?? ',' })}
            data={delimiters.map((_, at) => ({
              value: String(at),
              label: t(`records.delimiters.${at as 0 | 1 | 2 | 3}`),
            }))}
          />
        )}
      </div>
      {terms.preset !== 'json' && (
        <Switch
          label={t('records.hasHeader')}
          checked={terms.hasHeader}
          onChange={(event) => change({ hasHeader: event.currentTarget.checked })}
        />
      )}
      <details>
        <summary>{t('records.contexts')}</summary>
        <div className="records-reading">
          <Contexts
            label={t('records.inContexts')}
            value={terms.inContexts}
            onChange={(inContexts) => change({ inContexts })}
          />
          <Contexts
            label={t('records.outContexts')}
            value={terms.outContexts}
            onChange={(outContexts) => change({ outContexts })}
          />
        </div>
      </details>
    </>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  choices: [Value, string][];
  onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, value, choices, onChange }: ChoiceProps<Value>) {
  return (
    <NativeSelect
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value as Value)}
      data={choices.map(([one, words]) => ({ value: one, label: words }))}
    />
  );
}

interface ContextsProps {
  label: string;
  value: readonly string[];
  onChange: (contexts: string[]) => void;
}

/** Written as one line; what it says counts once the field is left. */
function Contexts({ label, value, onChange }: ContextsProps) {
  const { t } = useI18n();
  const [text, setText] = useState(value.join(', '));
  const say = () =>
    onChange(
      text
        .split(/[\s,،]+/u)
        .filter((one) => /^[\w-]{1,80}\*?$/u.test(one))
        .slice(0, 50),
    );
  return (
    <TextInput
      label={label}
      description={t('records.contextsHint')}
      dir="ltr"
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={say}
    />
  );
}
