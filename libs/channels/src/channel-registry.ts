import type { ChannelAdapter } from './channel-adapter.js';
import { createEmailAdapter } from './email/email.adapter.js';
import type { OnSecrets } from './email/mailboxes.js';
import type { ChannelKind } from './message.js';
import { createMessagesAdapter } from './messages/messages.adapter.js';
import { createPhoneAdapter } from './phone/phone.adapter.js';
import type { PhoneOptions } from './phone/phone-driver.js';
import { findPhoneMisfit, type PhoneSettings } from './phone/phone-settings.js';
import { createSmsAdapter } from './sms/sms.adapter.js';
import type { OnOptOut } from './sms/sms-driver.js';
import type { Misfit } from './misfit.js';
import { findTelegramMisfit, type TelegramSettings } from './telegram/telegram-settings.js';
import { createTelegramAdapter } from './telegram/telegram.adapter.js';
import { createWebAdapter } from './web/web.adapter.js';
import type { AgentChoice } from './wire/http-exchange.js';

/** One adapter per kind of channel: the only place that knows them all. */
export type Adapters = Readonly<Record<ChannelKind, ChannelAdapter>>;

/** What a deployment decides for all channels. */
export interface AdapterOptions {
  /** The agent of every connection to a provider: where the hub's guard of addresses sits. */
  agentFor?: AgentChoice;
  /** Where secrets go that a provider has put in place of others. */
  onSecrets?: OnSecrets;
  /** Whether a caller is blocked, for exchanges that ask before they let a call ring. */
  isBlocked?: PhoneOptions['isBlocked'];
  /** Told of a customer who wants no more messages, as a provider knows. */
  onOptOut?: OnOptOut;
}

/** An adapter reads its account's settings as the schema that is its own gave them, so the registry may forget their type. */
export function createAdapters(options: AdapterOptions = {}): Adapters {
  return {
    email: createEmailAdapter(options) as ChannelAdapter,
    sms: createSmsAdapter(options) as ChannelAdapter,
    telegram: createTelegramAdapter(options) as ChannelAdapter,
    web: createWebAdapter() as ChannelAdapter,
    phone: createPhoneAdapter(options) as ChannelAdapter,
    messages: createMessagesAdapter(options) as ChannelAdapter,
  };
}

type FindMisfit = (settings: unknown, publicUrl: string | null) => Misfit | null;

const misfits: Partial<Record<ChannelKind, FindMisfit>> = {
  phone: (settings, publicUrl) => findPhoneMisfit(settings as PhoneSettings, publicUrl),
  telegram: (settings, publicUrl) => findTelegramMisfit(settings as TelegramSettings, publicUrl),
};

/** What keeps an account from working although its settings passed their schema; null when nothing does. */
export function findMisfit(kind: ChannelKind, settings: unknown, publicUrl: string | null): Misfit | null {
  return misfits[kind]?.(settings, publicUrl) ?? null;
}
