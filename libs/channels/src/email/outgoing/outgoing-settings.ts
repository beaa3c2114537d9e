import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';

const longText = z.string().max(5_000).default('');
const bilingual = z.object({ en: longText, fa: longText }).prefault({});
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/u;
const domainName = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .refine((written) => written.split('.').every((part) => label.test(part)), 'This is not a domain name.');

/** How an account's mails look and sign themselves. Texts may use {agent}, {account}, {address} and {customer}. */
export const outgoingConfig = z.object({
  fromStyle: z
    .enum(['account', 'agent'])
    .default('account')
    .describe('Whose name customers see: the account’s, or “agent · account”'),
  signature: bilingual.describe('Below what an agent wrote, in the language of the mail'),
  header: bilingual.describe('Above it'),
  footer: bilingual.describe('Below the signature, in small print'),
  replyMarker: z
    .enum(['hidden', 'shown', 'off'])
    .default('hidden')
    .describe('The line above which customers answer: visible, or for programs only'),
  quoteHistory: z
    .boolean()
    .default(false)
    .describe('Answers repeat the thread below themselves unless the agent says otherwise'),
  plusAddresses: z
    .boolean()
    .default(true)
    .describe('Answers come back to address+token; off where the mail server knows no plus addresses'),
  sentCopy: z
    .boolean()
    .default(false)
    .describe('Put a copy into the mailbox’s Sent folder; off where the provider does so itself'),
  dkim: z
    .object({
      selector: z.string().regex(label, 'Letters, digits and hyphens only.'),
      domain: domainName.nullable().default(null).describe('Signs for this domain; the address’s own when empty'),
    })
    .nullable()
    .default(null)
    .describe('Sign mails here; leave out where the provider signs'),
  returnPath: z
    .object({ host: domainName, target: domainName })
    .nullable()
    .default(null)
    .describe('A name of ours that the provider wants to point at itself for bounces (CNAME)'),
  spf: z
    .string()
    .max(300)
    .regex(/^(?:[+~?-]?[a-z0-9]+(?::[^\s]{1,255})?(?: |$))*$/u, 'SPF mechanisms only, such as include:spf.example.com.')
    .default('')
    .describe('What the provider wants in the SPF record; guessed from the SMTP server when empty'),
});

export type OutgoingSettings = z.infer<typeof outgoingConfig>;

/** Signing keys, which never leave the hub again. PEM, PKCS 8. */
export const outgoingSecrets = z.object({
  dkimPrivateKey: z
    .string()
    .max(8_000)
    .refine(isRsaKey, 'This is no RSA private key of at least 1024 bits in PEM.')
    .optional(),
});

const plain = outgoingConfig.parse({});

/** An account's outgoing settings; an account that has none sends plainly. */
export function outgoingOf(account: { outgoing?: OutgoingSettings | undefined }): OutgoingSettings {
  return account.outgoing ?? plain;
}

function isRsaKey(pem: string): boolean {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(pem);
    return asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= 1024;
  } catch {
    return false;
  }
}
