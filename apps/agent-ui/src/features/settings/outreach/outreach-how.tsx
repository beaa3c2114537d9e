import { NativeSelect, Stack, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { hub } from '../../../api/hub.js';
import { keys } from '../../../api/keys.js';
import { useQueues } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { CountField } from '../count-field.js';
import '../promises/promises.css';
import type { PartProps } from './outreach-form.js';

/** By which channels it leaves, how fast, to how many not, and where answers go. */
export function HowSent({ draft, change }: PartProps) {
  const { t } = useI18n();
  const queues = useQueues();
  return (
    <fieldset className="form-part">
      <legend>{t('outreach.how')}</legend>
      <Stack gap="sm">
        <ChannelOrder draft={draft} change={change} />
        <Switch
          label={t('outreach.ownFirst')}
          description={t('outreach.ownFirstHint')}
          checked={draft.ownChannelFirst}
          onChange={(event) => change({ ownChannelFirst: event.currentTarget.checked })}
        />
        <div className="outreach-line">
          <NativeSelect
            label={t('outreach.queue')}
            description={t('outreach.queueHint')}
            value={draft.queueId ?? ''}
            data={[
              { value: '', label: t('outreach.queueOfChannel') },
              ...queues.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(event) => change({ queueId: event.currentTarget.value || null })}
          />
          <CountField
            label={t('outreach.answerDays')}
            description={t('outreach.answerDaysHint')}
            value={draft.answerDays}
            least={1}
            most={90}
            onChange={(answerDays) => change({ answerDays })}
          />
          <CountField
            label={t('outreach.holdOut')}
            description={t('outreach.holdOutHint')}
            value={draft.holdOutPercent}
            most={90}
            onChange={(holdOutPercent) => change({ holdOutPercent })}
          />
          <CountField
            label={t('outreach.perMinute')}
            description={t('outreach.perMinuteHint')}
            value={draft.perMinute}
            least={1}
            most={60_000}
            onChange={(perMinute) => change({ perMinute })}
          />
        </div>
      </Stack>
    </fieldset>
  );
}

/** Chosen ones stand in the order in which they are tried: whichever is chosen last comes last. */
function ChannelOrder({ draft: { channelIds }, change }: PartProps) {
  const { t, format } = useI18n();
  const channels = useQuery({ queryKey: keys.channels, queryFn: hub.channels });
  const fit = (channels.data ?? []).filter(({ kind }) => kind !== 'phone');
  const put = (id: string, isIn: boolean) =>
    change({ channelIds: isIn ? [...channelIds, id] : channelIds.filter((one) => one !== id) });
  return (
    <fieldset className="promises-many">
      <legend>{t('outreach.channels')}</legend>
      {fit.map(({ id, name }) => {
        const place = channelIds.indexOf(id);
        return (
          <label key={id}>
            <input type="checkbox" checked={place >= 0} onChange={(event) => put(id, event.currentTarget.checked)} />
            <bdi>{name}</bdi>
            {place >= 0 && channelIds.length > 1 && <span className="chip">{format.digits(place + 1)}</span>}
          </label>
        );
      })}
    </fieldset>
  );
}
