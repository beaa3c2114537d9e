import { Button, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CustomerAttributeView } from '#contract';
import { segmentKeys, segments } from '../../../api/segments.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { wordsOf } from '../../../ui/field-words.js';
import { IconPlus } from '../../../ui/icons.js';
import { notify } from '../../../ui/notify.js';
import { Empty, Failed } from '../../../ui/states.js';
import '../fields/fields.css';
import { AttributeForm } from './attribute-form.js';

/** What may be known of customers. */
export function AttributesBlock() {
  const { t, locale } = useI18n();
  const queries = useQueryClient();
  const list = useQuery({ queryKey: segmentKeys.attributes, queryFn: ({ signal }) => segments.attributes(signal) });
  const [opened, setOpened] = useState<{ attribute: CustomerAttributeView | null } | null>(null);
  if (list.isError && !list.data) {
    return <Failed error={list.error} retry={() => void list.refetch()} />;
  }
  if (opened) {
    const done = () => {
      void queries.invalidateQueries({ queryKey: segmentKeys.attributes });
      notify(t('common.saved'));
      setOpened(null);
    };
    return <AttributeForm attribute={opened.attribute} onDone={done} onCancel={() => setOpened(null)} />;
  }
  return (
    <>
      <div className="settings-head">
        <h2>{t('attribute.title')}</h2>
        <Button leftSection={<IconPlus size={17} />} onClick={() => setOpened({ attribute: null })}>
          {t('attribute.add')}
        </Button>
      </div>
      <p className="settings-hint">{t('attribute.intro')}</p>
      {!list.data && <Skeleton height={120} />}
      {list.data?.length === 0 && <Empty>{t('attribute.none')}</Empty>}
      <ul className="channels">
        {list.data?.map((attribute) => (
          <li key={attribute.id}>
            <button type="button" onClick={() => setOpened({ attribute })}>
              <span className="channels-name">
                <bdi>{wordsOf(attribute.name, locale)}</bdi>
                <small>
                  {t(`attribute.kinds.${attribute.kind}`)} · <bdi>{attribute.key}</bdi>
                </small>
              </span>
              {attribute.isRetired && <span className="chip">{t('attribute.retired')}</span>}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
