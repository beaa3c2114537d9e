import { jsonReply, type LoopbackReply } from './loopback-server.js';

/** The parameters of POST Messages.json that Peyk may send; Twilio's own list is longer. */
const known = new Set(['To', 'From', 'MessagingServiceSid', 'Body', 'MediaUrl', 'StatusCallback']);

const e164 = /^\+[1-9]\d{6,14}$/;

/** Why Twilio would refuse this message; null when it would take it. Unknown parameters are refused too, to catch mistakes. */
export function objectionTo(form: URLSearchParams, contentType: string, optedOut: Set<string>): LoopbackReply | null {
  if (!contentType.startsWith('application/x-www-form-urlencoded')) {
    return twilioError(415, 20415, 'The content type is not supported');
  }
  const unknown = [...form.keys()].find((name) => !known.has(name));
  if (unknown !== undefined) {
    return twilioError(400, 20001, `Unknown parameter ${unknown}`);
  }
  return objectionToSender(form) ?? objectionToRecipient(form.get('To') ?? '', optedOut) ?? objectionToContent(form);
}

function objectionToSender(form: URLSearchParams): LoopbackReply | null {
  const isNamed = (form.get('From') ?? '') !== '' || /^MG[0-9a-f]{32}$/i.test(form.get('MessagingServiceSid') ?? '');
  return isNamed ? null : twilioError(400, 21603, "A 'From' phone number is required.");
}

function objectionToRecipient(to: string, optedOut: Set<string>): LoopbackReply | null {
  if (to === '') {
    return twilioError(400, 21604, "A 'To' phone number is required.");
  }
  if (!e164.test(to)) {
    return twilioError(400, 21211, `The 'To' number ${to} is not a valid phone number.`);
  }
  return optedOut.has(to) ? twilioError(400, 21610, 'Attempt to send to unsubscribed recipient') : null;
}

function objectionToContent(form: URLSearchParams): LoopbackReply | null {
  const body = form.get('Body') ?? '';
  if (body === '' && !form.has('MediaUrl')) {
    return twilioError(400, 21602, 'Message body is required.');
  }
  if (body.length > 1600) {
    return twilioError(400, 21617, 'The concatenated message body exceeds the 1600 character limit');
  }
  const callback = form.get('StatusCallback');
  const isBroken = callback !== null && !/^https?:\/\//.test(callback);
  return isBroken ? twilioError(400, 21609, `The 'StatusCallback' URL ${callback} is not a valid URL.`) : null;
}

export function twilioError(
  status: number,
  code: number,
  message: string,
  headers: Record<string, string> = {},
): LoopbackReply {
  const more_info = `https://www.twilio.com/docs/errors/${String(code)}`;
  return jsonReply(status, { code, message, more_info, status }, headers);
}
