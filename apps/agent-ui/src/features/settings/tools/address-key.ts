import type { ChannelKind } from '#contract';

/** The text that says what an address is on a kind of channel. */
export function addressKey(kind: ChannelKind): 'tools.address_email' {
  return `tools.address_${kind}` as 'tools.address_email';
}
