import type { SenderChecks } from '../message.js';
import type { SenderVerdict } from './verify-sender.js';

const methods = ['spf', 'dkim', 'dmarc'] as const;
const result = /^(?:none|pass|fail|softfail|neutral|policy|temperror|permerror|bestguesspass|hardfail)$/u;
/** A method with its result at the start of one statement, and the From domain that a DMARC statement is about. */
const statement = /^([a-z-]{1,20})(?:\s*\/\s*\d+)?\s*=\s*([a-z]{1,20})/u;
const headerFrom = /\bheader\.from\s*=\s*"?([^\s;"]{1,253})/u;

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
    .map((field) => withoutComments(field).toLowerCase().split(';'))
    .find(([id = '']) => nameOf(id) === server);
  if (!written || server === '') {
    return null;
  }
  const statements = written.slice(1).map((text) => text.trim());
  const checks: SenderChecks = { spf: 'none', dkim: 'none', dmarc: 'none', by: 'server' };
  for (const method of methods) {
    checks[method] = strongest(statements, method);
  }
  return { verdict: verdictOf(checks.dmarc, statements, domain), checks };
}

/** A mail may bear several signatures: one that holds is enough. */
function strongest(statements: string[], method: string): string {
  const results = statements.flatMap((text) => {
    const [, named, found = ''] = statement.exec(text) ?? [];
    return named === method && result.test(found) ? [found] : [];
  });
  return results.includes('pass') ? 'pass' : (results[0] ?? 'none');
}

/** A statement about another domain than the one that is shown says nothing about this sender. */
function verdictOf(dmarc: string, statements: string[], domain: string): SenderVerdict['verdict'] {
  const about = statements
    .filter((text) => text.startsWith('dmarc'))
    .flatMap((text) => headerFrom.exec(text)?.[1] ?? []);
  const isAboutSender = about.every((host) => host === domain || domain.endsWith(`.${host}`));
  if (dmarc === 'pass') {
    return isAboutSender && domain !== '' ? 'pass' : 'none';
  }
  return dmarc === 'fail' ? 'fail' : 'none';
}

/** The server's name, without the version that may follow it. */
function nameOf(id: string): string {
  return id.trim().split(/\s/u, 1)[0]?.replaceAll('"', '') ?? '';
}

/** Comments may nest and may hold anything, also what looks like a result. An open one reaches to the end. */
function withoutComments(field: string): string {
  let depth = 0;
  let kept = '';
  for (let at = 0; at < field.length; at++) {
    const sign = field[at] ?? '';
    if (sign === '\\' && depth > 0) {
      at += 1;
    } else if (sign === '(') {
      depth += 1;
    } else if (sign === ')' && depth > 0) {
      depth -= 1;
    } else if (depth === 0) {
      kept += sign;
    }
  }
  return kept;
}
