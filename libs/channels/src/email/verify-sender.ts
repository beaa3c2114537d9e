import { Resolver } from 'node:dns/promises';
import type { ReceivedMail } from './mail-receiver.js';
import { normaliseEmail } from './email-address.js';
import { readHead } from './mime/read-head.js';

/** Answers a DNS question as node:dns/promises does; rejects with ENOTFOUND or ENODATA when there is nothing. */
export type DnsLookup = (name: string, type: string) => Promise<string[] | string[][]>;

export interface VerifyOptions {
  /** False answers 'none' at once, for a receiver behind a server that has changed the mail or hides who sent it. */
  enabled: boolean;
  lookup?: DnsLookup;
  timeMs?: number;
}

const patienceMs = 5_000;

/**
 * Whether the domain of the From address vouches for a mail (DMARC: an aligned SPF or DKIM pass). 'fail' means that the domain
 * asks to be believed only when it does, and did not; 'none' that nobody can say, also when DNS was too slow.
 */
export async function verifySender(
  mail: Pick<ReceivedMail, 'raw' | 'envelopeFrom' | 'remoteAddress' | 'helo'>,
  { enabled, lookup = systemDns(), timeMs = patienceMs }: VerifyOptions,
): Promise<'pass' | 'fail' | 'none'> {
  if (!enabled) {
    return 'none';
  }
  const timer: { end?: NodeJS.Timeout } = {};
  const tooLate = new Promise<'none'>((resolve) => {
    timer.end = setTimeout(() => resolve('none'), timeMs);
  });
  try {
    return await Promise.race([verdict(mail, lookup), tooLate]);
  } catch {
    return 'none';
  } finally {
    clearTimeout(timer.end);
  }
}

async function verdict(
  { raw, envelopeFrom, remoteAddress, helo }: Pick<ReceivedMail, 'raw' | 'envelopeFrom' | 'remoteAddress' | 'helo'>,
  lookup: DnsLookup,
): Promise<'pass' | 'fail' | 'none'> {
  // The verifier is large and most mail of a hub behind a provider never needs it.
  const { authenticate } = await import('mailauth');
  const { dmarc } = await authenticate(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), {
    ip: remoteAddress,
    helo,
    sender: envelopeFrom,
    mta: 'peyk',
    resolver: lookup,
    disableArc: true,
    disableBimi: true,
    trustReceived: false,
  });
  const result = dmarc ? dmarc.status.result : 'none';
  if (result !== 'pass' && result !== 'fail') {
    return 'none';
  }
  return result === 'pass' && !(await isSameAuthor(raw, dmarc ? (dmarc.domain ?? '') : '')) ? 'none' : result;
}

/** What the verifier took for the From domain must be what the rest of Peyk takes for it; two readers of one mail may differ. */
async function isSameAuthor(raw: Uint8Array, domain: string): Promise<boolean> {
  const head = await readHead(raw);
  const [author, ...others] = head.addresses('from');
  const host =
    normaliseEmail(author?.address ?? '')
      ?.split('@')
      .at(-1) ?? '';
  return others.length === 0 && domain !== '' && (host === domain || host.endsWith(`.${domain}`));
}

function systemDns(): DnsLookup {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  return async (name, type) => (await resolver.resolve(name, type)) as string[] | string[][];
}
