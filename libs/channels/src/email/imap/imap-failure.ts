import { ChannelError } from '../../channel-adapter.js';
import { errorOfRefusedAddress, refusedAddress } from '../../wire/sending-errors.js';
import { withoutSecrets } from '../smtp-failure.js';

/** What an error of the IMAP client tells, read carefully because anything may be thrown. */
interface ImapError {
  code: string;
  serverCode: string;
  text: string;
  authenticationFailed: boolean;
  tlsFailed: boolean;
}

const certificate = /^(?:CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|ERR_TLS_CERT|HOSTNAME_MISMATCH|ERR_SSL)/u;
/** Response codes by which a server says that signing in will work later (RFC 5530). */
const passing = new Set(['UNAVAILABLE', 'INUSE', 'LIMIT', 'SERVERBUG']);

/** Says what an administrator can do about a mailbox that could not be read, and who tries again. */
export function imapFailure(cause: unknown, secrets: string[]): ChannelError {
  if (cause instanceof ChannelError) {
    return cause;
  }
  const error = readError(cause);
  if (error.code === refusedAddress) {
    return errorOfRefusedAddress();
  }
  const text = withoutSecrets(error.text, secrets);
  const code = adminCode(error);
  return code === null
    ? new ChannelError('unreachable', `The mailbox cannot be reached: ${text}`, { retry: 'soon', cause })
    : new ChannelError(code, text, { retry: 'after-reconnect', cause });
}

/** Why only new settings help; null when time may. */
function adminCode({ code, serverCode, tlsFailed, authenticationFailed }: ImapError): string | null {
  if (tlsFailed || certificate.test(code)) {
    return 'insecure';
  }
  return authenticationFailed && !passing.has(serverCode) ? 'unauthorised' : null;
}

function readError(cause: unknown): ImapError {
  const from: Record<string, unknown> = typeof cause === 'object' && cause !== null ? { ...cause } : {};
  const text = (key: string) => (typeof from[key] === 'string' ? from[key] : '');
  return {
    code: text('code'),
    serverCode: text('serverResponseCode'),
    text:
      text('responseText') ||
      text('reason') ||
      (cause instanceof Error && cause.message !== '' ? cause.message : 'no reason was given'),
    authenticationFailed: from['authenticationFailed'] === true,
    tlsFailed: from['tlsFailed'] === true,
  };
}
