import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { SenderChecks } from '../message.js';
import { checkSignaturesApart } from './apart/read-apart.js';
import type { DnsAnswer, SignatureFindings, SignedMail } from './check-signatures.js';
import { normaliseEmail } from './email-address.js';
import { keyNames, withFewSignatures } from './few-signatures.js';
import { readHead } from './mime/read-head.js';

/** Answers a DNS question as node:dns/promises does; rejects with ENOTFOUND or ENODATA when there is nothing. */
export type DnsLookup = (name: string, type: string) => Promise<string[] | string[][]>;

export interface VerifyOptions {
  /** False answers 'none' at once, for a receiver behind a server that has changed the mail or hides who sent it. */
  enabled: boolean;
  lookup?: DnsLookup;
  /** How long DNS may take for each of its two turns. */
  timeMs?: number;
  /** checkSignatures, or the like of it in a thread of its own. */
  check?: (mail: SignedMail) => Promise<SignatureFindings | null>;
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
 * asks to be believed only when it does, and did not; 'none' that nobody can say, also when DNS was too slow or the signatures too much.
 * DNS is asked from here, since waiting costs nothing; what costs is done in a thread that does not wait. Not all of many signatures are
 * looked at.
 */
export async function verifySender(
  mail: MailOrigin,
  { enabled, lookup = systemDns(), timeMs = patienceMs, check = checkSignaturesApart }: VerifyOptions,
): Promise<SenderVerdict> {
  if (!enabled) {
    return unknown;
  }
  try {
    return await judge(mail, { lookup, timeMs, check });
  } catch {
    return unknown;
  }
}

type Means = Required<Pick<VerifyOptions, 'lookup' | 'timeMs' | 'check'>>;

async function judge(origin: MailOrigin, means: Means): Promise<SenderVerdict> {
  const authors = await authorHosts(origin.raw);
  const found = await evidence(origin, authors[0] ?? '', means);
  if (!found) {
    return unknown;
  }
  const { checks, domain } = found;
  if (checks.dmarc === 'pass') {
    return { verdict: isSameAuthor(authors, domain) ? 'pass' : 'none', checks };
  }
  return { verdict: checks.dmarc === 'fail' ? 'fail' : 'none', checks };
}

/** What a verifier finds, and the domain that it took for the author's; null for a mail that nobody looks into. */
async function evidence(
  origin: MailOrigin,
  host: string,
  { lookup, timeMs, check }: Means,
): Promise<{ checks: SenderChecks; domain: string } | null> {
  const mail = withFewSignatures(origin.raw, host);
  if (!mail) {
    return null;
  }
  const names = keyNames(mail.head);
  const [keys, spf] = await within(timeMs, Promise.all([askAll(names, lookup), askSpf(origin, lookup)]));
  // Without a signature only the head is read.
  const found = await check({ raw: names.length > 0 ? origin.raw : mail.head, host, keys });
  if (!found) {
    return null;
  }
  const dmarc = await within(timeMs, askDmarc(found, spf, lookup));
  // Half of the evidence is missing where the sending server is not known: that is no reason to call anybody a forger.
  const isHalf = origin.remoteAddress === null && resultOf(dmarc) === 'fail';
  const checks: SenderChecks = {
    spf: resultOf(spf),
    dkim: strongest(found.signatures.map(({ result }) => result)),
    dmarc: isHalf ? 'none' : resultOf(dmarc),
    by: 'peyk',
  };
  return { checks, domain: dmarc ? (dmarc.domain ?? '') : '' };
}

async function askAll(names: string[], lookup: DnsLookup): Promise<Record<string, DnsAnswer>> {
  const answers = names.map((name) =>
    lookup(name, 'TXT').then(
      (records): [string, DnsAnswer] => [name, { records }],
      (error: unknown): [string, DnsAnswer] => [name, { code: codeOf(error) }],
    ),
  );
  return Object.fromEntries(await Promise.all(answers));
}

async function askSpf({ envelopeFrom, remoteAddress, helo }: MailOrigin, lookup: DnsLookup) {
  if (remoteAddress === null) {
    return false;
  }
  const { spf } = await import('mailauth');
  const name = helo === '' ? remoteAddress : helo;
  return spf({
    ip: remoteAddress,
    helo: isIP(name) === 0 ? name : `[${name}]`,
    sender: envelopeFrom,
    mta: 'peyk',
    resolver: lookup,
  });
}

async function askDmarc(
  { authors, fromFields, signatures }: SignatureFindings,
  spf: Awaited<ReturnType<typeof askSpf>>,
  lookup: DnsLookup,
) {
  const { dmarc } = await import('mailauth');
  return dmarc({
    headerFrom: authors,
    fromFields,
    spfDomains: spf && spf.status.result === 'pass' && spf.domain ? [spf.domain] : [],
    dkimDomains: signatures
      .filter(({ result }) => result === 'pass')
      .map(({ underSized, ...signature }) => ({ ...signature, ...(underSized !== undefined && { underSized }) })),
    resolver: lookup,
  });
}

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : 'ESERVFAIL';
}

/** Rejects when the answers of DNS are too slow. */
async function within<T>(ms: number, answers: Promise<T>): Promise<T> {
  const timer: { end?: NodeJS.Timeout } = {};
  const tooLate = new Promise<never>((_, reject) => {
    timer.end = setTimeout(() => reject(new Error('DNS was too slow.')), ms);
  });
  try {
    return await Promise.race([answers, tooLate]);
  } catch (error) {
    answers.catch(() => undefined);
    throw error;
  } finally {
    clearTimeout(timer.end);
  }
}

function resultOf(check: { status: { result: string } } | false): string {
  return check ? check.status.result : 'none';
}

/** A mail may bear several signatures: one that holds is enough. */
function strongest(results: string[]): string {
  return results.includes('pass') ? 'pass' : (results[0] ?? 'none');
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
