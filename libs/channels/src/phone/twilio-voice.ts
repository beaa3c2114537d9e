import {
  type ChannelAccount,
  ChannelError,
  UnreadableWebhook,
  type WebhookReading,
  type WebhookRequest,
} from '../channel-adapter.js';
import { download } from '../wire/download.js';
import { basicAuth, emptyTwiml, isTwilioFile, readTwilioRequest } from '../wire/twilio-request.js';
import type { PhoneDriver, PhoneOptions } from './phone-driver.js';
import type { TwilioVoiceSettings } from './phone-settings.js';
import { recordingOf, ringingOf, statusOf, voicemailOf } from './twilio-call-events.js';
import { twiml } from './twiml/render-twiml.js';
import type { XmlElement } from './twiml/xml.js';

type Account = ChannelAccount<TwilioVoiceSettings>;

const standing = 'Thank you for calling. We have noted your call and will call you back.';

/** Calls over Twilio Voice: a static answer to callers with whom Peyk does not speak itself, and each call's life as events. */
export function createTwilioVoice(options: PhoneOptions): PhoneDriver<TwilioVoiceSettings> {
  const now = options.now ?? (() => new Date());
  return {
    receive: (request, account) => readWebhook(request, account, now),
    fetch: (reference, { settings }, limitBytes) =>
      download({
        url: reference,
        headers: { authorization: authOf(settings) },
        limitBytes,
        mayFetch: (url) => isTwilioFile(url, settings.baseUrl),
        agentFor: options.agentFor,
      }),
  };
}

async function readWebhook(request: WebhookRequest, account: Account, now: () => Date): Promise<WebhookReading> {
  const { accountSid, authToken, previousAuthToken } = account.settings;
  const params = await readTwilioRequest(request, {
    publicUrl: account.publicUrl,
    accountSid,
    authTokens: [authToken, previousAuthToken],
  });
  switch (request.path) {
    case 'voice':
      return { events: [ringingOf(params, request, account, now())], answer: greetingOf(account.settings) };
    case 'voice-status':
      return { events: [statusOf(params, request, account, now())], answer: emptyTwiml };
    case 'voice-recorded':
      // Left with Twilio while the hub could not speak; whatever is recorded in a talk with Peyk is the line's own to tell.
      return { events: [voicemailOf(params, request, account, now())], answer: emptyTwiml };
    case 'recording':
      return { events: [recordingOf(params, request, account)], answer: emptyTwiml };
    default:
      throw new UnreadableWebhook(`A phone channel has no way in named “${request.path}”.`);
  }
}

function authOf({ accountSid, authToken }: TwilioVoiceSettings): string {
  if (authToken === undefined) {
    throw new ChannelError('misconfigured', 'The Twilio auth token is not set.', { retry: 'after-reconnect' });
  }
  return basicAuth(accountSid, authToken);
}

function greetingOf({ greeting }: TwilioVoiceSettings): WebhookReading['answer'] {
  const spoken: XmlElement =
    greeting.playUrl === undefined
      ? { name: 'Say', attributes: { language: greeting.language ?? 'en-US' }, children: [greeting.text ?? standing] }
      : { name: 'Play', children: [greeting.playUrl] };
  return { ...emptyTwiml, body: twiml([spoken, { name: 'Hangup' }]) };
}
