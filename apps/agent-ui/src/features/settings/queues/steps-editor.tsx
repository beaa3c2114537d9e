import { Button, CloseButton, NativeSelect } from '@mantine/core';
import type { QueueStepView } from '#contract';
import { useQueues } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconPlus } from '../../../ui/icons.js';
import { CountField } from '../count-field.js';
import { countOf, secondsOf, spanUnits, unitOf, type SpanUnit } from '../spans.js';
import { nextStepAt, stepActs, stepOf } from './queue-draft.js';

interface Props {
  steps: readonly QueueStepView[];
  /** The queue's own; null before it is there. */
  ownId: string | null;
  onChange: (steps: QueueStepView[]) => void;
}

const most: Record<SpanUnit, number> = { seconds: 3600, minutes: 1440, hours: 720 };

/** What changes for work that waits: a list in the order of time. */
export function StepsEditor({ steps, ownId, onChange }: Props) {
  const { t, format } = useI18n();
  const others = useQueues().filter(({ id }) => id !== ownId);
  const add = () => onChange([...steps, stepOf(nextStepAt(steps), 'widen_level', '')]);
  return (
    <fieldset className="form-part">
      <legend>{t('queues.steps')}</legend>
      <p className="settings-hint">{t('queues.stepsHint')}</p>
      {steps.length > 0 && (
        <ol className="queue-steps">
          {steps.map((step, index) => (
            <li key={index} aria-label={t('queues.step', { number: format.digits(index + 1) })}>
              <Step step={step} others={others} onChange={(changed) => onChange(steps.with(index, changed))} />
              <CloseButton
                aria-label={t('queues.removeStep', { number: format.digits(index + 1) })}
                onClick={() => onChange(steps.toSpliced(index, 1))}
              />
            </li>
          ))}
        </ol>
      )}
      <Button variant="default" className="queue-add" leftSection={<IconPlus size={16} />} onClick={add}>
        {t('queues.addStep')}
      </Button>
    </fieldset>
  );
}

interface StepProps {
  step: QueueStepView;
  others: readonly { id: string; name: string }[];
  onChange: (step: QueueStepView) => void;
}

function Step({ step, others, onChange }: StepProps) {
  const { t } = useI18n();
  const acts = stepActs.filter((act) => others.length > 0 || (act !== 'add_queue' && act !== 'move_queue'));
  return (
    <div className="queue-step">
      <After step={step} onChange={onChange} />
      <NativeSelect
        label={t('queues.stepDoes')}
        value={step.do}
        onChange={(event) =>
          onChange(stepOf(step.afterSecs, event.currentTarget.value as QueueStepView['do'], others[0]?.id ?? ''))
        }
        data={acts.map((value) => ({ value, label: t(`queues.do_${value}`) }))}
      />
      <Parameter step={step} others={others} onChange={onChange} />
    </div>
  );
}

/** Another unit keeps the number: 5 minutes become 5 hours. */
function After({ step, onChange }: Pick<StepProps, 'step' | 'onChange'>) {
  const { t } = useI18n();
  const unit = unitOf(step.afterSecs);
  const set = (count: number, wanted: SpanUnit) =>
    onChange({ ...step, afterSecs: Math.max(5, secondsOf(count, wanted)) });
  return (
    <div className="queue-after">
      <CountField
        label={t('queues.stepAfter')}
        value={countOf(step.afterSecs, unit)}
        least={1}
        most={most[unit]}
        onChange={(count) => set(count, unit)}
      />
      <NativeSelect
        aria-label={t('queues.stepUnit')}
        value={unit}
        onChange={(event) => set(countOf(step.afterSecs, unit), event.currentTarget.value as SpanUnit)}
        data={spanUnits.map((value) => ({ value, label: t(`queues.unit_${value}`) }))}
      />
    </div>
  );
}

function Parameter({ step, others, onChange }: StepProps) {
  const { t, format } = useI18n();
  switch (step.do) {
    case 'widen_level':
    case 'lower_skill':
      return (
        <NativeSelect
          label={t(step.do === 'widen_level' ? 'queues.ringUpTo' : 'queues.skillDownTo')}
          value={String(step.level ?? 1)}
          onChange={(event) => onChange({ ...step, level: Number(event.currentTarget.value) })}
          data={(step.do === 'widen_level' ? [2, 3, 4, 5] : [1, 2, 3, 4]).map((level) => ({
            value: String(level),
            label: format.digits(level),
          }))}
        />
      );
    case 'add_queue':
    case 'move_queue':
      return (
        <NativeSelect
          label={t('queues.stepQueue')}
          value={step.queueId ?? ''}
          onChange={(event) => onChange({ ...step, queueId: event.currentTarget.value })}
          data={others.map(({ id, name }) => ({ value: id, label: name }))}
        />
      );
    case 'boost':
      return (
        <CountField
          label={t('queues.stepMinutes')}
          value={step.minutes ?? 15}
          least={1}
          most={1440}
          onChange={(minutes) => onChange({ ...step, minutes })}
        />
      );
    case 'alert':
    case 'callback':
      return null;
  }
}
