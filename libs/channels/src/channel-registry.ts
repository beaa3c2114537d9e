import type { ChannelAdapter } from './channel-adapter.js';
import { createEmailAdapter } from './email/email.adapter.js';
import type { ChannelKind } from './message.js';
import { createMessagesAdapter } from './messages/messages.adapter.js';
import { createPhoneAdapter } from './phone/phone.adapter.js';
import { createSmsAdapter } from './sms/sms.adapter.js';
import { createTelegramAdapter } from './telegram/telegram.adapter.js';
import { createWebAdapter } from './web/web.adapter.js';

/** One adapter per kind of channel: the only place that knows them all. */
export type Adapters = Readonly<Record<ChannelKind, ChannelAdapter>>;

/** An adapter reads its account's settings as the schema that is its own gave them, so the registry may forget their type. */
export function createAdapters(): Adapters {
  return {
    email: createEmailAdapter() as ChannelAdapter,
    sms: createSmsAdapter() as ChannelAdapter,
    telegram: createTelegramAdapter() as ChannelAdapter,
    web: createWebAdapter() as ChannelAdapter,
    phone: createPhoneAdapter() as ChannelAdapter,
    messages: createMessagesAdapter() as ChannelAdapter,
  };
}
