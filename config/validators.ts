import { isIP } from 'node:net';
import { ValidateBy } from 'class-validator';

/** 32 bytes written as base64 (with or without its padding) or as hex. */
export function parseSecretKey(text: string): Buffer | null {
  const isHex = /^[0-9a-f]{64}$/i.test(text);
  const bytes = isHex ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  const isBase64 = /^[A-Za-z0-9+/_-]{43}=?$/.test(text);
  return (isHex || isBase64) && bytes.length === 32 ? bytes : null;
}

export interface Endpoint {
  host: string;
  port: number;
}

/** `address:port`, `[v6]:port` or a bare port, which then means every address of this machine. */
export function parseEndpoint(text: string, defaultHost = '0.0.0.0'): Endpoint | null {
  const found = /^(?:(\[[0-9a-f:]+\]|[^:[\]\s]+):)?(\d{1,5})$/i.exec(text);
  const port = Number(found?.[2] ?? NaN);
  if (!found || port > 65535) {
    return null;
  }
  return { host: (found[1] ?? defaultHost).replace(/^\[|\]$/g, ''), port };
}

/** An address, or a CIDR of one. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  const fits = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
  return version !== 0 && fits && more.length === 0;
}

/** Splits a list that has commas between its items; blanks around them do not count. */
export function splitList(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}

function texts(name: string, isValid: (text: string) => boolean, rule: string): PropertyDecorator {
  const validate = (value: unknown): boolean => typeof value === 'string' && isValid(value);
  return ValidateBy({ name, validator: { validate, defaultMessage: (args) => `${args?.property ?? name} ${rule}` } });
}

export function IsEndpoint(): PropertyDecorator {
  return texts('isEndpoint', (text) => parseEndpoint(text) !== null, 'must be address:port, e.g. 127.0.0.1:2525');
}

export function IsNetworkList(): PropertyDecorator {
  const isList = (text: string): boolean => splitList(text).length > 0 && splitList(text).every(isNetwork);
  return texts('isNetworkList', isList, 'must list addresses or CIDRs with commas, e.g. 10.0.0.0/8,127.0.0.1');
}

/** A host, `*.` before one, or an origin. */
export function isPushHost(text: string): boolean {
  const url = text.includes('://') ? URL.parse(text) : null;
  const isOrigin = url !== null && /^https?:$/.test(url.protocol) && url.origin === text.replace(/\/$/, '');
  return isOrigin || /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(text);
}

export function IsHostList(): PropertyDecorator {
  const isList = (text: string): boolean => splitList(text).length > 0 && splitList(text).every(isPushHost);
  return texts(
    'isHostList',
    isList,
    'must list hosts or origins with commas, e.g. fcm.googleapis.com,*.push.example.org',
  );
}

export function IsSecretKeyList(): PropertyDecorator {
  const isList = (text: string): boolean =>
    splitList(text).length > 0 && splitList(text).every((key) => parseSecretKey(key) !== null);
  return texts('isSecretKeyList', isList, 'must be 32 random bytes as base64 or hex (openssl rand -base64 32)');
}
