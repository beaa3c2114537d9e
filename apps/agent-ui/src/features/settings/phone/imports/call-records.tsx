import { Button, FileButton, Group, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CdrImportView } from '#contract';
import { callSourceKeys, callSources } from '../../../../api/call-sources.js';
import { useTexts } from '../../../../i18n/use-texts.js';
import { useI18n } from '../../../../i18n/use-i18n.js';
import { Empty, Failed } from '../../../../ui/states.js';
import { useAction } from '../../../../ui/use-action.js';
import { RecordsForm } from './records-form.js';
import './call-records.css';

/** How often a running import is looked at. */
const lookMs = 2_000;

/** Past calls of a channel out of its exchange's records: a file is chosen, seen as calls, imported, and what became of it. */
export function CallRecords({ channelId }: { channelId: string }) {
  const isSpoken = useTexts('callSources');
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  if (!isSpoken) {
    return <Skeleton height={120} />;
  }
  if (file) {
    const done = () => {
      void queries.invalidateQueries({ queryKey: callSourceKeys.imports(channelId) });
      setFile(null);
    };
    return <RecordsForm channelId={channelId} file={file} onDone={done} />;
  }
  return <History channelId={channelId} onChosen={setFile} />;
}

function History({ channelId, onChosen }: { channelId: string; onChosen: (file: File) => void }) {
  const { t } = useI18n();
  const list = useQuery({
    queryKey: callSourceKeys.imports(channelId),
    queryFn: ({ signal }) => callSources.imports(channelId, signal),
    refetchInterval: ({ state }) => (state.data?.some((one) => one.state === 'running') ? lookMs : false),
  });
  if (list.isError && !list.data) {
    return <Failed error={list.error} retry={() => void list.refetch()} />;
  }
  return (
    <>
      <p className="settings-hint">{t('records.intro')}</p>
      <FileButton accept=".csv,.tsv,.txt,.json,.jsonl,.log,text/csv" onChange={(file) => file && onChosen(file)}>
        {(props) => <Button {...props}>{t('records.choose')}</Button>}
      </FileButton>
      <h3 className="phone-head">{t('records.history')}</h3>
      {!list.data && <Skeleton height={80} />}
      {list.data?.length === 0 && <Empty>{t('records.none')}</Empty>}
      <ul className="records-list">
        {list.data?.map((one) => (
          <li key={one.id}>
            <Import channelId={channelId} one={one} />
          </li>
        ))}
      </ul>
    </>
  );
}

const tones = { running: undefined, done: 'good', failed: 'bad', stopped: undefined } as const;

function Import({ channelId, one }: { channelId: string; one: CdrImportView }) {
  const { t, locale, format } = useI18n();
  const queries = useQueryClient();
  const stop = useAction(
    () => callSources.stop(channelId, one.id),
    () => void queries.invalidateQueries({ queryKey: callSourceKeys.imports(channelId) }),
  );
  return (
    <>
      <strong>
        <bdi>{one.name}</bdi>
      </strong>{' '}
      <span className="chip" data-tone={tones[one.state]}>
        {t(`records.states.${one.state}`)}
      </span>
      <p className="settings-hint">
        {format.dateTime(one.createdAt)}
        {one.startedBy && (
          <>
            {' · '}
            <bdi>{one.startedBy}</bdi>
          </>
        )}
      </p>
      {one.state === 'running' && (
        <progress className="records-progress" aria-label={t('records.progress')} value={one.progress} max={1} />
      )}
      <Figures one={one} />
      <Group>
        {one.state === 'running' && (
          <Button variant="default" size="xs" loading={stop.isPending} onClick={() => stop.mutate(undefined)}>
            {t('records.stop')}
          </Button>
        )}
        {one.refused > 0 && (
          <Button
            component="a"
            variant="default"
            size="xs"
            download
            href={callSources.faultsFile(channelId, one.id, locale)}
          >
            {t('records.download')}
          </Button>
        )}
      </Group>
    </>
  );
}

function Figures({ one }: { one: CdrImportView }) {
  const { t, format } = useI18n();
  const figures = {
    records: format.number(one.records),
    added: format.number(one.added),
    known: format.number(one.known),
    internal: format.number(one.internal),
    nameless: format.number(one.nameless),
    refused: format.number(one.refused),
  };
  return (
    <>
      <p>{t('records.figures', figures)}</p>
      {one.state === 'failed' && <p className="settings-problem">{t('records.failed')}</p>}
      {one.state === 'done' && one.lacksUnanswered && <p className="settings-hint">{t('records.lacksUnanswered')}</p>}
    </>
  );
}
