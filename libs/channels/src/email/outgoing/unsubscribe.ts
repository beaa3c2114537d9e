import { createHmac, timingSafeEqual } from 'node:crypto';
import { isLoopback } from '../is-loopback.js';

/** Who leaves which list. A list is what a kind of bulk mail is called, e.g. `csat` or a campaign's id. */
export interface Unsubscription {
  channelId: string;
  list: string;
  address: string;
}

const macBytes = 16;
const longestToken = 1_000;

/** The token of an unsubscribe address. It lasts: laws ask that the link of an old mail still works. */
export function signUnsubscribe({ channelId, list, address }: Unsubscription, key: Uint8Array): string {
  const content = Buffer.from(JSON.stringify([channelId, list, address]));
  return Buffer.concat([mac(content, key), content]).toString('base64url');
}

/** What a token says, or null for one that we did not make. */
export function readUnsubscribe(token: string, key: Uint8Array): Unsubscription | null {
  if (token.length > longestToken || !/^[\w-]+$/u.test(token)) {
    return null;
  }
  const bytes = Buffer.from(token, 'base64url');
  const content = bytes.subarray(macBytes);
  if (bytes.length <= macBytes || !timingSafeEqual(bytes.subarray(0, macBytes), mac(content, key))) {
    return null;
  }
  const [channelId, list, address] = JSON.parse(content.toString()) as [string, string, string];
  return { channelId, list, address };
}

/** The headers of bulk mail by RFC 8058: mail programs then show a button of their own. Only an https address counts, or one of this machine. */
export function unsubscribeHeaders(url: string | null | undefined): Record<string, string> {
  return url !== null && url !== undefined && isSafe(url)
    ? { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
    : {};
}

function isSafe(url: string): boolean {
  if (!/^https?:\/\/[^\s<>]{1,1500}$/u.test(url) || !URL.canParse(url)) {
    return false;
  }
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || isLoopback(hostname.replace(/^\[|\]$/gu, ''));
}

function mac(content: Uint8Array, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update('peyk unsubscribe\0').update(content).digest().subarray(0, macBytes);
}
