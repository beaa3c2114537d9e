import type { Sent } from '../../channel-adapter.js';

/** How a mail ended well. Some servers replace the Message-ID; answers then name theirs. */
export interface SentMail extends Sent {
  /** Message-IDs with angle brackets under which its recipients may know the mail besides our own. */
  otherIds: string[];
}

const inBrackets = /<[^<>\s@]{1,200}@[^<>\s@]{1,200}>/gu;
const amazonId = /\b[0-9a-f]{16}-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}-\d{6}\b/iu;
const amazonHost = /(?:^|\.)email-smtp(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com$/u;

/**
 * The Message-IDs that a server's last answer tells of: Microsoft 365 gives its own in brackets, Amazon SES the left part of one. A
 * queue number (Postfix, SendGrid) is no id that anybody will answer to.
 */
export function idsInAnswer(answer: string, host: string, own: string): string[] {
  const named = answer.slice(0, 2_000).match(inBrackets) ?? [];
  const amazon = amazonId.exec(answer)?.[0];
  const region = amazonHost.exec(host.toLowerCase())?.[1];
  const amazonDomain = region === 'us-east-1' ? 'email' : region;
  const rebuilt =
    amazon !== undefined && amazonDomain !== undefined ? [`<${amazon}@${amazonDomain}.amazonses.com>`] : [];
  return [...new Set([...named, ...rebuilt])].filter((id) => id !== own).slice(0, 5);
}

/** The other ids of what was just sent; none for a channel that has no such thing. */
export function otherIdsOf(sent: Sent): string[] {
  return 'otherIds' in sent && Array.isArray(sent.otherIds) ? (sent.otherIds as string[]) : [];
}
