import { Stack, Switch } from '@mantine/core';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import type { QueueDraft } from '../../../api/team.js';
import { SpanChoice } from './span-choice.js';

const hour = 3600;
const choices = [0, 1, 4, 12, 24, 48, 72, 120, 168, 336, 720].map((hours) => hours * hour);

interface Props {
  draft: QueueDraft;
  change: (part: Partial<QueueDraft>) => void;
}

/** What becomes of tickets once they are solved, and what must be solved before them. */
export function SolvedFields({ draft: { reopenHours, childrenFirst }, change }: Props) {
  const isSpoken = useTexts('tickets');
  const { t } = useI18n();
  if (!isSpoken) {
    return null;
  }
  return (
    <fieldset className="form-part">
      <legend>{t('queueEnd.title')}</legend>
      <Stack gap="sm">
        <SpanChoice
          label={t('queueEnd.reopen')}
          description={t('queueEnd.reopenHint')}
          value={reopenHours * hour}
          choices={choices}
          zero={t('queueEnd.reopenNever')}
          onChange={(seconds) => change({ reopenHours: Math.round((seconds ?? 0) / hour) })}
        />
        <Switch
          label={t('queueEnd.children')}
          description={t('queueEnd.childrenHint')}
          checked={childrenFirst}
          onChange={(event) => change({ childrenFirst: event.currentTarget.checked })}
        />
      </Stack>
    </fieldset>
  );
}
