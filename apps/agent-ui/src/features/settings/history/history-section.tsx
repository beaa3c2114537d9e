import { Button, Group, NativeSelect, Skeleton, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { HistoryImportView, HistorySystemView } from '#contract';
import { histories, historyKeys } from '../../../api/history.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Empty, Failed } from '../../../ui/states.js';
import { useAction } from '../../../ui/use-action.js';
import { HistoryImport } from './history-import.js';
import './history.css';

const systems: readonly HistorySystemView[] = ['zendesk', 'chatwoot', 'zammad', 'freescout'];
/** How often what runs is looked at. */
const lookMs = 2_000;

/** Customers and what was said with them, brought from another product. */
export function HistorySection() {
  const { t } = useI18n();
  const isSpoken = useTexts('history');
  const [opened, setOpened] = useState<string | null>(null);
  const list = useQuery({
    queryKey: historyKeys.all,
    queryFn: ({ signal }) => histories.list(signal),
    refetchInterval: ({ state }) =>
      state.data?.some((one) => one.state === 'running' || one.state === 'reading') ? lookMs : false,
  });
  if (!isSpoken) {
    return <Skeleton height={180} />;
  }
  if (list.isError && !list.data) {
    return <Failed error={list.error} retry={() => void list.refetch()} />;
  }
  if (opened !== null) {
    return (
      <HistoryImport
        id={opened}
        onLeave={() => {
          void list.refetch();
          setOpened(null);
        }}
      />
    );
  }
  return (
    <>
      <div className="settings-head">
        <h2>{t('history.title')}</h2>
      </div>
      <p className="settings-hint">{t('history.intro')}</p>
      <Begin onBegun={({ id }) => setOpened(id)} />
      {!list.data && <Skeleton height={120} />}
      {list.data?.length === 0 && <Empty>{t('history.none')}</Empty>}
      <ul className="channels">
        {list.data?.map((one) => (
          <li key={one.id}>
            <button type="button" onClick={() => setOpened(one.id)}>
              <Line one={one} />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Begin({ onBegun }: { onBegun: (begun: HistoryImportView) => void }) {
  const { t } = useI18n();
  const [system, setSystem] = useState<HistorySystemView>('zendesk');
  const [account, setAccount] = useState('');
  const begin = useAction(() => histories.begin(system, account), onBegun);
  return (
    <Group align="end" className="history-begin">
      <NativeSelect
        label={t('history.system')}
        value={system}
        onChange={(event) => setSystem(event.currentTarget.value as HistorySystemView)}
        data={systems.map((value) => ({ value, label: t(`history.systems.${value}`) }))}
      />
      <TextInput
        label={t('history.account')}
        description={t('history.accountHint')}
        maxLength={80}
        value={account}
        onChange={(event) => setAccount(event.currentTarget.value)}
      />
      <Button loading={begin.isPending} onClick={() => begin.mutate(undefined)}>
        {t('history.begin')}
      </Button>
    </Group>
  );
}

function Line({ one }: { one: HistoryImportView }) {
  const { t, format } = useI18n();
  const tone = one.state === 'failed' ? 'bad' : one.state === 'done' ? 'good' : undefined;
  return (
    <>
      <span className="channels-name">
        <bdi>{t(`history.systems.${one.system}`)}</bdi>
        <small>
          {format.dateTime(one.createdAt)}
          {one.files[0] && (
            <>
              {' · '}
              <bdi>{one.files.map(({ name }) => name).join(' · ')}</bdi>
            </>
          )}
        </small>
      </span>
      <span className="chip" data-tone={tone}>
        {t(`history.states.${one.state}`)}
      </span>
    </>
  );
}
