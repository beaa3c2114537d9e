import { ActionIcon, Popover, TextInput } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { isJalali } from '../../i18n/intl-tag.js';
import { useTexts } from '../../i18n/use-texts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconCalendar } from '../icons.js';
import { usePreferences } from '../preferences.js';
import type { DayFieldProps } from './date-props.js';
import { parseDay, showDay } from './day-text.js';
import './dates.css';
import { useRefusal, useTypedText } from './typed-text.js';

const DayCalendar = lazy(async () => ({ default: (await import('./day-calendar.js')).DayCalendar }));

export function DayInput({
  label,
  description,
  value,
  onChange,
  onLeave,
  min,
  max,
  error,
  isPlain = false,
  ...rest
}: DayFieldProps) {
  const { t, locale, format } = useI18n();
  const style = usePreferences();
  const isSpoken = useTexts('dates');
  const isWithin = (day: string) => (min === undefined || day >= min) && (max === undefined || day <= max);
  const field = useTypedText({
    value,
    onChange,
    show: (day) => showDay(day, locale, style),
    read: (text) => {
      const day = parseDay(text);
      return day !== null && isWithin(day) ? day : null;
    },
  });
  const problem = () => {
    const day = parseDay(field.text);
    if (day === null) {
      return t('dates.noDay', { example: showDay('2026-11-21', locale, style) });
    }
    const limit = min !== undefined && day < min ? min : (max ?? day);
    return t(limit === min ? 'dates.tooEarly' : 'dates.tooLate', { day: showDay(limit, locale, style) });
  };
  const input = useRefusal(isSpoken && field.isMeaningless ? problem() : null);
  if (!isSpoken) {
    return <TextInput label={label} disabled {...rest} />;
  }
  const words = value === null || isPlain ? null : format.day(`${value}T12:00:00`);
  return (
    <TextInput
      {...rest}
      ref={input}
      label={label}
      description={words ?? description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      error={field.isWrong ? problem() : error}
      placeholder={t(isJalali(locale, style) ? 'dates.formJalali' : 'dates.formGregorian')}
      inputMode="text"
      autoComplete="off"
      value={field.text}
      onChange={(event) => field.type(event.currentTarget.value)}
      onBlur={() => {
        field.leave();
        if (!field.isMeaningless) {
          onLeave?.(value);
        }
      }}
      rightSection={
        <Picker
          label={label}
          value={value}
          min={min}
          max={max}
          isDisabled={rest.disabled ?? false}
          onPick={(day) => {
            field.pick(day);
            onLeave?.(day);
          }}
        />
      }
    />
  );
}

interface PickerProps {
  label: string;
  value: string | null;
  min: string | undefined;
  max: string | undefined;
  isDisabled: boolean;
  onPick: (day: string | null) => void;
}

/** The month to pick from, in a small page of its own. */
function Picker({ label, value, min, max, isDisabled, onPick }: PickerProps) {
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" shadow="md" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <ActionIcon
          size="md"
          aria-label={t('dates.pick', { field: label })}
          disabled={isDisabled}
          onClick={() => setOpen((was) => !was)}
        >
          <IconCalendar size={16} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className="dates-popover" aria-label={label} aria-labelledby={undefined}>
        <Suspense fallback={<div className="dates-waiting" />}>
          <DayCalendar
            label={label}
            value={value}
            min={min}
            max={max}
            onPick={(day) => {
              setOpen(false);
              onPick(day);
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
