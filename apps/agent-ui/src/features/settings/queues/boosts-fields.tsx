import { Button, CloseButton, NativeSelect } from '@mantine/core';
import type { QueueBoostsView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconPlus } from '../../../ui/icons.js';
import { CountField } from '../count-field.js';
import { boostExample, priorities, tiers } from './queue-draft.js';

interface Props {
  boosts: QueueBoostsView;
  onChange: (boosts: QueueBoostsView) => void;
}

const mostMinutes = 1440;

/** Who goes ahead of whom: head starts in minutes of waiting. */
export function BoostsFields({ boosts, onChange }: Props) {
  const { t, format } = useI18n();
  const { minutes, tier } = boostExample(boosts);
  return (
    <fieldset className="form-part">
      <legend>{t('queues.boosts')}</legend>
      <p className="settings-hint">{t('queues.boostsHint')}</p>
      <fieldset className="queue-minutes">
        <legend>{t('queues.byPriority')}</legend>
        {priorities.map((priority) => (
          <CountField
            key={priority}
            label={t(`ticket.priority.${priority}`)}
            value={boosts.priority[priority] ?? 0}
            most={mostMinutes}
            onChange={(value) => onChange({ ...boosts, priority: { ...boosts.priority, [priority]: value } })}
          />
        ))}
      </fieldset>
      <Tiers boosts={boosts} onChange={onChange} />
      <CountField
        label={t('queues.boostCap')}
        description={t('queues.boostCapHint')}
        value={boosts.cap}
        most={mostMinutes}
        onChange={(cap) => onChange({ ...boosts, cap })}
      />
      <p className="queue-example" aria-live="polite">
        {tier === null
          ? t('queues.boostExample', { minutes: format.number(minutes) })
          : t('queues.boostExampleTier', { minutes: format.number(minutes), tier: format.digits(Number(tier)) })}
      </p>
    </fieldset>
  );
}

function Tiers({ boosts, onChange }: Props) {
  const { t, format } = useI18n();
  const named = tiers.filter((tier) => boosts.tier[tier] !== undefined);
  const free = tiers.filter((tier) => boosts.tier[tier] === undefined);
  const set = (tier: string, minutes: number) => onChange({ ...boosts, tier: { ...boosts.tier, [tier]: minutes } });
  const move = (from: string, to: string) => {
    const { [from]: minutes = 0, ...rest } = boosts.tier;
    onChange({ ...boosts, tier: { ...rest, [to]: minutes } });
  };
  const remove = (tier: string) => {
    const { [tier]: _, ...rest } = boosts.tier;
    onChange({ ...boosts, tier: rest });
  };
  return (
    <>
      {named.map((tier) => (
        <div className="queue-tier" key={tier}>
          <NativeSelect
            label={t('queues.tier')}
            value={tier}
            onChange={(event) => move(tier, event.currentTarget.value)}
            data={[tier, ...free].toSorted().map((value) => ({ value, label: format.digits(Number(value)) }))}
          />
          <CountField
            label={t('queues.tierMinutes')}
            value={boosts.tier[tier] ?? 0}
            most={mostMinutes}
            onChange={(minutes) => set(tier, minutes)}
          />
          <CloseButton
            aria-label={t('queues.removeTier', { tier: format.digits(Number(tier)) })}
            onClick={() => remove(tier)}
          />
        </div>
      ))}
      <Button
        variant="default"
        className="queue-add"
        leftSection={<IconPlus size={16} />}
        disabled={free.length === 0}
        onClick={() => set(free[0] ?? '1', 10)}
      >
        {t('queues.addTier')}
      </Button>
    </>
  );
}
