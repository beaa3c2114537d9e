import { Switch } from '@mantine/core';
import { useQueues } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { ManyOf } from '../promises/many-of.js';

interface OwnerProps {
  personal: boolean;
  /** Agents keep only their own. */
  isFixed: boolean;
  onChange: (personal: boolean) => void;
}

/** Whether it is for everybody or only for oneself. */
export function OwnerSwitch({ personal, isFixed, onChange }: OwnerProps) {
  const { t } = useI18n();
  return (
    <Switch
      label={t('kept.personal')}
      description={isFixed ? t('kept.personalOnly') : t('kept.personalHint')}
      checked={personal}
      disabled={isFixed}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

/** The queues that it is for. */
export function QueueScope({ chosen, onChange }: { chosen: readonly string[]; onChange: (ids: string[]) => void }) {
  const { t } = useI18n();
  const options = useQueues().map(({ id, name }) => ({ value: id, label: name }));
  return <ManyOf label={t('kept.forQueues')} options={options} chosen={chosen} onChange={onChange} />;
}
