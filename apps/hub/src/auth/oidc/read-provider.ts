import { domainToASCII } from 'node:url';
import { invalid } from '../../platform/errors/api-error.js';
import { isLoopback } from './own-address.js';

const document = '/.well-known/openid-configuration';

/** Where a provider is, as its documents write it. Whoever pastes the address of those documents means the same. Throws ApiError. */
export function readIssuer(written: string): string {
  const text = written.trim();
  const issuer = text.endsWith(document) ? text.slice(0, -document.length) : text;
  const url = URL.parse(issuer);
  if (!url || !isSafe(url)) {
    throw invalid('issuer', 'Give an address that begins with https://. Plain http is for this machine alone.');
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw invalid('issuer', 'Give the address alone, without user names, questions or anchors.');
  }
  return issuer;
}

function isSafe(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}

/** Without `openid` nobody is signed in. */
export function readScopes(written: string[]): string[] {
  return [...new Set(['openid', ...written])];
}

/** Domains as addresses are compared. Throws ApiError. */
export function readDomains(written: string[]): string[] {
  return [...new Set(written.map(readDomain))];
}

function readDomain(written: string): string {
  const domain = domainToASCII(written.trim().replace(/^@/, '')).toLowerCase();
  if (!/^[\da-z-]+(?:\.[\da-z-]+)+$/.test(domain)) {
    throw invalid('emailDomains', 'Write domains as in example.com, without what stands before the @.');
  }
  return domain;
}
