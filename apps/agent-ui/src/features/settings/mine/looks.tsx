import { NativeSelect, useMantineColorScheme } from '@mantine/core';
import { useId, useState } from 'react';
import { locales, type Locale } from '../../../i18n/i18n.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useChangeMe, useChangePreferences } from '../../../live/use-change-me.js';
import { usePreferences } from '../../../ui/preferences.js';
import { OneOf, Part, Row } from './parts.js';

/** How the console speaks, counts and looks. */
export function Looks() {
  const { t, locale, format } = useI18n();
  const { calendar, digits, density } = usePreferences();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const changeMe = useChangeMe();
  const change = useChangePreferences();
  const languageId = useId();
  const [now] = useState(() => new Date().toISOString());
  return (
    <Part title={t('mine.looks')}>
      <Row label={t('settings.language')} labelId={languageId}>
        <NativeSelect
          aria-labelledby={languageId}
          value={locale}
          onChange={(event) => changeMe({ locale: event.currentTarget.value as Locale })}
          data={locales.map((one) => ({ value: one, label: t(`language.${one}`) }))}
        />
      </Row>
      <OneOf
        label={t('mine.calendar')}
        hint={t('mine.written', { now: format.dateTime(now) })}
        value={calendar}
        choices={(['auto', 'jalali', 'gregorian'] as const).map((value) => ({
          value,
          label: t(`mine.calendar_${value}`),
        }))}
        onChange={(value) => change({ calendar: value })}
      />
      <OneOf
        label={t('mine.digits')}
        value={digits}
        choices={(['auto', 'persian', 'latin'] as const).map((value) => ({ value, label: t(`mine.digits_${value}`) }))}
        onChange={(value) => change({ digits: value })}
      />
      <OneOf
        label={t('mine.theme')}
        hint={t('mine.themeHint')}
        value={colorScheme}
        choices={[
          { value: 'auto', label: t('shell.themeAuto') },
          { value: 'light', label: t('shell.themeLight') },
          { value: 'dark', label: t('shell.themeDark') },
        ]}
        onChange={setColorScheme}
      />
      <OneOf
        label={t('mine.density')}
        value={density}
        choices={(['comfortable', 'compact'] as const).map((value) => ({ value, label: t(`mine.density_${value}`) }))}
        onChange={(value) => change({ density: value })}
      />
    </Part>
  );
}
