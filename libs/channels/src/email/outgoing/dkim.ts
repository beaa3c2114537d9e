import { createPrivateKey, createPublicKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { DKIMOptions } from 'nodemailer';
import type { OutgoingSettings } from './outgoing-settings.js';

/**
 * What a signature covers. RFC 8058 takes the word of List-Unsubscribe-Post only when it is signed, and nodemailer's own list
 * leaves it out.
 */
const signedHeaders = [
  'From',
  'Sender',
  'Reply-To',
  'Subject',
  'Date',
  'Message-ID',
  'To',
  'Cc',
  'MIME-Version',
  'Content-Type',
  'Content-Transfer-Encoding',
  'In-Reply-To',
  'References',
  'Auto-Submitted',
  'List-Id',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
].join(':');

const makeKeyPair = promisify(generateKeyPair);

/** A new signing key: RSA with 2048 bits, which every receiver understands. PEM, PKCS 8. */
export async function makeDkimKey(): Promise<string> {
  const { privateKey } = await makeKeyPair('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
}

/** The value of the DNS record that lets others check what this key signs. */
export function dkimRecord(privateKey: string): string {
  const published = createPublicKey(createPrivateKey(privateKey)).export({ type: 'spki', format: 'der' });
  return `v=DKIM1; k=rsa; p=${published.toString('base64')}`;
}

/** Where that record stands. */
export function dkimName(selector: string, domain: string): string {
  return `${selector}._domainkey.${domain}`;
}

/** How a mail of this account is signed; null when it is not. */
export function signing(
  address: string,
  { dkim }: Pick<OutgoingSettings, 'dkim'>,
  privateKey: string | undefined,
): DKIMOptions | null {
  if (dkim === null || !privateKey) {
    return null;
  }
  return {
    domainName: dkim.domain ?? address.slice(address.lastIndexOf('@') + 1),
    keySelector: dkim.selector,
    privateKey,
    headerFieldNames: signedHeaders,
  };
}
