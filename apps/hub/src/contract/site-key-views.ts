/** A key by which a site proves to a web chat who is signed in there. */
export interface SiteKeyView {
  /** What the header of the site's tokens names it by. */
  kid: string;
  /** ISO 8601, UTC. */
  madeAt: string;
}

/** The answer in which the key itself is shown, once. */
export interface NewSiteKeyView extends SiteKeyView {
  secret: string;
}
