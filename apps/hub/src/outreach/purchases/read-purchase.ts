import { z } from 'zod';
import { storableText } from '#channels';

/** A purchase as it is kept, but for whose it is. */
export interface PurchaseTerms {
  externalId: string;
  /** In minor units. */
  amount: number;
  currency: string;
  /** ISO. */
  at: string;
  items: string;
}

const text = (most: number) =>
  z
    .string()
    .max(most)
    .transform((one) => storableText(one).trim());

/** A purchase as a program sends it. */
export const sentPurchase = z.strictObject({
  externalId: text(200).refine((id) => id !== ''),
  amount: z.int().min(0),
  currency: z.string().regex(/^[A-Z]{3}$/),
  at: z.iso.datetime({ offset: true }),
  items: text(4_000).default(''),
  customer: z.strictObject({
    id: z.uuid().optional(),
    phone: z.string().max(64).optional(),
    email: z.string().max(320).optional(),
    externalId: z.string().max(200).optional(),
    name: z.string().max(200).optional(),
    locale: z.string().max(20).optional(),
  }),
});

export type SentPurchase = z.infer<typeof sentPurchase>;

/**
 * How many digits of a currency stand behind the point. Nobody writes a fraction of a rial, whatever the standard says.
 */
export function minorDigits(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** An amount as people write it, in minor units; null where there are more digits than the currency has. Toman are ten rials each. */
export function toMinorUnits(amount: number, currency: string): { amount: number; currency: string } | null {
  const [factor, kept] = currency === 'IRT' ? [10, 'IRR'] : [10 ** minorDigits(currency), currency];
  const minor = Math.round(amount * factor);
  const isExact = Math.abs(minor - amount * factor) < 1e-6 * Math.max(1, Math.abs(minor));
  return isExact && minor >= 0 && Number.isSafeInteger(minor) ? { amount: minor, currency: kept } : null;
}
