import { Resolver } from 'node:dns/promises';
import type { SenderChecks } from '../message.js';
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

/** How a mail came. Behind a mailbox nobody knows any more who handed it over: then `remoteAddress` is null. */
export interface MailOrigin {
  raw: Uint8Array;
  envelopeFrom: string;
  remoteAddress: string | null;
  helo: string;
}

/** Whether the domain of the From address vouches for a mail, and what was found on the way to that. */
export interface SenderVerdict {
  verdict: 'pass' | 'fail' | 'none';
  checks: SenderChecks | null;
}

const unknown: SenderVerdict = { verdict: 'none', checks: null };

/**
 * Whether the domain of the From address vouches for a mail (DMARC: an aligned SPF or DKIM pass). 'fail' means that the domain
 * asks to be believed only when it does, and did not; 'none' that nobody can say, also when DNS was too slow.
 */
export async function verifySender(
  mail: MailOrigin,
  { enabled, lookup = systemDns(), timeMs = patienceMs }: VerifyOptions,
): Promise<SenderVerdict> {
  if (!enabled) {
    return unknown;
  }
  const timer: { end?: NodeJS.Timeout } = {};
  const tooLate = new Promise<SenderVerdict>((resolve) => {
    timer.end = setTimeout(() => resolve(unknown), timeMs);
  });
  try {
    return await Promise.race([judge(mail, lookup), tooLate]);
  } catch {
    return unknown;
  } finally {
    clearTimeout(timer.end);
  }
}

async function judge(
  { raw, envelopeFrom, remoteAddress, helo }: MailOrigin,
  lookup: DnsLookup,
): Promise<SenderVerdict> {
  // The verifier is large and most mail of a hub behind a provider never needs it.
  const { authenticate } = await import('mailauth');
  const { spf, dkim, dmarc } = await authenticate(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), {
    ...(remoteAddress !== null && { ip: remoteAddress }),
    helo,
    sender: envelopeFrom,
    mta: 'peyk',
    resolver: lookup,
    disableArc: true,
    disableBimi: true,
    trustReceived: false,
  });
  // Half of the evidence is missing where the sending server is not known: that is no reason to call anybody a forger.
  const checks: SenderChecks = {
    spf: remoteAddress === null ? 'none' : resultOf(spf),
    dkim: strongest(dkim.results.map(({ status }) => status.result)),
    dmarc: remoteAddress === null && resultOf(dmarc) === 'fail' ? 'none' : resultOf(dmarc),
    by: 'peyk',
  };
  if (checks.dmarc === 'pass') {
    return { verdict: (await isSameAuthor(raw, dmarc ? (dmarc.domain ?? '') : '')) ? 'pass' : 'none', checks };
  }
  return { verdict: checks.dmarc === 'fail' ? 'fail' : 'none', checks };
}

function resultOf(check: { status: { result: string } } | false): string {
  return check ? check.status.result : 'none';
}

/** A mail may bear several signatures: one that holds is enough. */
function strongest(results: string[]): string {
  return results.includes('pass') ? 'pass' : (results[0] ?? 'none');
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
