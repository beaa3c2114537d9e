import { createHash } from 'node:crypto';
import type { MailDress } from '#channels';
import type { BrandTexts, BrandView } from '#contract';
import { inkOn } from './ink-on.js';

export const ownAccent = '#006f77';

export interface Logo {
  mediaType: string;
  bytes: Buffer;
  /** Tells one picture from the next. */
  mark: string;
}

export interface Brand {
  version: number;
  name: BrandTexts;
  footer: BrandTexts;
  accent: string | null;
  logo: Logo | null;
}

export const noBrand: Brand = {
  version: 0,
  name: { en: '', fa: '' },
  footer: { en: '', fa: '' },
  accent: null,
  logo: null,
};

export function makeLogo(mediaType: string, bytes: Buffer): Logo {
  return { mediaType, bytes, mark: createHash('sha256').update(bytes).digest('hex').slice(0, 12) };
}

/** What the mails of programs wear. */
export function dressOf({ name, footer, accent, logo }: Brand): MailDress {
  const colour = accent ?? ownAccent;
  return { name, footer, accent: colour, onAccent: inkOn(colour), logo };
}

/** Where the picture is; another picture is elsewhere, so that no copy outlives it. */
export function logoPath({ logo }: Brand): string | null {
  return logo && `/brand/logo?v=${logo.mark}`;
}

export function viewOf(brand: Brand): BrandView {
  const { version, name, footer, accent } = brand;
  return { version, name, footer, accent, logo: logoPath(brand) };
}
