/** Settings that are valid one by one and cannot work together, or not here: the field to change, and why. */
export interface Misfit {
  /** A path as administrators see it, e.g. 'config.mode' or 'secrets.webhookSecret'. */
  field: string;
  /** One English sentence. */
  detail: string;
}
