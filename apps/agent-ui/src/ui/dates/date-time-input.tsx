import { useState } from 'react';
import { useTexts } from '../../i18n/use-texts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import type { DateTimeFieldProps } from './date-props.js';
import { DayInput } from './day-input.js';
import { instantOf, localZone, wallTimeOf, type WallTime } from './instants.js';
import { TimeInput } from './time-input.js';

type Half = { [part in keyof WallTime]: string | null };

/** What a day alone begins with: the start of a working day. */
const firstTime = '09:00';

export function DateTimeInput({ label, value, onChange, min, timeZone, error, ...rest }: DateTimeFieldProps) {
  const { t, format } = useI18n();
  const isSpoken = useTexts('dates');
  const zone = timeZone ?? localZone();
  const [half, setHalf] = useState<Half>({ day: null, time: null });
  const wall: Half = value === null ? unfinished(half, min, zone) : wallTimeOf(value, zone);
  const isTooEarly = value === null && wall.day !== null && wall.time !== null;
  const put = (next: Half) => {
    setHalf(next);
    const instant =
      next.day === null || next.time === null ? null : instantOf({ day: next.day, time: next.time }, zone);
    const allowed = instant !== null && isBefore(instant, min) ? null : instant;
    if (allowed !== value) {
      onChange(allowed);
    }
  };
  const elsewhere = zone === localZone() ? {} : { description: isSpoken ? t('dates.zone', { zone }) : zone };
  const early = isTooEarly && isSpoken ? t('dates.tooEarlyTime', { time: format.dateTime(min ?? '') }) : null;
  return (
    <fieldset className="dates-pair" aria-label={label}>
      <DayInput
        {...elsewhere}
        {...rest}
        label={label}
        value={wall.day}
        error={early ?? error}
        {...(min === undefined ? {} : { min: wallTimeOf(min, zone).day })}
        onChange={(day) => put({ day, time: wall.time ?? (day === null ? null : firstTime) })}
      />
      <TimeInput
        {...(rest.size === undefined ? {} : { size: rest.size })}
        disabled={rest.disabled ?? false}
        label={isSpoken ? t('dates.time') : ''}
        value={wall.time}
        isNeeded={wall.day !== null}
        onChange={(time) => put({ day: wall.day, time })}
      />
    </fieldset>
  );
}

function isBefore(instant: string, min: string | undefined): boolean {
  return min !== undefined && Date.parse(instant) < Date.parse(min);
}

/** What was begun stays until it is an instant; what was one and is gone was emptied by the form. */
function unfinished(half: Half, min: string | undefined, zone: string): Half {
  const { day, time } = half;
  const isWhole = day !== null && time !== null;
  const isRefused = isWhole && isBefore(instantOf({ day, time }, zone), min);
  return isWhole && !isRefused ? { day: null, time: null } : half;
}
