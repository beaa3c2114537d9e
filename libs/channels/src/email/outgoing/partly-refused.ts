import { ChannelError } from '../../channel-adapter.js';

/** A server's word on one recipient of a mail. */
export interface Refusal {
  /** In normal form. */
  address: string;
  /** It may take the mail later. */
  isPassing: boolean;
  words: string;
}

const mostQuotedRefusals = 5;

/**
 * Somebody has the mail and somebody was turned away. A further try is for `refused` only, or those who have it would get it again; it
 * is made by itself as long as one of them was only put off, whom a wrong address beside theirs must not cost the mail.
 */
export class PartlyRefused extends ChannelError {
  readonly refused: string[];

  constructor(refusals: readonly Refusal[]) {
    const isPassing = refusals.some((one) => one.isPassing);
    const addresses = refusals.map(({ address }) => address);
    const said = [...new Set(refusals.map(({ words }) => words))].slice(0, mostQuotedRefusals).join(' | ');
    super(
      isPassing ? 'deferred' : 'partly_refused',
      `Refused for ${addresses.join(', ')}: ${said}. Its other recipients have it.`,
      { retry: isPassing ? 'soon' : 'never' },
    );
    this.name = 'PartlyRefused';
    this.refused = addresses;
  }
}
