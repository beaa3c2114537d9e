import { NativeSelect, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { OutreachDraft } from '../../../api/outreach.js';
import { keys } from '../../../api/keys.js';
import { serviceTerms } from '../../../api/service-terms.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { DateTimeField } from '../../../ui/dates/date-time-field.js';
import { TimeField } from '../../../ui/dates/time-field.js';
import { CountField } from '../count-field.js';
import { clockOf, minuteOf } from './outreach-draft.js';
import type { PartProps } from './outreach-form.js';

const everies: readonly OutreachDraft['repeats'][] = ['once', 'daily', 'weekly', 'monthly'];
const hours: readonly OutreachDraft['hours'][] = ['person', 'calendar', 'any'];

/** When it begins, whether it comes again, and at which hours it may arrive. */
export function WhenSent({ draft, change }: PartProps) {
  const { t } = useI18n();
  return (
    <fieldset className="form-part">
      <legend>{t('outreach.when')}</legend>
      <Stack gap="sm">
        <div className="outreach-line">
          <DateTimeField
            label={t('outreach.startsAt')}
            description={t('outreach.startsAtHint')}
            value={draft.startsAt}
            onChange={(startsAt) => change({ startsAt })}
          />
          <NativeSelect
            label={t('outreach.repeats')}
            description={t('outreach.repeatsHint')}
            value={draft.repeats}
            data={everies.map((value) => ({ value, label: t(`outreach.repeats_${value}`) }))}
            onChange={(event) => change(repeating(event.currentTarget.value as OutreachDraft['repeats'], draft))}
          />
          {draft.repeats !== 'once' && (
            <CountField
              label={t('outreach.coolDown')}
              description={t('outreach.coolDownHint')}
              value={draft.coolDownDays}
              most={730}
              onChange={(coolDownDays) => change({ coolDownDays })}
            />
          )}
        </div>
        <Hours draft={draft} change={change} />
      </Stack>
    </fieldset>
  );
}

/** What comes every day needs rest for each person; a birthday comes once a year. */
function repeating(repeats: OutreachDraft['repeats'], { coolDownDays }: OutreachDraft): Partial<OutreachDraft> {
  return { repeats, coolDownDays: repeats === 'daily' && coolDownDays === 0 ? 300 : coolDownDays };
}

function Hours({ draft, change }: PartProps) {
  const { t } = useI18n();
  const calendars = useQuery({ queryKey: keys.calendars, queryFn: ({ signal }) => serviceTerms.calendars(signal) });
  const known = calendars.data ?? [];
  return (
    <div className="outreach-line">
      <NativeSelect
        label={t('outreach.hours')}
        value={draft.hours}
        data={hours
          .filter((value) => value !== 'calendar' || known.length > 0)
          .map((value) => ({ value, label: t(`outreach.hours_${value}`) }))}
        onChange={(event) => {
          const value = event.currentTarget.value as OutreachDraft['hours'];
          change({ hours: value, calendarId: value === 'calendar' ? (known[0]?.id ?? null) : null });
        }}
      />
      {draft.hours === 'person' && (
        <>
          <TimeField
            label={t('outreach.from')}
            value={clockOf(draft.fromMinute)}
            onChange={(time) => change({ fromMinute: minuteOf(time ?? '') ?? draft.fromMinute })}
          />
          <TimeField
            label={t('outreach.to')}
            value={clockOf(draft.toMinute)}
            onChange={(time) => change({ toMinute: minuteOf(time ?? '') ?? draft.toMinute })}
          />
        </>
      )}
      {draft.hours === 'calendar' && (
        <NativeSelect
          label={t('outreach.calendar')}
          value={draft.calendarId ?? ''}
          data={known.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(event) => change({ calendarId: event.currentTarget.value })}
        />
      )}
    </div>
  );
}
