import { createHash } from 'node:crypto';
import { inLanguage } from '#channels';
import { logoPath, ownAccent, type Brand } from './brand.js';
import { inkOn } from './ink-on.js';
import { escapeHtml } from '../../platform/html/escape-html.js';

/** How the organisation shows itself on the pages that customers open by a link. */
export interface BrandedPage {
  style: string;
  /** Nothing runs, nobody frames it, and only the picture loads; its own style is named by the hash of what is in it. */
  policy: string;
  head: string;
  foot: string;
}

const parts = `
.brand{display:flex;align-items:center;gap:.7rem;margin-block-end:1.5rem;padding-block-end:.8rem;border-block-end:3px solid var(--accent);font-weight:600}
.brand img{block-size:2.5rem;max-inline-size:14rem;background:#fff;border-radius:.4rem}.brand-foot{margin-block-start:2.5rem;color:#57606a;font-size:.85rem;white-space:pre-line}
:focus-visible{outline:3px solid currentColor;outline-offset:2px}`;

export function brandedPage(brand: Brand, language: 'en' | 'fa', ownStyle: string): BrandedPage {
  const accent = brand.accent ?? ownAccent;
  const style = `:root{--accent:${accent};--on-accent:${inkOn(accent)}}${ownStyle}${parts}`;
  const hash = createHash('sha256').update(style).digest('base64');
  const [name, footer] = [inLanguage(brand.name, language), inLanguage(brand.footer, language)];
  const picture = logoPath(brand);
  const head = picture === null ? escapeHtml(name) : `<img src="${picture}" alt="${escapeHtml(name)}">`;
  return {
    style,
    policy: `default-src 'none'; style-src 'sha256-${hash}'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
    head: head && `<div class="brand"><bdi>${head}</bdi></div>`,
    foot: footer && `<footer class="brand-foot" dir="auto">${escapeHtml(footer)}</footer>`,
  };
}
