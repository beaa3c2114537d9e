import type { ChannelAccount } from '../channel-adapter.js';
import { messengerOf } from './messengers.js';
import type { TelegramSettings } from './telegram-settings.js';

/** The address that a bot of this account calls. A messenger that repeats no secret has it in the address. */
export function wayInOf({ id, settings, publicUrl }: ChannelAccount<TelegramSettings>): string {
  const secret = messengerOf(settings).repeatsSecret ? '' : `/${settings.webhookSecret ?? ''}`;
  return `${publicUrl ?? ''}/hooks/telegram/${id}${secret}`;
}
