import { Button, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SegmentView } from '#contract';
import { useManages } from '../../../api/queries.js';
import { segmentKeys, segments } from '../../../api/segments.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { IconPlus } from '../../../ui/icons.js';
import { Empty, Failed } from '../../../ui/states.js';
import { AttributesBlock } from './attributes-block.js';
import { ImportsBlock } from './imports-block.js';
import { SegmentForm } from './segment-form.js';
import './segments.css';
import { TiersBlock } from './tiers-block.js';

const tabs = ['segments', 'attributes', 'imports', 'tiers'] as const;
type Tab = (typeof tabs)[number];

/** Who of the customers belongs together, and what is known of them: for administrators. Supervisors see to segments only. */
export function SegmentsSection() {
  const { t } = useI18n();
  const isSpoken = [useTexts('segments'), useTexts('properties')].every(Boolean);
  const isAdmin = useManages('automation.manage');
  const [tab, setTab] = useState<Tab>('segments');
  if (!isSpoken) {
    return <Skeleton height={180} />;
  }
  return (
    <>
      {isAdmin && (
        <fieldset className="segment-tabs" aria-label={t('segment.tabs.label')}>
          {tabs.map((one) => (
            <Button
              key={one}
              size="xs"
              variant={one === tab ? 'light' : 'subtle'}
              aria-pressed={one === tab}
              onClick={() => setTab(one)}
            >
              {t(`segment.tabs.${one}`)}
            </Button>
          ))}
        </fieldset>
      )}
      {tab === 'segments' && <SegmentsBlock />}
      {tab === 'attributes' && <AttributesBlock />}
      {tab === 'imports' && <ImportsBlock />}
      {tab === 'tiers' && <TiersBlock />}
    </>
  );
}

function SegmentsBlock() {
  const { t } = useI18n();
  const queries = useQueryClient();
  const list = useQuery({ queryKey: segmentKeys.segments, queryFn: ({ signal }) => segments.list(signal) });
  const [opened, setOpened] = useState<{ id: string | null } | null>(null);
  if (list.isError && !list.data) {
    return <Failed error={list.error} retry={() => void list.refetch()} />;
  }
  if (!list.data) {
    return <Skeleton height={180} />;
  }
  if (opened) {
    const again = () => queries.invalidateQueries({ queryKey: segmentKeys.segments });
    const segment = list.data.find(({ id }) => id === opened.id) ?? null;
    return (
      <SegmentForm
        key={segment?.version ?? 0}
        segment={segment}
        onLookAgain={() => void again()}
        onDone={() => {
          void again();
          setOpened(null);
        }}
      />
    );
  }
  return (
    <>
      <div className="settings-head">
        <h2>{t('segment.title')}</h2>
        <Button leftSection={<IconPlus size={17} />} onClick={() => setOpened({ id: null })}>
          {t('segment.add')}
        </Button>
      </div>
      <p className="settings-hint">{t('segment.intro')}</p>
      {list.data.length === 0 && <Empty>{t('segment.none')}</Empty>}
      <ul className="channels">
        {list.data.map((segment) => (
          <li key={segment.id}>
            <button type="button" onClick={() => setOpened({ id: segment.id })}>
              <Line segment={segment} />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Line({ segment: { name, counted, countedAt, missing } }: { segment: SegmentView }) {
  const { t, format } = useI18n();
  const told =
    counted === null || countedAt === null
      ? t('segment.notCounted')
      : t('segment.countedAt', {
          count: counted,
          amount: format.number(counted),
          when: format.dateTime(countedAt),
        });
  return (
    <>
      <span className="channels-name">
        <bdi>{name}</bdi>
        <small>{told}</small>
      </span>
      {missing?.length !== 0 && (
        <span className="chip" data-tone="bad">
          {t('segment.broken')}
        </span>
      )}
    </>
  );
}
