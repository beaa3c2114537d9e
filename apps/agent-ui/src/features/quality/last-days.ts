import { parseDate } from '@internationalized/date';
import type { ReaderPlace } from '../../ui/dates/use-reader-place.js';

/** The reader's last days, today included. */
export function lastDays(count: number, { today, zone }: ReaderPlace): { from: string; to: string; zone: string } {
  const first = parseDate(today).subtract({ days: count - 1 });
  return { from: first.toString(), to: today, zone };
}
