import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { dkimName, dkimRecord } from './outgoing/dkim.js';
import { outgoingOf, type OutgoingSettings } from './outgoing/outgoing-settings.js';

/** Questions to DNS. A name that has nothing answers an empty list; a question that could not be asked rejects. */
export interface DnsQuestions {
  txt(name: string): Promise<string[]>;
  mx(name: string): Promise<{ exchange: string; priority: number }[]>;
  cname(name: string): Promise<string[]>;
}

export type DnsPurpose = 'spf' | 'dkim' | 'dmarc' | 'mx' | 'return_path';

/** A record that an administrator publishes, and what DNS says of it now. */
export interface DnsRecord {
  purpose: DnsPurpose;
  name: string;
  type: 'TXT' | 'MX' | 'CNAME';
  /** To copy as it is; '' while nobody can say, e.g. before there is a signing key. */
  value: string;
  /** `unknown`: DNS could not be asked, or there is nothing to compare with. */
  status: 'ok' | 'missing' | 'different' | 'unknown';
  /** The records of that kind that DNS has. */
  found: string[];
}

/** What the page is made from. */
export interface DnsSubject {
  address: string;
  smtpHost: string;
  outgoing?: OutgoingSettings | undefined;
  dkimPrivateKey?: string | undefined;
  /** Where this hub receives mail itself; null when it does not or has no name. */
  receiverHost: string | null;
}

interface Provider {
  host: RegExp;
  spf: string;
  mx: (domain: string) => string | null;
}

/** Providers who say in public what their customers publish. */
const providers: Provider[] = [
  { host: /(?:^|\.)(?:gmail|google|googlemail)\.com$/u, spf: 'include:_spf.google.com', mx: () => '1 smtp.google.com' },
  {
    host: /(?:^|\.)(?:office365|outlook)\.com$/u,
    spf: 'include:spf.protection.outlook.com',
    mx: (domain) => `0 ${domain.replaceAll('.', '-')}.mail.protection.outlook.com`,
  },
  { host: /\.amazonaws\.com$/u, spf: 'include:amazonses.com', mx: () => null },
  { host: /(?:^|\.)sendgrid\.net$/u, spf: 'include:sendgrid.net', mx: () => null },
  { host: /(?:^|\.)mailgun\.org$/u, spf: 'include:mailgun.org', mx: () => null },
  { host: /(?:^|\.)zoho\.(?:com|eu|in)$/u, spf: 'include:zohomail.com', mx: () => '10 mx.zoho.com' },
  {
    host: /(?:^|\.)fastmail\.com$/u,
    spf: 'include:spf.messagingengine.com',
    mx: () => '10 in1-smtp.messagingengine.com',
  },
];

/**
 * The records for an account's domain, each compared with what DNS has. It never rejects: a name server that does not answer makes
 * a record `unknown`.
 */
export async function checkDnsRecords(subject: DnsSubject, dns: DnsQuestions): Promise<DnsRecord[]> {
  const domain = subject.address.slice(subject.address.lastIndexOf('@') + 1);
  const provider = providers.find(({ host }) => host.test(subject.smtpHost.toLowerCase()));
  const { returnPath } = outgoingOf(subject);
  const mailServers = mx(domain, subject, provider, dns);
  return Promise.all([
    spf(domain, subject, provider, dns),
    dkim(domain, subject, dns),
    dmarc(domain, dns),
    mailServers,
    // Without a name that the provider asks for, bounces come back to the address itself.
    returnPath
      ? returnPathRecord(returnPath, dns)
      : mailServers.then((record) => ({ ...record, purpose: 'return_path' as const })),
  ]);
}

/** Asks the system's name servers, each question for at most `timeMs`. */
export function systemDnsQuestions(timeMs = 3_000): DnsQuestions {
  const resolver = new Resolver({ timeout: Math.ceil(timeMs / 2), tries: 2 });
  return {
    txt: async (name) => (await orNothing(resolver.resolveTxt(name))).map((parts) => parts.join('')),
    mx: (name) => orNothing(resolver.resolveMx(name)),
    cname: (name) => orNothing(resolver.resolveCname(name)),
  };
}

async function orNothing<T>(answer: Promise<T[]>): Promise<T[]> {
  try {
    return await answer;
  } catch (error) {
    if (/^(?:ENOTFOUND|ENODATA)$/u.test(String((error as NodeJS.ErrnoException).code))) {
      return [];
    }
    throw error;
  }
}

async function spf(
  domain: string,
  subject: DnsSubject,
  provider: Provider | undefined,
  dns: DnsQuestions,
): Promise<DnsRecord> {
  const wanted = (outgoingOf(subject).spf.trim() || (provider?.spf ?? mechanismOf(subject.smtpHost))).split(/ +/u);
  const found = await ask(() => dns.txt(domain), /^v=spf1(?: |$)/iu);
  const [record] = found ?? [];
  const terms = new Set(record?.toLowerCase().split(/\s+/u) ?? []);
  const isThere = wanted.every((term) => terms.has(term.toLowerCase()));
  return {
    purpose: 'spf',
    name: domain,
    type: 'TXT',
    value: mergedSpf(record, wanted),
    status: statusOf(found, isThere && found?.length === 1),
    found: found ?? [],
  };
}

