import { useMemo, useState } from 'react';
import { isJalali } from '../../i18n/intl-tag.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { usePreferences } from '../preferences.js';
import { snoozePresets, type SnoozePreset } from './presets.js';

/** The times that this reader is offered, as from when it is asked. Their names are `bulk.until.<name>`, of the texts for many. */
export function useSnoozePresets(): SnoozePreset[] {
  const { locale } = useI18n();
  const calendar = usePreferences((preferences) => preferences.calendar);
  const [now] = useState(() => new Date());
  return useMemo(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    return snoozePresets(now, { timeZone, isJalali: isJalali(locale, { calendar, digits: 'auto' }) });
  }, [now, locale, calendar]);
}
