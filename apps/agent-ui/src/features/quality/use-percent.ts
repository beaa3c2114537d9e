import { useMemo } from 'react';
import { readersTag } from '../../i18n/intl-tag.js';
import { useI18n } from '../../i18n/use-i18n.js';

const hundred = 100;

/** How this reader writes per cent; what has none is a dash. */
export function usePercent(): (value: number | null) => string {
  const { locale } = useI18n();
  return useMemo(() => {
    const written = new Intl.NumberFormat(readersTag(locale), { style: 'percent', maximumFractionDigits: 1 });
    return (value) => (value === null ? '–' : written.format(value / hundred));
  }, [locale]);
}
