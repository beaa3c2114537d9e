import { z } from 'zod';
import type { Misfit } from '../misfit.js';

const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .transform((url) => url.replace(/\/+$/, ''));

const proxyUrl = z
  .url({ protocol: /^(https?|socks5h?|socks)$/, error: 'must be an http or socks5 address' })
  .refine((url) => new URL(url).username === '' && new URL(url).password === '', {
    error: 'must not hold a password: it has a place of its own',
  })
  .transform((url) => url.replace(/\/+$/, ''));

/** Settings of a Telegram account, or of a messenger that speaks the same Bot API. */
export const telegramConfig = z
  .object({
    /** Where the Bot API lives: Telegram's own, a self-hosted Bot API server, or a compatible messenger. */
    apiRoot: httpUrl.default('https://api.telegram.org'),
    /** Whose Bot API it is: what it can do and how its people are told apart. Known from the address where that is the messenger's own. */
    messenger: z.enum(['telegram', 'bale']).optional(),
    /** 'poll' needs no public address; 'webhook' needs https and hears at once. */
    mode: z.enum(['poll', 'webhook']).default('poll'),
    /** Groups are not customers; their messages are stored and ignored unless this is set. */
    allowGroups: z.boolean().default(false),
    /** For places that filter Telegram: an http proxy, e.g. http://proxy.internal:3128, or socks5://proxy.internal:1080. */
    proxy: proxyUrl.optional(),
  })
  .refine((config) => config.proxy === undefined || config.apiRoot.startsWith('https://'), {
    path: ['proxy'],
    error: 'works with an https apiRoot only',
  });

export const telegramSecrets = z.object({
  /** From BotFather, e.g. 110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw. */
  token: z.string().regex(/^\d+:[\w-]+$/, { error: 'is not a bot token (digits, a colon, letters)' }),
  /** What Telegram repeats in a header of each webhook. Needed in webhook mode. */
  webhookSecret: z
    .string()
    .regex(/^[\w-]{16,256}$/, { error: 'must have 16 to 256 letters, digits, _ or -' })
    .optional(),
  /** What the proxy asks for. */
  proxyLogin: z
    .string()
    .max(500)
    .regex(/^[^:]+:.*$/, { error: 'must be a name, a colon and a password' })
    .optional(),
});

export type TelegramSettings = z.output<typeof telegramConfig> & z.output<typeof telegramSecrets>;

const telegramsOwn = 'https://api.telegram.org';

/** What a webhook lacks. Telegram itself calls https addresses only; what speaks its API elsewhere may be content with less. */
export function findTelegramMisfit(settings: TelegramSettings, publicUrl: string | null): Misfit | null {
  if (settings.mode === 'poll') {
    return null;
  }
  if (publicUrl === null) {
    return { field: 'config.mode', detail: 'A webhook needs a public address: set PUBLIC_URL, or choose polling.' };
  }
  if (settings.apiRoot === telegramsOwn && !publicUrl.startsWith('https://')) {
    return {
      field: 'config.mode',
      detail: 'Telegram calls https addresses only: set such a PUBLIC_URL, or choose polling.',
    };
  }
  return settings.webhookSecret === undefined
    ? { field: 'secrets.webhookSecret', detail: 'A webhook needs a secret that proves who calls.' }
    : null;
}
