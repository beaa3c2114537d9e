import { Button, CloseButton, NativeSelect } from '@mantine/core';
import type { SlaTermsView } from '#contract';
import { useAgents, useQueues } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconPlus } from '../../../ui/icons.js';
import { CountField } from '../count-field.js';
import { DurationField } from './duration-field.js';

type Escalation = SlaTermsView['escalations'][number];

const first: Escalation = { afterMs: 1_800_000, notify: [], boostMs: 900_000, queueId: null };

interface Props {
  list: Escalation[];
  onChange: (list: Escalation[]) => void;
}

/** What is done when a promise has been broken for a while. */
export function Escalations({ list, onChange }: Props) {
  const { t } = useI18n();
  return (
    <fieldset className="form-part">
      <legend>{t('promises.escalations')}</legend>
      <p className="settings-hint">{t('promises.escalationsHint')}</p>
      {list.map((step, index) => (
        <Step
          key={index}
          step={step}
          onChange={(changed) => onChange(list.with(index, changed))}
          onRemove={() => onChange(list.toSpliced(index, 1))}
        />
      ))}
      <Button
        variant="default"
        className="promises-add"
        leftSection={<IconPlus size={16} />}
        onClick={() => onChange([...list, first])}
      >
        {t('promises.addEscalation')}
      </Button>
    </fieldset>
  );
}

function Step({
  step,
  onChange,
  onRemove,
}: {
  step: Escalation;
  onChange: (step: Escalation) => void;
  onRemove: () => void;
}) {
  const { t } = useI18n();
  const queues = useQueues();
  const agents = useAgents();
  const [notified = ''] = step.notify;
  return (
    <div className="promises-step">
      <DurationField
        label={t('promises.after')}
        required
        value={step.afterMs}
        onChange={(afterMs) => onChange({ ...step, afterMs: afterMs ?? 0 })}
      />
      <NativeSelect
        label={t('promises.notify')}
        data={[
          { value: '', label: t('promises.overseers') },
          ...agents.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={notified}
        onChange={(event) =>
          onChange({ ...step, notify: event.currentTarget.value ? [event.currentTarget.value] : [] })
        }
      />
      <NativeSelect
        label={t('promises.moveTo')}
        data={[
          { value: '', label: t('promises.stays') },
          ...queues.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={step.queueId ?? ''}
        onChange={(event) => onChange({ ...step, queueId: event.currentTarget.value || null })}
      />
      <CloseButton aria-label={t('promises.removeEscalation')} onClick={onRemove} />
      <CountField
        label={t('promises.ahead')}
        value={Math.round(step.boostMs / 60_000)}
        most={1440}
        onChange={(minutes) => onChange({ ...step, boostMs: minutes * 60_000 })}
      />
    </div>
  );
}
