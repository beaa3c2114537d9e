import { Button, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { scriptKeys, scripts } from '../../../api/scripts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconPlus } from '../../../ui/icons.js';
import { Empty, Failed } from '../../../ui/states.js';
import { ConnectorForm } from './connector-form.js';

/** Lookups that scripts may make by name: only an administrator says where they go. */
export function Connectors() {
  const { t } = useI18n();
  const queries = useQueryClient();
  const list = useQuery({ queryKey: scriptKeys.connectors, queryFn: ({ signal }) => scripts.connectors(signal) });
  const [opened, open] = useState<string | null>(null);
  if (list.isError && !list.data) {
    return <Failed error={list.error} retry={() => void list.refetch()} />;
  }
  if (!list.data) {
    return <Skeleton height={180} />;
  }
  if (opened !== null) {
    return (
      <ConnectorForm
        connector={list.data.find(({ id }) => id === opened) ?? null}
        onDone={() => {
          void queries.invalidateQueries({ queryKey: scriptKeys.connectors });
          open(null);
        }}
      />
    );
  }
  return (
    <>
      <p className="settings-hint script-intro">{t('connector.intro')}</p>
      {list.data.length === 0 && <Empty>{t('connector.none')}</Empty>}
      <ul className="channels">
        {list.data.map(({ id, title, key, method, url, usedBy }) => (
          <li key={id}>
            <button type="button" onClick={() => open(id)}>
              <span className="channels-name">
                <bdi>{title || key}</bdi>
                <small dir="ltr">
                  {method} {url}
                </small>
                {usedBy.length > 0 && (
                  <small>
                    {t('connector.usedBy', { scripts: usedBy.map(({ name }) => name).join(t('script.join')) })}
                  </small>
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Button mt={12} variant="light" leftSection={<IconPlus size={17} />} onClick={() => open('')}>
        {t('connector.add')}
      </Button>
    </>
  );
}
