import { Button, FileButton, Group, NativeSelect, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportKindView, ImportView } from '#contract';
import { segmentKeys, segments } from '../../../api/segments.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Empty, Failed } from '../../../ui/states.js';
import { useAction } from '../../../ui/use-action.js';
import { ImportForm } from './import-form.js';

const kinds: readonly ImportKindView[] = ['attributes', 'purchases'];
/** How often a running import is looked at. */
const lookMs = 2_000;

/** Tables of many customers: given, mapped, and how far they are. */
export function ImportsBlock() {
  const { t } = useI18n();
  const list = useQuery({
    queryKey: segmentKeys.imports,
    queryFn: ({ signal }) => segments.imports(signal),
    refetchInterval: ({ state }) => (state.data?.some((one) => one.state === 'running') ? lookMs : false),
  });
  const [opened, setOpened] = useState<ImportView | null>(null);
  if (list.isError && !list.data) {
    return <Failed error={list.error} retry={() => void list.refetch()} />;
  }
  if (opened) {
    return (
      <ImportForm
        given={opened}
        onDone={() => {
          void list.refetch();
          setOpened(null);
        }}
      />
    );
  }
  return (
    <>
      <div className="settings-head">
        <h2>{t('import.title')}</h2>
      </div>
      <p className="settings-hint">{t('import.intro')}</p>
      <Give onGiven={setOpened} />
      {!list.data && <Skeleton height={120} />}
      {list.data?.length === 0 && <Empty>{t('import.none')}</Empty>}
      <ul className="segment-members">
        {list.data?.map((one) => (
          <li key={one.id}>
            <Line one={one} onOpen={() => setOpened(one)} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Give({ onGiven }: { onGiven: (given: ImportView) => void }) {
  const { t } = useI18n();
  const [kind, setKind] = useState<ImportKindView>('attributes');
  const give = useAction((file: File) => segments.giveFile(kind, file), onGiven);
  return (
    <Group align="end">
      <NativeSelect
        label={t('import.kind')}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value as ImportKindView)}
        data={kinds.map((value) => ({ value, label: t(`import.kinds.${value}`) }))}
      />
      <FileButton accept=".csv,.tsv,.txt,text/csv" onChange={(file) => file && give.mutate(file)}>
        {(props) => (
          <Button {...props} loading={give.isPending}>
            {t('import.give')}
          </Button>
        )}
      </FileButton>
    </Group>
  );
}

function Line({ one, onOpen }: { one: ImportView; onOpen: () => void }) {
  const { t, locale, format } = useI18n();
  const queries = useQueryClient();
  const again = () => void queries.invalidateQueries({ queryKey: segmentKeys.imports });
  const stop = useAction(() => segments.stopImport(one.id), again);
  const goOn = useAction(() => segments.startImport(one.id, null), again);
  const remove = useAction(() => segments.removeImport(one.id), again);
  const figures = {
    lines: format.number(one.linesDone),
    created: format.number(one.created),
    changed: format.number(one.changed),
    unchanged: format.number(one.unchanged),
    refused: format.number(one.refused),
  };
  return (
    <>
      <strong>
        <bdi>{one.name}</bdi>
      </strong>{' '}
      <span className="chip" data-tone={one.state === 'failed' ? 'bad' : one.state === 'done' ? 'good' : undefined}>
        {t(`import.states.${one.state}`)}
      </span>
      <p className="settings-hint">
        {t(`import.kinds.${one.kind}`)} · {format.dateTime(one.createdAt)}
      </p>
      {one.state === 'running' && (
        <progress className="import-progress" aria-label={t('import.progress')} value={one.progress} max={1} />
      )}
      {one.state !== 'draft' && <p>{t('import.figures', figures)}</p>}
      {one.state === 'failed' && <p className="settings-problem">{t('import.unreadable')}</p>}
      <Group>
        {one.state === 'draft' && (
          <Button variant="default" size="xs" onClick={onOpen}>
            {t('import.goOn')}
          </Button>
        )}
        {one.state === 'stopped' && (
          <Button variant="default" size="xs" loading={goOn.isPending} onClick={() => goOn.mutate(undefined)}>
            {t('import.goOn')}
          </Button>
        )}
        {one.state === 'running' ? (
          <Button variant="default" size="xs" loading={stop.isPending} onClick={() => stop.mutate(undefined)}>
            {t('import.stop')}
          </Button>
        ) : (
          <Button variant="subtle" size="xs" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
            {t('import.remove')}
          </Button>
        )}
        {one.refused > 0 && (
          <Button component="a" variant="default" size="xs" download href={segments.faultsFile(one.id, locale)}>
            {t('import.faults')}
          </Button>
        )}
      </Group>
    </>
  );
}
