import { TextInput } from '@mantine/core';
import { hasPersianDigits } from '../../i18n/intl-tag.js';
import { useTexts } from '../../i18n/use-texts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { usePreferences } from '../preferences.js';
import type { TimeFieldProps } from './date-props.js';
import { persianDigits } from './day-text.js';
import { parseTime } from './instants.js';
import { useRefusal, useTypedText } from './typed-text.js';

export function TimeInput({ label, value, onChange, error, isNeeded = false, ...rest }: TimeFieldProps) {
  const { t, locale } = useI18n();
  const style = usePreferences();
  const isSpoken = useTexts('dates');
  const show = (time: string) => (hasPersianDigits(locale, style) ? persianDigits(time) : time);
  const field = useTypedText({ value, onChange, show, read: parseTime });
  const isMissing = isNeeded && field.text.trim() === '';
  const problem = isSpoken ? t('dates.noTime', { example: show('14:30') }) : null;
  const input = useRefusal(field.isMeaningless || isMissing ? problem : null);
  return (
    <TextInput
      {...rest}
      ref={input}
      className="dates-time"
      label={label || undefined}
      error={field.isWrong ? problem : error}
      placeholder={show('00:00')}
      autoComplete="off"
      value={field.text}
      onChange={(event) => field.type(event.currentTarget.value)}
      onBlur={field.leave}
    />
  );
}
