import type { SenderChecks } from '../message.js';
import type { SenderVerdict } from './verify-sender.js';

const methods = ['spf', 'dkim', 'dmarc'] as const;
const result = /^(?:none|pass|fail|softfail|neutral|policy|temperror|permerror|bestguesspass|hardfail)$/u;
/** A method with its result at the start of one statement, and the From domain that a DMARC statement is about. */
const statement = /^([a-z-]{1,20})(?:\s*\/\s*\d+)?\s*=\s*([a-z]{1,20})(?=\s|$)/u;
const headerFrom = /(?:^|\s)header\.from\s*=\s*(\S{1,253})/gu;

/**
 * What the server that keeps a mailbox found out about a mail's sender (RFC 8601). Only the topmost field under the configured name
 * counts: that server writes above whatever came with the mail, and everything below may be the sender's own invention. Null when
 * it wrote none. `fields` are the mail's Authentication-Results, the first one on top; `domain` is that of the From address.
 */
export function readAuthenticationResults(
  fields: readonly string[],
  { server, domain }: { server: string; domain: string },
): SenderVerdict | null {
  const written = fields
    .map((field) => readField(field.toLowerCase()))
    .find(({ texts: [id = ''] }) => nameOf(id) === server);
  if (!written || server === '') {
    return null;
  }
  const checks: SenderChecks = { spf: 'none', dkim: 'none', dmarc: 'none', by: 'server' };
  // Where it is unclear what is quoted, the sender may have written any part of it.
  const statements = written.isSound ? written.texts.slice(1).map((text) => text.trim()) : [];
  for (const method of methods) {
    checks[method] = summary(method, resultsOf(statements, method));
  }
  return { verdict: verdictOf(checks.dmarc, statements, domain), checks };
}

function resultsOf(statements: string[], method: string): string[] {
  return statements.flatMap((text) => {
    const [, named, found = ''] = statement.exec(text) ?? [];
    return named === method ? [result.test(found) ? found : 'none'] : [];
  });
}

/** A mail may bear several signatures, and one that holds is enough. The domain's own word must not contradict itself. */
function summary(method: string, results: string[]): string {
  const doubt = results.find((found) => found !== 'pass');
  const isPass = method === 'dmarc' ? doubt === undefined && results.length > 0 : results.includes('pass');
  return isPass ? 'pass' : (doubt ?? 'none');
}

/** A statement about another domain than the one that is shown, or about none, says nothing about this sender. */
function verdictOf(dmarc: string, statements: string[], domain: string): SenderVerdict['verdict'] {
  if (dmarc !== 'pass') {
    return dmarc === 'fail' ? 'fail' : 'none';
  }
  const isAboutSender = statements
    .filter((text) => statement.exec(text)?.[1] === 'dmarc')
    .every((text) => {
      const hosts = [...text.matchAll(headerFrom)].map(([, host]) => host);
      return hosts.length > 0 && hosts.every((host) => host === domain);
    });
  return isAboutSender && domain !== '' ? 'pass' : 'none';
}

/** The server's name, without the version that may follow it. */
function nameOf(id: string): string {
  return id.trim().split(/\s/u, 1)[0] ?? '';
}

/** The statements of a field. It is not sound when a quotation begins within a word, goes on after its end, or has none. */
interface AuthField {
  texts: string[];
  isSound: boolean;
}

/**
 * Takes a field apart at its semicolons. A comment, which may nest and may hold anything, is a blank; what is quoted, which may be the
 * sender's own words, becomes one word that holds neither blanks nor signs with a meaning.
 */
function readField(field: string): AuthField {
  const texts = [''];
  let isSound = true;
  for (let at = 0; at < field.length; at++) {
    const sign = field[at] ?? '';
    let piece = sign;
    if (sign === ';') {
      texts.push('');
      continue;
    }
    if (sign === '(') {
      at = commentEnd(field, at);
      piece = ' ';
    } else if (sign === '"') {
      const end = quotationEnd(field, at);
      isSound &&= end < field.length && isApart(field, at, end);
      piece = field.slice(at + 1, end).replaceAll(/[^a-z0-9.@_+-]/gu, '_');
      at = end;
    }
    texts.push((texts.pop() ?? '') + piece);
  }
  return { texts, isSound };
}

/** Where the comment ends that begins at `at`; an open one reaches to the end. */
function commentEnd(field: string, at: number): number {
  let depth = 0;
  for (let here = at; here < field.length; here++) {
    const sign = field[here];
    depth += sign === '(' ? 1 : sign === ')' ? -1 : 0;
    if (depth === 0) {
      return here;
    }
    here += sign === '\\' ? 1 : 0;
  }
  return field.length;
}

function quotationEnd(field: string, at: number): number {
  let end = at + 1;
  while (end < field.length && field[end] !== '"') {
    end += field[end] === '\\' ? 2 : 1;
  }
  return end;
}

/** A value is quoted from its first sign on; only the domain of an address may follow. */
function isApart(field: string, at: number, end: number): boolean {
  return /^$|[\s=;)]/u.test(field[at - 1] ?? '') && /^$|[\s;@(]/u.test(field[end + 1] ?? '');
}
