import { Button, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { ChannelStatusView } from '#contract';
import { channelTools } from '../../../api/channel-tools.js';
import { keys } from '../../../api/keys.js';
import { latinDigits } from '../../../i18n/latin-digits.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { DayField } from '../../../ui/dates/day-field.js';
import { notify } from '../../../ui/notify.js';
import { useAction } from '../../../ui/use-action.js';

/** When a channel should alarm. */
export function WatchForm({ status: { channelId, watch } }: { status: ChannelStatusView }) {
  const { t, format } = useI18n();
  const queries = useQueryClient();
  const [hours, setHours] = useState(watch.silenceHours === null ? '' : format.digits(watch.silenceHours));
  const [day, setDay] = useState(watch.credentialsExpire ?? '');
  const save = useAction(
    (change: typeof watch) => channelTools.watch(channelId, change),
    () => {
      notify(t('common.saved'));
      void queries.invalidateQueries({ queryKey: keys.channelStatus });
    },
  );
  const silenceHours = hours.trim() === '' ? null : Number(latinDigits(hours));
  const isReadable =
    silenceHours === null || (Number.isInteger(silenceHours) && silenceHours >= 1 && silenceHours <= 8760);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReadable) {
      save.mutate({ silenceHours, credentialsExpire: day === '' ? null : day });
    }
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('tools.silence')}
          description={t('tools.silenceHint')}
          inputMode="numeric"
          error={!isReadable && t('tools.silenceWrong')}
          value={hours}
          onChange={(event) => setHours(event.currentTarget.value)}
        />
        <DayField
          label={t('tools.expire')}
          description={t('tools.expireHint')}
          value={day || null}
          onChange={(picked) => setDay(picked ?? '')}
        />
        <Button type="submit" variant="light" loading={save.isPending} className="tools-act">
          {t('common.save')}
        </Button>
      </Stack>
    </form>
  );
}
