import { Button, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SlaPolicyView } from '#contract';
import { keys } from '../../../api/keys.js';
import { serviceTerms } from '../../../api/service-terms.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconPlus } from '../../../ui/icons.js';
import { notify } from '../../../ui/notify.js';
import { Empty, Failed } from '../../../ui/states.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { writeDuration } from './durations.js';
import { PolicyForm } from './policy-form.js';
import './promises.css';

type Opened = { id: string | null };

/** What is promised to whom: how soon an answer comes, and how soon a matter is settled. */
export function PromisesSection() {
  const { t } = useI18n();
  const isSpoken = useTexts('channels');
  const queries = useQueryClient();
  const list = useQuery({ queryKey: keys.policies, queryFn: ({ signal }) => serviceTerms.policies(signal) });
  const [opened, setOpened] = useState<Opened | null>(null);
  if (list.isError) {
    return <Failed error={list.error} retry={() => void list.refetch()} />;
  }
  if (!list.data || !isSpoken) {
    return <Skeleton height={180} />;
  }
  if (opened) {
    const policy = list.data.find(({ id }) => id === opened.id) ?? null;
    return (
      <>
        <div className="settings-head">
          <h2>{policy ? <bdi>{policy.name}</bdi> : t('promises.add')}</h2>
        </div>
        <PolicyForm
          policy={policy}
          onSaved={() => {
            void queries.invalidateQueries({ queryKey: keys.policies });
            notify(t('promises.published'));
            setOpened(null);
          }}
          onCancel={() => setOpened(null)}
        />
      </>
    );
  }
  return (
    <>
      <div className="settings-head">
        <h2>{t('settings.promises')}</h2>
        <Button leftSection={<IconPlus size={17} />} onClick={() => setOpened({ id: null })}>
          {t('promises.add')}
        </Button>
      </div>
      {list.data.length === 0 && <Empty>{t('promises.none')}</Empty>}
      <ul className="channels">
        {list.data.map((policy) => (
          <li key={policy.id}>
            <button type="button" onClick={() => setOpened({ id: policy.id })}>
              <Line policy={policy} />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Line({ policy: { name, enabled, published } }: { policy: SlaPolicyView }) {
  const { t, format } = useI18n();
  const targets = published?.targets ?? {};
  const said = (['first_response', 'next_response', 'resolution'] as const).flatMap((metric) => {
    const ms = targets[metric];
    return ms === undefined
      ? []
      : [`${t(`promises.${metric}`)} ${writeDuration(ms).replace(/\d/gu, (digit) => format.digits(Number(digit)))}`];
  });
  return (
    <>
      <span className="channels-name">
        <bdi>{name}</bdi>
        <small>{published ? said.join(' · ') : t('promises.unpublished')}</small>
      </span>
      <span className="chip" data-tone={enabled ? 'good' : undefined}>
        {t(enabled ? 'settings.channelOn' : 'settings.channelOff')}
      </span>
    </>
  );
}
