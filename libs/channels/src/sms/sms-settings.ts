import { z } from 'zod';
import { gatewayConfig } from './gateway/gateway-settings.js';
import { kavenegarConfig } from './kavenegar/kavenegar-settings.js';
import { smppConfig } from './smpp/smpp-settings.js';
import { twilioConfig } from './twilio/twilio-settings.js';

/** Settings of an SMS account: a provider that Peyk knows, a message centre, or any HTTP gateway described by templates and maps. */
export const smsConfig = z
  .discriminatedUnion('driver', [twilioConfig, kavenegarConfig, smppConfig, gatewayConfig])
  .meta({ type: 'object' });

const token = z.string().min(1).max(500);

export const smsSecrets = z.object({
  /** Twilio's auth token. */
  authToken: token.optional(),
  /** Twilio's former auth token while the new one is being rolled out; it only proves inbound requests. */
  previousAuthToken: token.optional(),
  /** The key of a gateway or of Kavenegar, {secret} in templates. */
  apiKey: token.optional(),
  /** What a bind to a message centre proves itself with; SMPP knows eight characters, some centres take more. */
  password: z.string().min(1).max(64).optional(),
  /** What proves inbound requests of a gateway. */
  inboundSecret: z.string().min(16, { error: 'must have at least 16 characters' }).max(500).optional(),
});

type Secrets = z.output<typeof smsSecrets>;
export type TwilioSmsSettings = z.output<typeof twilioConfig> & Secrets;
export type KavenegarSettings = z.output<typeof kavenegarConfig> & Secrets;
export type SmppSettings = z.output<typeof smppConfig> & Secrets;
export type GatewaySettings = z.output<typeof gatewayConfig> & Secrets;
export type SmsSettings = TwilioSmsSettings | KavenegarSettings | SmppSettings | GatewaySettings;
