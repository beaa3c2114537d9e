import type { CustomerLinkView } from '#contract';
import { latinDigits } from '../../i18n/latin-digits.js';

export const linkUnits = ['hours', 'days'] as const;
export type LinkUnit = (typeof linkUnits)[number];

const hoursIn: Record<LinkUnit, number> = { hours: 1, days: 24 };
const longestHours = 24 * 90;

/** How long a link works, in hours, as it was typed in either kind of digits; null where that is no span the hub takes. */
export function readSpan(typed: string, unit: LinkUnit): number | null {
  const count = latinDigits(typed).trim();
  const hours = /^\d{1,4}$/.test(count) ? Number(count) * hoursIn[unit] : 0;
  return hours >= 1 && hours <= longestHours ? hours : null;
}

/** Whether a link still works, and since or until when. */
export function linkState(
  { expiresAt, revokedAt }: Pick<CustomerLinkView, 'expiresAt' | 'revokedAt'>,
  now: number,
): { state: 'works' | 'expired' | 'revoked'; at: string } {
  if (revokedAt !== null) {
    return { state: 'revoked', at: revokedAt };
  }
  return { state: new Date(expiresAt).getTime() > now ? 'works' : 'expired', at: expiresAt };
}
