import { Button, Group, Stack } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { BulkAct } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { DateTimeField } from '../../../ui/dates/date-time-field.js';

/** A time of the reader's own, in their calendar. */
export function OwnTime({ onPick }: { onPick: (act: BulkAct) => void }) {
  const { t } = useI18n();
  const [at, setAt] = useState<string | null>(null);
  const [now] = useState(() => new Date().toISOString());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (at !== null) {
      onPick({ do: 'snooze', until: { at } });
    }
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <DateTimeField label={t('bulk.ownLabel')} value={at} min={now} onChange={setAt} />
        <Group justify="end">
          <Button type="submit" disabled={at === null}>
            {t('bulk.snooze')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
