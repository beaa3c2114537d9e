import { invalid } from '../../platform/errors/api-error.js';
import { faultOfAddress } from './connector-address.js';
import type { ChangeConnectorDto } from './connectors.dto.js';

const headerName = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,80}$/;
const headerValue = /^[\t\x20-\x7e]{0,4000}$/;
/** They say how the exchange itself is made, which is not a connector's to choose. */
const ownHeaders = new Set(['host', 'content-length', 'transfer-encoding', 'connection', 'upgrade', 'content-type']);

/** What a change writes into title, method, url, headers, timeout_ms and mapping; null leaves what is there. */
export function columnsOf({ title, method, url, headers, timeoutMs, mapping }: ChangeConnectorDto): unknown[] {
  if (url !== undefined) {
    checkAddress(url);
  }
  const shown = headers && JSON.stringify(readHeaders(headers, 'headers'));
  return [title, method, url?.trim(), shown, timeoutMs, mapping && JSON.stringify(mapping)].map(
    (value) => value ?? null,
  );
}

/** A connector keeps its key. Another host is told each secret anew or that it goes: else whoever may change an address could have them sent elsewhere. */
export function refuseMove(
  { key, names, url }: { key: string; names: string[]; url: string },
  { key: name = key, url: wanted, secrets = {} }: ChangeConnectorDto,
): void {
  if (name !== key) {
    throw invalid('key', 'Scripts name this connector so. Make another one for another name.', 'fixed');
  }
  const moves = wanted !== undefined && hostOf(wanted) !== hostOf(url);
  if (moves && names.some((secret) => !Object.hasOwn(secrets, secret))) {
    throw invalid('secrets', 'The address leads to another host. Give the secret headers anew.', 'secrets_needed');
  }
}

function hostOf(url: string): string {
  const { protocol = '', host = '' } = URL.parse(url.trim()) ?? {};
  return `${protocol}${host}`;
}

export function checkAddress(written: string): void {
  const fault = faultOfAddress(written.trim());
  if (fault === 'scheme') {
    throw invalid('url', 'Give an address that begins with https:// or http://.');
  }
  if (fault === 'credentials') {
    throw invalid(
      'url',
      'An address with a user name or password in it would show them. Put them into a secret header.',
    );
  }
  if (fault === 'host') {
    throw invalid('url', 'An argument cannot be the host: customers would choose where the lookup goes.');
  }
}

export function readHeaders(written: Record<string, unknown>, field: string): Record<string, string> {
  const headers = Object.entries(written);
  if (headers.length > 20) {
    throw invalid(field, 'There can be 20 headers.');
  }
  for (const [name, value] of headers) {
    if (!headerName.test(name) || ownHeaders.has(name.toLowerCase())) {
      throw invalid(`${field}.${name}`, 'This cannot be the name of a header here.');
    }
    if (typeof value !== 'string' || !headerValue.test(value)) {
      throw invalid(`${field}.${name}`, 'A header holds English letters, digits and signs on one line.');
    }
  }
  return Object.fromEntries(headers) as Record<string, string>;
}
