/** Texts by language; one that is empty is taken from the other. */
export interface BrandTexts {
  en: string;
  fa: string;
}

/** What the organisation looks like to its customers, wherever a channel says nothing of its own. */
export interface BrandView {
  version: number;
  name: BrandTexts;
  /** Under mails and pages: who writes, and from where. */
  footer: BrandTexts;
  /** '#rrggbb'; null: Peyk's own. */
  accent: string | null;
  /** Where its picture is; null: none. */
  logo: string | null;
}
