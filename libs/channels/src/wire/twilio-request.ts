import { ForgedWebhook, type WebhookRequest } from '../channel-adapter.js';
import { readForm } from './request-fields.js';

/** What proves a webhook to be Twilio's. Two tokens are valid while one replaces the other. */
export interface TwilioProof {
  publicUrl: string | null;
  accountSid: string;
  authTokens: (string | undefined)[];
}

/** The empty TwiML document: nothing to say, the answer goes out through the outbox. */
export const emptyTwiml = {
  status: 200,
  contentType: 'text/xml; charset=utf-8',
  body: '<?xml version="1.0" encoding="UTF-8"?><Response/>',
};

/**
 * Reads a Twilio webhook once it is proven.
 *
 * The signature covers the URL as Twilio knows it, so the URL is built from the configured public address and never from the
 * Host header. A proven request of another Twilio account is still not ours.
 */
export async function readTwilioRequest(request: WebhookRequest, proof: TwilioProof): Promise<Record<string, string>> {
  if (proof.publicUrl === null) {
    throw new ForgedWebhook('Without a public address no signature of Twilio can be checked.');
  }
  const form = readForm(request.body);
  if (!(await isSigned(request, proof.publicUrl + request.originalUrl, form, proof.authTokens))) {
    throw new ForgedWebhook('The signature is not Twilio’s.');
  }
  const params = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, [value].flat()[0] ?? '']));
  if (params['AccountSid'] !== proof.accountSid) {
    throw new ForgedWebhook('The request is of another Twilio account.');
  }
  return params;
}

async function isSigned(
  request: WebhookRequest,
  url: string,
  form: Record<string, string | string[]>,
  tokens: (string | undefined)[],
): Promise<boolean> {
  const signature = request.headers['x-twilio-signature'] ?? '';
  const { checkTwilioSignature } = await import('./twilio-signature.js');
  const body = Buffer.from(request.body).toString('utf8');
  return tokens.some((token) => token !== undefined && checkTwilioSignature(token, signature, { url, form, body }));
}

/** The Authorization header of Twilio's REST API. */
export function basicAuth(accountSid: string, authToken: string): string {
  return `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
}

/** Hosts that Twilio's own file links lead to, behind the API and its redirects. */
const twilioHosts = /(^|\.)(twilio\.com|twiliocdn\.com|amazonaws\.com)$/;

/** True when a file lies with Twilio: under the account's base URL, or over https at one of Twilio's hosts. */
export function isTwilioFile(url: URL, baseUrl: string): boolean {
  return url.origin === new URL(baseUrl).origin || (url.protocol === 'https:' && twilioHosts.test(url.hostname));
}
