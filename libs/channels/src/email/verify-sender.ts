import { Resolver } from 'node:dns/promises';
import { Readable } from 'node:stream';
import { setImmediate as othersTurn } from 'node:timers/promises';
import type { SenderChecks } from '../message.js';
import { normaliseEmail } from './email-address.js';
import { type MailToVerify, withFewSignatures } from './few-signatures.js';
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
const stepBytes = 64 * 1024;

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
 * A large mail is worked through in steps, between which others have their turn, and not all of many signatures are looked at.
 */
export async function verifySender(
  mail: MailOrigin,
  { enabled, lookup = systemDns(), timeMs = patienceMs }: VerifyOptions,
): Promise<SenderVerdict> {
  if (!enabled) {
    return unknown;
  }
  const timer: { end?: NodeJS.Timeout } = {};
  const patience = new AbortController();
  const tooLate = new Promise<SenderVerdict>((resolve) => {
    timer.end = setTimeout(() => resolve(unknown), timeMs);
  });
  try {
    return await Promise.race([judge(mail, lookup, patience.signal), tooLate]);
  } catch {
    return unknown;
  } finally {
    clearTimeout(timer.end);
    patience.abort();
  }
}

async function judge(origin: MailOrigin, lookup: DnsLookup, patience: AbortSignal): Promise<SenderVerdict> {
  const authors = await authorHosts(origin.raw);
  const mail = withFewSignatures(origin.raw, authors[0] ?? '');
  if (!mail) {
    return unknown;
  }
  const { checks, domain } = await check(origin, Readable.from(inSteps(mail, patience), { objectMode: false }), lookup);
  if (checks.dmarc === 'pass') {
    return { verdict: isSameAuthor(authors, domain) ? 'pass' : 'none', checks };
  }
  return { verdict: checks.dmarc === 'fail' ? 'fail' : 'none', checks };
}

/** What a verifier finds, and the domain that it took for the author's. */
async function check(
  { envelopeFrom, remoteAddress, helo }: MailOrigin,
  mail: Readable,
  lookup: DnsLookup,
): Promise<{ checks: SenderChecks; domain: string }> {
  // The verifier is large and most mail of a hub behind a provider never needs it.
  const { authenticate } = await import('mailauth');
  const { spf, dkim, dmarc } = await authenticate(mail, {
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
  return { checks, domain: dmarc ? (dmarc.domain ?? '') : '' };
}

function resultOf(check: { status: { result: string } } | false): string {
  return check ? check.status.result : 'none';
}

/** A mail may bear several signatures: one that holds is enough. */
function strongest(results: string[]): string {
  return results.includes('pass') ? 'pass' : (results[0] ?? 'none');
}

/** Gives others their turn before each step, and ends once nobody waits for the verdict any more. */
async function* inSteps({ head, body }: MailToVerify, patience: AbortSignal): AsyncGenerator<Buffer> {
  yield head;
  for (let at = 0; at < body.length && !patience.aborted; at += stepBytes) {
    await othersTurn();
    yield body.subarray(at, at + stepBytes);
  }
}

/** The domain of each author, '' for one without an address. */
async function authorHosts(raw: Uint8Array): Promise<string[]> {
  const head = await readHead(raw);
  return head.addresses('from').map(({ address }) => normaliseEmail(address)?.split('@').at(-1) ?? '');
}

/** What the verifier took for the From domain must be what the rest of Peyk takes for it; two readers of one mail may differ. */
function isSameAuthor([host = '', ...others]: string[], domain: string): boolean {
  return others.length === 0 && domain !== '' && (host === domain || host.endsWith(`.${domain}`));
}

function systemDns(): DnsLookup {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  return async (name, type) => (await resolver.resolve(name, type)) as string[] | string[][];
}
