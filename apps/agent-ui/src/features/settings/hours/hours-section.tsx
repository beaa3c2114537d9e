import { Button, Group, NativeSelect, Skeleton, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CalendarView } from '#contract';
import { keys } from '../../../api/keys.js';
import { serviceTerms } from '../../../api/service-terms.js';
import { latinDigits } from '../../../i18n/latin-digits.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconPlus } from '../../../ui/icons.js';
import { Ltr } from '../../../ui/ltr.js';
import { notify } from '../../../ui/notify.js';
import { Empty, Failed } from '../../../ui/states.js';
import { useAction } from '../../../ui/use-action.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { CalendarForm } from './calendar-form.js';
import './hours.css';

type Opened = { id: string | null };

/** When the organisation works: what promises, queues and out-of-hours answers count by. */
export function HoursSection() {
  const { t } = useI18n();
  const isSpoken = useTexts('channels');
  const list = useQuery({ queryKey: keys.calendars, queryFn: ({ signal }) => serviceTerms.calendars(signal) });
  const [opened, setOpened] = useState<Opened | null>(null);
  if (list.isError) {
    return <Failed error={list.error} retry={() => void list.refetch()} />;
  }
  if (!list.data || !isSpoken) {
    return <Skeleton height={180} />;
  }
  if (opened) {
    return (
      <OneCalendar calendar={list.data.find(({ id }) => id === opened.id) ?? null} onDone={() => setOpened(null)} />
    );
  }
  return (
    <>
      <div className="settings-head">
        <h2>{t('settings.hours')}</h2>
        <Button leftSection={<IconPlus size={17} />} onClick={() => setOpened({ id: null })}>
          {t('hours.add')}
        </Button>
      </div>
      {list.data.length === 0 && <Empty>{t('hours.none')}</Empty>}
      <ul className="channels">
        {list.data.map((calendar) => (
          <li key={calendar.id}>
            <button type="button" onClick={() => setOpened({ id: calendar.id })}>
              <Line calendar={calendar} />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Line({ calendar: { name, timeZone } }: { calendar: CalendarView }) {
  return (
    <span className="channels-name">
      <bdi>{name}</bdi>
      <small>
        <Ltr>{timeZone}</Ltr>
      </small>
    </span>
  );
}

function OneCalendar({ calendar, onDone }: { calendar: CalendarView | null; onDone: () => void }) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: keys.calendars });
  const remove = useAction(serviceTerms.removeCalendar, () => {
    void refresh();
    onDone();
  });
  return (
    <>
      <div className="settings-head">
        <h2>{calendar ? <bdi>{calendar.name}</bdi> : t('hours.add')}</h2>
        {calendar && (
          <Button variant="subtle" color="red" loading={remove.isPending} onClick={() => remove.mutate(calendar.id)}>
            {t('hours.remove')}
          </Button>
        )}
      </div>
      {calendar && <QuickActs calendar={calendar} onChanged={refresh} />}
      <CalendarForm
        // What the buttons above changed is what the form goes on from.
        key={JSON.stringify(calendar)}
        calendar={calendar}
        onSaved={() => {
          void refresh();
          notify(t('common.saved'));
          onDone();
        }}
        onCancel={onDone}
      />
    </>
  );
}

const countries = ['IR', 'AF', 'AE', 'TR', 'DE', 'GB', 'FR', 'US', 'CA'];

function QuickActs({ calendar, onChanged }: { calendar: CalendarView; onChanged: () => Promise<void> }) {
  const { t, locale } = useI18n();
  const [country, setCountry] = useState('IR');
  const [year, setYear] = useState(() => String(new Date().getFullYear()));
  const names = new Intl.DisplayNames([locale], { type: 'region' });
  const done = () => void onChanged();
  const today = useAction((is: 'closed' | 'usual') => serviceTerms.setToday(calendar.id, is), done);
  const holidays = useAction(() => serviceTerms.addHolidays(calendar.id, country, Number(latinDigits(year))), done);
  return (
    <div className="hours-acts">
      <Group gap="xs">
        <Button variant="default" loading={today.isPending} onClick={() => today.mutate('closed')}>
          {t('hours.closeToday')}
        </Button>
        <Button variant="subtle" disabled={today.isPending} onClick={() => today.mutate('usual')}>
          {t('hours.usualToday')}
        </Button>
      </Group>
      <Group align="end" gap="xs">
        <NativeSelect
          label={t('hours.holidaysOf')}
          data={countries.map((value) => ({ value, label: names.of(value) ?? value }))}
          value={country}
          onChange={(event) => setCountry(event.currentTarget.value)}
        />
        <TextInput
          label={t('hours.year')}
          className="hours-year"
          inputMode="numeric"
          maxLength={4}
          value={year}
          onChange={(event) => setYear(event.currentTarget.value)}
        />
        <Button variant="default" loading={holidays.isPending} onClick={() => holidays.mutate(undefined)}>
          {t('hours.takeHolidays')}
        </Button>
      </Group>
      <p className="settings-hint">{t('hours.holidaysHint')}</p>
    </div>
  );
}
