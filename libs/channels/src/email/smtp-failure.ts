import { ChannelError } from '../channel-adapter.js';
import { errorOfRefusedAddress, refusedAddress } from '../wire/sending-errors.js';

/** What nodemailer tells about a mail that did not go, read carefully because anything may be thrown. */
interface SmtpError {
  code: string;
  originalCode: string;
  responseCode: number;
  text: string;
}

const signInRefused = new Set([530, 534, 535, 538]);
const wrongSettings = new Set(['EAUTH', 'ENOAUTH', 'EOAUTH2', 'ETLS', 'ECONFIG', 'EPROXY']);
const certificate = /^(?:CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|ERR_TLS_CERT|HOSTNAME_MISMATCH)/u;
const longestReply = 300;

/**
 * Says who may try a failed mail again.
 *
 * An answer of the server is an answer: 4xx later, 5xx never, and neither is in doubt. Without one it matters whether the whole
 * mail had been handed over: then the server may have taken it, and only the answer was lost.
 */
export function smtpFailure(cause: unknown, handedOver: boolean, secrets: string[]): ChannelError {
  const error = readError(cause);
  if (error.code === refusedAddress) {
    return errorOfRefusedAddress();
  }
  const message = withoutSecrets(error.text, secrets);
  if (isForAdmin(error)) {
    return new ChannelError(adminCode(error), message, { retry: 'after-reconnect' });
  }
  if (error.responseCode >= 400) {
    return error.responseCode >= 500
      ? new ChannelError('refused', message, { retry: 'never' })
      : new ChannelError('deferred', message, { retry: 'soon' });
  }
  if (error.code === 'EENVELOPE' || error.code === 'EMESSAGE') {
    return new ChannelError('unsendable', message, { retry: 'never' });
  }
  return new ChannelError(handedOver ? 'unconfirmed' : 'unreachable', message, { retry: 'soon', doubtful: handedOver });
}

/** The server does not know us, or we do not trust it. Only new settings help; a passing trouble of its sign-in (4xx) does not count. */
function isForAdmin({ code, originalCode, responseCode }: SmtpError): boolean {
  if (responseCode >= 400 && responseCode < 500) {
    return false;
  }
  return signInRefused.has(responseCode) || wrongSettings.has(code) || certificate.test(originalCode);
}

function adminCode({ code, originalCode }: SmtpError): string {
  return code === 'ETLS' || certificate.test(originalCode) ? 'insecure' : 'unauthorised';
}

function readError(cause: unknown): SmtpError {
  const from: Record<string, unknown> = typeof cause === 'object' && cause !== null ? { ...cause } : {};
  const text = (key: string) => (typeof from[key] === 'string' ? from[key] : '');
  return {
    code: text('code'),
    originalCode: text('originalCode') || text('code'),
    responseCode: typeof from['responseCode'] === 'number' ? from['responseCode'] : 0,
    text: text('response') || (cause instanceof Error ? cause.message : 'The mail could not be sent.'),
  };
}

/** A server's words on one line, without what nobody may read. */
export function withoutSecrets(text: string, secrets: string[]): string {
  const hidden = secrets
    .filter((secret) => secret !== '')
    .reduce((told, secret) => told.replaceAll(secret, '•••'), text);
  return hidden
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .slice(0, longestReply)
    .trim();
}
