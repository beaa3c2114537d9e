import { Button, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CustomerKnowledgeView, CustomerView } from '#contract';
import { useMe } from '../../api/queries.js';
import { segmentKeys, segments } from '../../api/segments.js';
import { readersTag } from '../../i18n/intl-tag.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useTexts } from '../../i18n/use-texts.js';
import { shownDay, shownValue, wordsOf } from '../../ui/field-words.js';
import { useAction } from '../../ui/use-action.js';
import './customer-knowledge.css';
import { KnowledgeForm } from './knowledge-form.js';

/** What is known of a customer besides what they wrote: attributes, purchases, and why their tier is as it is. */
export function CustomerKnowledge({ customer }: { customer: CustomerView }) {
  const { t } = useI18n();
  const isSpoken = useTexts('segments');
  // What is said of them elsewhere changes with the customer: asked anew then.
  const known = useQuery({
    queryKey: [...segmentKeys.knowledge(customer.id), customer.tier, customer.merged.length],
    queryFn: ({ signal }) => segments.knowledge(customer.id, signal),
  });
  const attributes = useQuery({
    queryKey: segmentKeys.attributes,
    queryFn: ({ signal }) => segments.attributes(signal),
    staleTime: 60_000,
  });
  const [isEditing, setEditing] = useState(false);
  if (!isSpoken || known.isPending || attributes.isPending) {
    return <Skeleton height={40} />;
  }
  if (known.isError || attributes.isError) {
    return null;
  }
  const shown = attributes.data.filter(({ key, isRetired }) => key in known.data.values || !isRetired);
  const isKnown = shown.length > 0 || known.data.purchases.count > 0;
  return (
    <section aria-labelledby={isKnown ? 'customer-known' : undefined}>
      <TierReason customer={customer} tier={known.data.tier} />
      {isKnown && <h2 id="customer-known">{t('known.title')}</h2>}
      {isEditing ? (
        <KnowledgeForm
          customer={customer.id}
          attributes={shown.filter((one) => !one.isRetired)}
          values={known.data.values}
          onClose={() => setEditing(false)}
        />
      ) : (
        <Values values={known.data.values} attributes={shown} onEdit={() => setEditing(true)} />
      )}
      <Purchases purchases={known.data.purchases} />
    </section>
  );
}

interface ValuesProps {
  values: CustomerKnowledgeView['values'];
  attributes: Parameters<typeof KnowledgeForm>[0]['attributes'];
  onEdit: () => void;
}

function Values({ values, attributes, onEdit }: ValuesProps) {
  const { t, locale, format } = useI18n();
  const speaking = { locale, format, yes: t('segment.yes'), no: t('segment.no') };
  const known = attributes.flatMap((one) => {
    const value = values[one.key];
    return value === undefined ? [] : [{ ...one, value }];
  });
  if (attributes.length === 0) {
    return null;
  }
  return (
    <>
      <dl className="known-values">
        {known.map(({ key, kind, name, choices, value }) => (
          <div key={key}>
            <dt>{wordsOf(name, locale)}</dt>
            <dd>
              <bdi>
                {(kind === 'date' || kind === 'birthday') && typeof value === 'string'
                  ? shownDay(value, format)
                  : shownValue({ kind: 'choice', choices }, value, speaking)}
              </bdi>
            </dd>
          </div>
        ))}
      </dl>
      <Button variant="subtle" size="xs" onClick={onEdit}>
        {t('known.edit')}
      </Button>
    </>
  );
}

/** Amounts come in minor units; how many digits stand behind the point is the currency's. */
function useMoney(): (amount: number, currency: string) => string {
  const { locale } = useI18n();
  return (amount, currency) => {
    const money = new Intl.NumberFormat(readersTag(locale), { style: 'currency', currency, currencyDisplay: 'code' });
    return money.format(amount / 10 ** (money.resolvedOptions().maximumFractionDigits ?? 2));
  };
}

function Purchases({ purchases: { count, spent, lastAt, lately } }: { purchases: CustomerKnowledgeView['purchases'] }) {
  const { t, format } = useI18n();
  const money = useMoney();
  if (count === 0 || lastAt === null) {
    return null;
  }
  return (
    <details className="known-purchases">
      <summary>
        {t('known.purchases', { count, amount: format.number(count), when: format.day(lastAt) })}
        {' · '}
        <bdi>{spent.map(({ amount, currency }) => money(amount, currency)).join(' + ')}</bdi>
      </summary>
      <ul>
        {lately.map(({ id, at, amount, currency, items, externalId }) => (
          <li key={id}>
            {format.day(at)} · <bdi>{money(amount, currency)}</bdi>
            <small>
              <bdi dir="auto">{items || externalId}</bdi>
            </small>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Why the tier is as it is, in a sentence. */
function TierReason({ customer, tier }: { customer: CustomerView; tier: CustomerKnowledgeView['tier'] }) {
  const { t, format } = useI18n();
  const { role } = useMe();
  const queries = useQueryClient();
  const giveBack = useAction(
    () => segments.giveTierBack(customer.id),
    () => void queries.invalidateQueries({ queryKey: segmentKeys.knowledge(customer.id) }),
  );
  if (tier.source === 'none') {
    return null;
  }
  const { score } = tier;
  if (tier.source === 'hand' || score === null) {
    return tier.source === 'value' ? null : (
      <p className="known-tier">
        {tier.by === null ? t('known.byHand') : t('known.byHandOf', { name: tier.by })}{' '}
        {role !== 'agent' && (
          <Button
            variant="subtle"
            size="compact-xs"
            loading={giveBack.isPending}
            onClick={() => giveBack.mutate(undefined)}
          >
            {t('known.giveBack')}
          </Button>
        )}
      </p>
    );
  }
  return (
    <p className="known-tier">
      {t('known.byValue', {
        score: format.number(score.score),
        recency: format.number(score.points.recency),
        frequency: format.number(score.points.frequency),
        value: format.number(score.points.value),
      })}
    </p>
  );
}
