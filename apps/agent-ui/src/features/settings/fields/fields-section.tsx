import { Button, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { TicketFieldView } from '#contract';
import { keys } from '../../../api/keys.js';
import { properties } from '../../../api/properties.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { wordsOf } from '../../../ui/field-words.js';
import { IconPlus } from '../../../ui/icons.js';
import { notify } from '../../../ui/notify.js';
import { Empty, Failed } from '../../../ui/states.js';
import { FieldForm } from './field-form.js';
import './fields.css';
import { TagsList } from './tags-list.js';

type Opened = { field: TicketFieldView | null };

/** What tickets are asked for besides their words, and the tags that were used. */
export function FieldsSection() {
  const isSpoken = useTexts('properties');
  return isSpoken ? <Fields /> : <Skeleton height={180} />;
}

function Fields() {
  const { t } = useI18n();
  const queries = useQueryClient();
  const fields = useQuery({ queryKey: keys.ticketFields, queryFn: ({ signal }) => properties.fields(signal) });
  const [opened, setOpened] = useState<Opened | null>(null);
  if (fields.isError) {
    return <Failed error={fields.error} retry={() => void fields.refetch()} />;
  }
  if (opened) {
    const done = () => {
      void queries.invalidateQueries({ queryKey: keys.ticketFields });
      notify(t('common.saved'));
      setOpened(null);
    };
    return <FieldForm field={opened.field} onDone={done} onCancel={() => setOpened(null)} />;
  }
  return (
    <>
      <div className="settings-head">
        <h2>{t('fieldSet.title')}</h2>
        <Button leftSection={<IconPlus size={17} />} onClick={() => setOpened({ field: null })}>
          {t('fieldSet.add')}
        </Button>
      </div>
      <p className="settings-hint">{t('fieldSet.intro')}</p>
      {fields.data?.length === 0 && <Empty>{t('fieldSet.none')}</Empty>}
      <ul className="channels">
        {fields.data?.map((field) => (
          <li key={field.id}>
            <button type="button" onClick={() => setOpened({ field })}>
              <Line field={field} />
            </button>
          </li>
        ))}
      </ul>
      <TagsList />
    </>
  );
}

function Line({ field: { name, key, kind, queueIds, requiredToSolve, isRetired } }: { field: TicketFieldView }) {
  const { t, locale, format } = useI18n();
  const where =
    queueIds === null
      ? t('fieldSet.everywhere')
      : t('fieldSet.queueCount', { count: queueIds.length, amount: format.number(queueIds.length) });
  return (
    <>
      <span className="channels-name">
        <bdi>{wordsOf(name, locale)}</bdi>
        <small>
          {t(`fieldSet.kinds.${kind}`)} · {where} · <bdi>{key}</bdi>
        </small>
      </span>
      {requiredToSolve && <span className="chip">{t('fieldSet.requiredShort')}</span>}
      {isRetired && <span className="chip">{t('fieldSet.retired')}</span>}
    </>
  );
}
