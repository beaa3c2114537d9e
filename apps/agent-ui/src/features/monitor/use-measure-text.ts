import type { BoardMeasure } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';

const hundred = 100;

/** Writes what was measured: a count, a time or a share. */
export function useMeasureText(): (measure: BoardMeasure, value: number | null) => string {
  const { t, format } = useI18n();
  return (measure, value) => {
    if (value === null) {
      return '–';
    }
    if (measure === 'bot_share') {
      return t('monitor.percent', { value: Math.round(value * hundred) });
    }
    return measure === 'longest_wait' || measure === 'first_reply' ? format.duration(value) : format.number(value);
  };
}
