import { Button, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { RetentionRuleView } from '#contract';
import { privacy, privacyKeys } from '../../../api/privacy.js';
import { channelsQuery, useQueues } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { IconPlus } from '../../../ui/icons.js';
import { Empty, Failed } from '../../../ui/states.js';
import { useAction } from '../../../ui/use-action.js';
import './privacy.css';
import { RetentionForm } from './retention-form.js';

/** How long anything is kept, and of whom nothing may go. */
export function PrivacySection() {
  const isSpoken = useTexts('privacy');
  if (!isSpoken) {
    return <Skeleton height={180} />;
  }
  return (
    <>
      <RetentionBlock />
      <HoldsBlock />
    </>
  );
}

function RetentionBlock() {
  const { t } = useI18n();
  const queries = useQueryClient();
  const [isAdding, setAdding] = useState(false);
  const rules = useQuery({ queryKey: privacyKeys.rules, queryFn: ({ signal }) => privacy.rules(signal) });
  const again = () => void queries.invalidateQueries({ queryKey: privacyKeys.rules });
  const remove = useAction((id: string) => privacy.removeRule(id), again);
  return (
    <section className="privacy-block" aria-labelledby="privacy-retention">
      <div className="settings-head">
        <h2 id="privacy-retention">{t('privacy.retentionTitle')}</h2>
        {!isAdding && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
            {t('privacy.retentionAdd')}
          </Button>
        )}
      </div>
      <p className="settings-hint">{t('privacy.retentionWhat')}</p>
      {isAdding && (
        <RetentionForm
          onDone={() => {
            again();
            setAdding(false);
          }}
          onCancel={() => setAdding(false)}
        />
      )}
      {rules.isError && !rules.data && <Failed error={rules.error} retry={() => void rules.refetch()} />}
      {rules.isPending && <Skeleton height={80} />}
      {rules.data?.length === 0 && <Empty>{t('privacy.retentionNone')}</Empty>}
      <ul className="privacy-rules">
        {rules.data?.map((rule) => (
          <Rule key={rule.id} rule={rule} isBusy={remove.isPending} onRemove={() => remove.mutate(rule.id)} />
        ))}
      </ul>
      <p className="settings-hint">{t('privacy.consentsWhere')}</p>
    </section>
  );
}

interface RuleProps {
  rule: RetentionRuleView;
  isBusy: boolean;
  onRemove: () => void;
}

function Rule({ rule, isBusy, onRemove }: RuleProps) {
  const { t, format } = useI18n();
  const channels = useQuery(channelsQuery).data ?? [];
  const queues = useQueues();
  const where =
    channels.find(({ id }) => id === rule.channelId)?.name ?? queues.find(({ id }) => id === rule.queueId)?.name;
  const line = t('privacy.retentionLine', {
    what: t(`privacy.whats.${rule.what}`),
    scope: where ?? t('privacy.everywhere'),
    days: format.number(rule.days),
  });
  return (
    <li>
      <span>{line}</span>
      <Button
        variant="subtle"
        color="red"
        size="xs"
        disabled={isBusy}
        aria-label={t('privacy.retentionRemove', { rule: line })}
        onClick={onRemove}
      >
        {t('privacy.remove')}
      </Button>
    </li>
  );
}

function HoldsBlock() {
  const { t, format } = useI18n();
  const holds = useQuery({ queryKey: privacyKeys.holds, queryFn: ({ signal }) => privacy.holds(signal) });
  return (
    <section className="privacy-block" aria-labelledby="privacy-holds">
      <div className="settings-head">
        <h2 id="privacy-holds">{t('privacy.holds')}</h2>
      </div>
      {holds.isError && !holds.data && <Failed error={holds.error} retry={() => void holds.refetch()} />}
      {holds.isPending && <Skeleton height={60} />}
      {holds.data?.length === 0 && <Empty>{t('privacy.holdsNone')}</Empty>}
      <ul className="privacy-rules">
        {holds.data?.map((hold) => (
          <li key={hold.customer}>
            <span>
              <Link to="/inbox/$view/$conversation" params={{ view: 'all', conversation: hold.conversation }}>
                <bdi>{hold.name}</bdi>
              </Link>{' '}
              {t('privacy.holdSince', { when: format.dateTime(hold.since), why: hold.why })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
