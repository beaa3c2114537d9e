import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiKeyView } from '#contract';
import { administration } from '../../../api/administration.js';
import { keys } from '../../../api/keys.js';
import { useMay } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { useLive } from '../../../live/live-context.js';
import { IconPlus } from '../../../ui/icons.js';
import { Empty, Failed } from '../../../ui/states.js';
import { useAction } from '../../../ui/use-action.js';
import { useNow } from '../../../ui/use-now.js';
import { KeyForm } from './key-form.js';
import './keys.css';

type Whose = 'mine' | 'all';

/** Keys by which programs act for an account: one's own, and everybody's for who manages them. */
export function KeysSection() {
  const { t } = useI18n();
  const isSpoken = useTexts('roles');
  const mayAll = useMay('developers.manage');
  const { cache } = useLive();
  const [whose, setWhose] = useState<Whose>('mine');
  const [isMaking, setMaking] = useState(false);
  const list = useQuery({
    queryKey: [...keys.apiKeys, whose],
    queryFn: ({ signal }) => administration.keys(whose, signal),
  });
  if (!isSpoken) {
    return <Skeleton height={180} />;
  }
  const reread = () => cache.refetch(keys.apiKeys);
  return (
    <>
      <div className="settings-head">
        <h2>{t('apiKeys.title')}</h2>
        {!isMaking && (
          <Button leftSection={<IconPlus size={17} />} onClick={() => setMaking(true)}>
            {t('apiKeys.add')}
          </Button>
        )}
      </div>
      <p className="settings-hint keys-intro">{t('apiKeys.intro')}</p>
      {isMaking && <KeyForm onMade={reread} onDone={() => setMaking(false)} />}
      {mayAll && (
        <SegmentedControl
          className="keys-whose"
          aria-label={t('apiKeys.whose')}
          value={whose}
          onChange={(value) => setWhose(value as Whose)}
          data={(['mine', 'all'] as const).map((value) => ({ value, label: t(`apiKeys.whose_${value}`) }))}
        />
      )}
      {list.isError && <Failed error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Skeleton height={120} />}
      {list.data?.length === 0 && <Empty>{t('apiKeys.none')}</Empty>}
      <ul className="keys-list">
        {list.data?.map((key) => (
          <KeyLine key={key.id} apiKey={key} whose={whose} onGone={reread} />
        ))}
      </ul>
    </>
  );
}

interface LineProps {
  apiKey: ApiKeyView;
  whose: Whose;
  onGone: () => void;
}

function KeyLine({ apiKey: { id, name, scopes, owner, createdAt, expiresAt, lastUsedAt }, whose, onGone }: LineProps) {
  const { t, format } = useI18n();
  const now = useNow();
  const revoke = useAction(() => administration.revokeKey(id, whose), onGone);
  const isOver = expiresAt !== null && Date.parse(expiresAt) <= now;
  const life = expiresAt
    ? t(isOver ? 'apiKeys.over' : 'apiKeys.until', { when: format.dateTime(expiresAt) })
    : t('apiKeys.forever');
  return (
    <li className="keys-line">
      <span className="channels-name">
        <bdi>{name}</bdi>
        <small>
          {whose === 'all' && (
            <>
              <bdi>{owner.name}</bdi>
              {' · '}
            </>
          )}
          {scopes.map((scope) => t(`apiKeys.scope_${scope}`)).join(' · ')}
        </small>
        <small>{`${t('apiKeys.made', { when: format.dateTime(createdAt) })} · ${life}`}</small>
        <small>
          {lastUsedAt ? t('apiKeys.lastUsed', { when: format.ago(lastUsedAt, now) }) : t('apiKeys.neverUsed')}
        </small>
      </span>
      <Button
        size="xs"
        variant="light"
        color="red"
        loading={revoke.isPending}
        aria-label={t('apiKeys.revokeName', { name })}
        onClick={() => window.confirm(t('apiKeys.revokeSure', { name })) && revoke.mutate(undefined)}
      >
        {t('apiKeys.revoke')}
      </Button>
    </li>
  );
}
