// The SDK's whole index costs tens of megabytes; its signature check is one file without dependencies.
import webhooks from 'twilio/lib/webhooks/webhooks.js';

/** A request as Twilio signed it: its public URL, and its body as text and as form fields. */
export interface SignedRequest {
  url: string;
  form: Record<string, string | string[]>;
  body: string;
}

/** True when `signature` was made with `authToken`. JSON requests are signed through a hash of their body in the URL. */
export function checkTwilioSignature(authToken: string, signature: string, request: SignedRequest): boolean {
  if (authToken === '' || !URL.canParse(request.url)) {
    return false;
  }
  return new URL(request.url).searchParams.has('bodySHA256')
    ? webhooks.validateRequestWithBody(authToken, signature, request.url, request.body)
    : webhooks.validateRequest(authToken, signature, request.url, request.form);
}
