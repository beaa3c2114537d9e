import { Button, FileButton, Group, Skeleton, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { HistoryImportView } from '#contract';
import { histories, historyKeys } from '../../../api/history.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Failed } from '../../../ui/states.js';
import { useAction } from '../../../ui/use-action.js';
import { HistoryDecisions } from './history-decisions.js';
import { HistoryResult } from './history-result.js';

const steps = ['files', 'found', 'places', 'result'] as const;
type Step = (typeof steps)[number];
const lookMs = 1_000;

/** One history on its way: its files, what they hold, where that goes, and what came of it. */
export function HistoryImport({ id, onLeave }: { id: string; onLeave: () => void }) {
  const { t } = useI18n();
  const [isPlacing, setPlacing] = useState(false);
  const queries = useQueryClient();
  const one = useQuery({
    queryKey: historyKeys.one(id),
    queryFn: ({ signal }) => histories.get(id, signal),
    refetchInterval: ({ state }) =>
      state.data?.state === 'running' || state.data?.state === 'reading' ? lookMs : false,
  });
  if (one.isError && !one.data) {
    return <Failed error={one.error} retry={() => void one.refetch()} />;
  }
  if (!one.data) {
    return <Skeleton height={180} />;
  }
  const given = one.data;
  const onChange = (now: HistoryImportView) => queries.setQueryData(historyKeys.one(id), now);
  const step = stepOf(given, isPlacing);
  return (
    <>
      <div className="settings-head">
        <h2>
          <bdi>{t(`history.systems.${given.system}`)}</bdi>
        </h2>
        <Button variant="default" onClick={onLeave}>
          {t('history.back')}
        </Button>
      </div>
      <ol className="history-steps" aria-label={t('history.steps.label')}>
        {steps.map((name) => (
          <li key={name} aria-current={name === step ? 'step' : undefined}>
            {t(`history.steps.${name}`)}
          </li>
        ))}
      </ol>
      {step === 'files' && <Files given={given} onChange={onChange} />}
      {(step === 'found' || step === 'places') && (
        <HistoryDecisions given={given} isPlacing={isPlacing} onPlacing={setPlacing} onChange={onChange} />
      )}
      {step === 'result' && <HistoryResult given={given} onChange={onChange} onRemoved={onLeave} />}
    </>
  );
}

function stepOf({ state }: HistoryImportView, isPlacing: boolean): Step {
  if (state === 'draft' || state === 'reading') {
    return 'files';
  }
  return state === 'read' ? (isPlacing ? 'places' : 'found') : 'result';
}

interface FilesProps {
  given: HistoryImportView;
  onChange: (now: HistoryImportView) => void;
}

function Files({ given, onChange }: FilesProps) {
  const { t, format } = useI18n();
  const [sent, setSent] = useState<string | null>(null);
  const give = useAction(async (files: File[]) => {
    for (const file of files) {
      setSent(file.name);
      onChange(await histories.give(given.id, file));
    }
    setSent(null);
  });
  const read = useAction(() => histories.read(given.id), onChange);
  const stop = useAction(() => histories.stop(given.id), onChange);
  const isReading = given.state === 'reading';
  const done = given.files.filter(({ progress }) => progress === 1).length;
  const progress = given.files.reduce((sum, file) => sum + file.progress, 0) / Math.max(1, given.files.length);
  return (
    <Stack>
      <p className="settings-hint">{t(`history.formats.${given.system}`)}</p>
      <ul className="history-files">
        {given.files.map(({ position, name, bytes }) => (
          <li key={position}>
            <bdi>{name}</bdi> <small>{format.bytes(bytes)}</small>
          </li>
        ))}
      </ul>
      <div aria-live="polite">
        {give.isPending && sent !== null && <p className="settings-hint">{t('history.giving', { name: sent })}</p>}
        {isReading && (
          <>
            <p>{t('history.reading', { done: format.number(done), all: format.number(given.files.length) })}</p>
            <progress className="history-progress" aria-label={t('history.progress')} value={progress} max={1} />
          </>
        )}
      </div>
      {isReading ? (
        <Group>
          <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate(undefined)}>
            {t('history.stop')}
          </Button>
        </Group>
      ) : (
        <>
          <Group>
            <FileButton multiple accept=".json,.ndjson,.jsonl,.csv,.tsv,.txt" onChange={(files) => give.mutate(files)}>
              {(props) => (
                <Button {...props} variant="default" loading={give.isPending}>
                  {t('history.give')}
                </Button>
              )}
            </FileButton>
            <Button
              disabled={given.files.length === 0 || give.isPending}
              loading={read.isPending}
              onClick={() => read.mutate(undefined)}
            >
              {t('history.read')}
            </Button>
          </Group>
          <p className="settings-hint">{t('history.readHint')}</p>
        </>
      )}
    </Stack>
  );
}
