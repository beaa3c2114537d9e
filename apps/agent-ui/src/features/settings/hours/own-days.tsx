import { Button, CloseButton, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CalendarView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { DayField } from '../../../ui/dates/day-field.js';
import { IconPlus } from '../../../ui/icons.js';
import { writeTime } from './week.js';

type OwnDay = CalendarView['exceptions'][number];

interface Props {
  days: OwnDay[];
  onChange: (days: OwnDay[]) => void;
}

/** Holidays and other days with hours of their own. */
export function OwnDays({ days, onChange }: Props) {
  const { t, format, locale } = useI18n();
  const [day, setDay] = useState('');
  const [label, setLabel] = useState('');
  const add = () => {
    const added = { day, label: { [locale]: label.trim() }, hours: [] };
    onChange([...days.filter((one) => one.day !== day), added].sort((one, other) => one.day.localeCompare(other.day)));
    setDay('');
    setLabel('');
  };
  return (
    <fieldset className="form-part">
      <legend>{t('hours.ownDays')}</legend>
      <ul className="hours-days">
        {days.map((one) => (
          <li key={one.day}>
            <time dateTime={one.day}>{format.day(`${one.day}T12:00:00`)}</time>
            <bdi>{nameOf(one, locale)}</bdi>
            <span className="settings-hint" dir={one.hours.length > 0 ? 'ltr' : undefined}>
              {one.hours.length === 0
                ? t('hours.closed')
                : one.hours.map(({ from, to }) => `${writeTime(from)}–${writeTime(to)}`).join(', ')}
            </span>
            <CloseButton
              aria-label={t('hours.removeDay', { day: format.day(`${one.day}T12:00:00`) })}
              onClick={() => onChange(days.filter((other) => other.day !== one.day))}
            />
          </li>
        ))}
      </ul>
      <Group align="end" gap="xs">
        <DayField label={t('hours.day')} value={day || null} onChange={(picked) => setDay(picked ?? '')} isPlain />
        <TextInput
          label={t('hours.dayName')}
          maxLength={200}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <Button variant="default" leftSection={<IconPlus size={16} />} disabled={day === ''} onClick={add}>
          {t('common.add')}
        </Button>
      </Group>
    </fieldset>
  );
}

function nameOf({ label }: OwnDay, locale: string): string {
  return (locale === 'fa' ? (label.fa ?? label.en) : (label.en ?? label.fa)) ?? '';
}
