import {
  getLocalTimeZone,
  GregorianCalendar,
  parseDate,
  toCalendar,
  today,
  type DateValue,
} from '@internationalized/date';
import { Button as PlainButton } from '@mantine/core';
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarMonthPicker,
  CalendarYearPicker,
  I18nProvider,
} from 'react-aria-components';
import { tagOf } from '../../i18n/intl-tag.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconEarlier, IconLater } from '../icons.js';
import { usePreferences } from '../preferences.js';

interface Props {
  label: string;
  /** YYYY-MM-DD of the Gregorian calendar. */
  value: string | null;
  min: string | undefined;
  max: string | undefined;
  onPick: (day: string | null) => void;
}

/** Escape closes the month, not the dialog that it may stand in. */
const keepsEscape = { 'data-mantine-stop-propagation': 'true' };

/** A month of the reader's calendar. Its week begins as their place has it. */
export function DayCalendar({ label, value, min, max, onPick }: Props) {
  const { t, locale } = useI18n();
  const style = usePreferences();
  const pick = (day: DateValue) => onPick(toCalendar(day, new GregorianCalendar()).toString().slice(0, 10));
  const now = today(getLocalTimeZone());
  const mayToday = (min === undefined || now.toString() >= min) && (max === undefined || now.toString() <= max);
  return (
    <I18nProvider locale={tagOf(locale, style)}>
      <Calendar
        className="dates-month"
        aria-label={label}
        // Whoever opens a month goes on in it.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        value={value === null ? null : parseDate(value)}
        onChange={pick}
        {...(min === undefined ? {} : { minValue: parseDate(min) })}
        {...(max === undefined ? {} : { maxValue: parseDate(max) })}
      >
        <MonthHead />
        <CalendarGrid className="dates-grid" weekdayStyle="narrow">
          {(date) => <CalendarCell date={date} className="dates-day" {...keepsEscape} />}
        </CalendarGrid>
        <div className="dates-foot">
          <PlainButton
            {...keepsEscape}
            size="compact-sm"
            variant="subtle"
            disabled={!mayToday}
            onClick={() => pick(now)}
          >
            {t('dates.today')}
          </PlainButton>
          <PlainButton
            {...keepsEscape}
            size="compact-sm"
            variant="subtle"
            color="gray"
            disabled={value === null}
            onClick={() => onPick(null)}
          >
            {t('dates.clear')}
          </PlainButton>
        </div>
      </Calendar>
    </I18nProvider>
  );
}

/** The year stands beside the month, so that a day years away is two choices and not a hundred presses. */
function MonthHead() {
  return (
    <div className="dates-head">
      <Button slot="previous" className="dates-step" {...keepsEscape}>
        <IconEarlier size={18} className="points" />
      </Button>
      <CalendarMonthPicker format="long">
        {({ 'aria-label': name, value, onChange, items }) => (
          <select
            {...keepsEscape}
            className="dates-choice"
            aria-label={name}
            value={value}
            onChange={(event) => onChange(Number(event.currentTarget.value))}
          >
            {items.map(({ id, formatted }) => (
              <option key={id} value={id}>
                {formatted}
              </option>
            ))}
          </select>
        )}
      </CalendarMonthPicker>
      <CalendarYearPicker visibleYears={40} format={{ year: 'numeric' }}>
        {({ 'aria-label': name, value, onChange, items }) => (
          <select
            {...keepsEscape}
            className="dates-choice"
            aria-label={name}
            value={value}
            onChange={(event) => onChange(Number(event.currentTarget.value))}
          >
            {items.map(({ id, formatted }) => (
              <option key={id} value={id}>
                {formatted.replace(/\s*(?:AP|ه‍?\.ش\.?)$/u, '')}
              </option>
            ))}
          </select>
        )}
      </CalendarYearPicker>
      <Button slot="next" className="dates-step" {...keepsEscape}>
        <IconLater size={18} className="points" />
      </Button>
    </div>
  );
}
