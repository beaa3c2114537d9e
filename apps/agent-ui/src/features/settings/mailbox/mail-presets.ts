import type { Values } from '../channel-fields.js';

export const mailProviders = ['own', 'gmail', 'microsoft', 'yahoo'] as const;
export type MailProvider = (typeof mailProviders)[number];

const line = (way: 'smtp' | 'imap', host: string, port: number, secure: boolean): Values => ({
  [`${way}.host`]: host,
  [`${way}.port`]: String(port),
  [`${way}.secure`]: secure,
});

/** Where the large providers send and keep mail, as they say in public. */
const presets: Record<Exclude<MailProvider, 'own'>, Values> = {
  gmail: { ...line('smtp', 'smtp.gmail.com', 465, true), ...line('imap', 'imap.gmail.com', 993, true) },
  microsoft: {
    ...line('smtp', 'smtp.office365.com', 587, false),
    ...line('imap', 'outlook.office365.com', 993, true),
    'oauth.provider': 'microsoft',
  },
  yahoo: { ...line('smtp', 'smtp.mail.yahoo.com', 465, true), ...line('imap', 'imap.mail.yahoo.com', 993, true) },
};

/** The provider whose servers stand in the form. */
export function providerOf(values: Values): MailProvider {
  const known = mailProviders.find((one) => one !== 'own' && presets[one]['smtp.host'] === values['smtp.host']);
  return known ?? 'own';
}

/** The form with a provider's servers in it. They all sign in by the address; for a server of one's own nothing is known. */
export function withPreset(values: Values, provider: MailProvider): Values {
  if (provider === 'own') {
    return providerOf(values) === 'own'
      ? values
      : { ...values, 'smtp.host': '', 'imap.host': '', 'oauth.provider': '' };
  }
  return { ...values, 'oauth.provider': '', ...presets[provider], 'smtp.user': values['address'] ?? '' };
}

/** The user name follows the address for as long as the two are the same. */
export function withAddress(values: Values, address: string): Values {
  const follows = values['smtp.user'] === (values['address'] ?? '') && providerOf(values) !== 'own';
  return { ...values, address, ...(follows && { 'smtp.user': address }) };
}