/** A server is named by its name, or by its address where it has no other. */
function mechanismOf(host: string): string {
  const version = isIP(host.replaceAll(/[[\]]/gu, ''));
  return version === 0 ? `a:${host}` : `ip${version}:${host.replaceAll(/[[\]]/gu, '')}`;
}

/** One domain has one SPF record, so what is missing goes into the one that is there, before its `all`. */
function mergedSpf(record: string | undefined, wanted: string[]): string {
  if (record === undefined) {
    return ['v=spf1', ...wanted, '~all'].join(' ');
  }
  const terms = record.trim().split(/\s+/u);
  const known = new Set(terms.map((term) => term.toLowerCase()));
  const missing = wanted.filter((term) => !known.has(term.toLowerCase()));
  const end = terms.findIndex((term) => /^(?:[+~?-]?all$|redirect=)/iu.test(term));
  const at = end === -1 ? terms.length : end;
  return [...terms.slice(0, at), ...missing, ...terms.slice(at)].join(' ');
}

async function dkim(domain: string, subject: DnsSubject, dns: DnsQuestions): Promise<DnsRecord> {
  const settings = outgoingOf(subject).dkim ?? { selector: 'peyk', domain: null };
  const name = dkimName(settings.selector, settings.domain ?? domain);
  const value = subject.dkimPrivateKey ? dkimRecord(subject.dkimPrivateKey) : '';
  const answers = await ask(() => dns.txt(name), /(?:^|;)\s*p=/u);
  const found = answers ?? [];
  const isSame = found.length === 1 && found.map(publishedKey)[0] === publishedKey(value);
  const status = value === '' ? 'unknown' : statusOf(answers, isSame);
  return { purpose: 'dkim', name, type: 'TXT', value, status, found };
}

/** The key of a record, without the spaces that long records are cut at. */
function publishedKey(record: string): string {
  return /(?:^|;)\s*p=([^;]*)/u.exec(record)?.[1]?.replace(/\s+/gu, '') ?? '';
}

/** A subdomain without a record of its own is under its parent's. */
async function dmarc(domain: string, dns: DnsQuestions): Promise<DnsRecord> {
  const parent = domain.split('.').length > 2 ? domain.slice(domain.indexOf('.') + 1) : null;
  const shape = /^v=DMARC1(?:;|\s|$)/iu;
  const own = await ask(() => dns.txt(`_dmarc.${domain}`), shape);
  const found = own?.length === 0 && parent !== null ? await ask(() => dns.txt(`_dmarc.${parent}`), shape) : own;
  const isSound = found?.length === 1 && /;\s*p=(?:none|quarantine|reject)\b/iu.test(found[0] ?? '');
  return {
    purpose: 'dmarc',
    name: `_dmarc.${domain}`,
    type: 'TXT',
    value: `v=DMARC1; p=none; rua=mailto:postmaster@${domain}`,
    status: statusOf(found, isSound),
    found: found ?? [],
  };
}

/** Mail that nobody guides to us still reaches a mailbox that we may read, so without a name of our own any server will do. */
async function mx(
  domain: string,
  { receiverHost }: DnsSubject,
  provider: Provider | undefined,
  dns: DnsQuestions,
): Promise<DnsRecord> {
  const value = receiverHost === null ? (provider?.mx(domain) ?? '') : `10 ${receiverHost}`;
  const answers = await ask(async () =>
    (await dns.mx(domain)).map(({ exchange, priority }) => `${priority} ${exchange.toLowerCase().replace(/\.$/u, '')}`),
  );
  const wanted = value.split(' ')[1];
  const isThere = wanted === undefined || (answers ?? []).some((answer) => answer.split(' ')[1] === wanted);
  return { purpose: 'mx', name: domain, type: 'MX', value, status: statusOf(answers, isThere), found: answers ?? [] };
}

async function returnPathRecord(
  { host, target }: NonNullable<OutgoingSettings['returnPath']>,
  dns: DnsQuestions,
): Promise<DnsRecord> {
  const found = await ask(async () => (await dns.cname(host)).map((name) => name.toLowerCase().replace(/\.$/u, '')));
  return {
    purpose: 'return_path',
    name: host,
    type: 'CNAME',
    value: target,
    status: statusOf(found, found?.includes(target) === true),
    found: found ?? [],
  };
}

/** What DNS has that fits; null when it could not be asked. */
async function ask(question: () => Promise<string[]>, fits = /(?:)/u): Promise<string[] | null> {
  try {
    return (await question()).filter((answer) => fits.test(answer.trim()));
  } catch {
    return null;
  }
}

function statusOf(found: string[] | null, isRight: boolean): DnsRecord['status'] {
  if (found === null) {
    return 'unknown';
  }
  if (found.length === 0) {
    return 'missing';
  }
  return isRight ? 'ok' : 'different';
}
