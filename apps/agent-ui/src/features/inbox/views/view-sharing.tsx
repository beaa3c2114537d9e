import { NativeSelect } from '@mantine/core';
import { useQueues } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import type { Draft } from './view-draft.js';
import { ChoiceChips } from './choice-chips.js';

interface Props {
  value: Draft['sharedWith'];
  onChange: (value: Draft['sharedWith']) => void;
}

/** Who sees a view besides its maker; for supervisors. */
export function ViewSharing({ value, onChange }: Props) {
  const { t } = useI18n();
  const queues = useQueues();
  const ways = { me: t('views.shareMe'), everyone: t('views.shareEveryone'), queues: t('views.shareQueues') };
  return (
    <div>
      <NativeSelect
        label={t('views.sharing')}
        value={Array.isArray(value) ? 'queues' : value}
        onChange={(event) => {
          const way = event.currentTarget.value as keyof typeof ways;
          onChange(way === 'queues' ? [] : way);
        }}
        data={Object.entries(ways).map(([way, label]) => ({ value: way, label }))}
      />
      {Array.isArray(value) && (
        <ChoiceChips
          label={t('views.shareQueues')}
          choices={queues.map(({ id, name }) => ({ value: id, label: name }))}
          chosen={value}
          onChange={onChange}
        />
      )}
    </div>
  );
}
