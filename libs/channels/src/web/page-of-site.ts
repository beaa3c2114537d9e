import { storableText } from '../storable-text.js';

/** The page of a site that a visitor wrote on, as their browser says: nothing of it is proven. */
export interface PageOfSite {
  url: string;
  /** '' where it has none. */
  title: string;
  /** Where they came from; '' where the browser does not say. */
  referrer: string;
}

const longest = { url: 500, title: 200 };

/** Names of query fields that hold what opens something, or who somebody is. */
const secretName =
  /token|code|key|secret|pass|pwd|auth|session|sess|^sid$|sig|jwt|otp|nonce|hash|ticket|e-?mail|phone|mobile|^(?:id_)?assertion$|^state$/iu;

/**
 * What agents may see of a page: its address without the fragment, without a name and password, and without query fields that open
 * something. Null for what is no page of the web.
 */
export function cleanPage(told: PageOfSite): PageOfSite | null {
  const url = cleanUrl(told.url);
  return url === ''
    ? null
    : {
        url,
        title: storableText(told.title.toWellFormed())
          .replace(/\s+/gu, ' ')
          .trim()
          .slice(0, longest.title)
          .toWellFormed(),
        referrer: cleanUrl(told.referrer),
      };
}

function cleanUrl(told: string): string {
  const url = URL.parse(told);
  if (!url || !/^https?:$/u.test(url.protocol)) {
    return '';
  }
  url.username = url.password = url.hash = '';
  for (const name of [...url.searchParams.keys()].filter((one) => secretName.test(one))) {
    url.searchParams.delete(name);
  }
  // What is too long to keep loses its query before it loses its end.
  const whole = url.href;
  return (whole.length > longest.url ? url.origin + url.pathname : whole).slice(0, longest.url);
}
