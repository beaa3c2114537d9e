import { normaliseEmail } from './email-address.js';
import { readHead } from './mime/read-head.js';

/** Where servers on the way wrote the envelope's recipient, which a blind copy and a forwarded mail show nowhere else. */
const deliveryFields = ['delivered-to', 'x-original-to', 'x-forwarded-to', 'envelope-to'];

/** Whom a mail of a mailbox was delivered to, in normal form: what servers on the way say comes before what its sender wrote. */
export async function mailRecipients(raw: Uint8Array): Promise<string[]> {
  const head = await readHead(raw);
  const delivered = deliveryFields.flatMap((name) => head.all(name));
  const written = ['to', 'cc'].flatMap((name) => head.addresses(name).map(({ address }) => address));
  return [...new Set([...delivered, ...written].flatMap((address) => normaliseEmail(address) ?? []))];
}
