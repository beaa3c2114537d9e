import type { ChannelFormSpec } from './channel-fields.js';

export type TelegramFieldName =
  'token' | 'mode' | 'webhookSecret' | 'messenger' | 'apiRoot' | 'allowGroups' | 'proxy' | 'proxyLogin';

/** A bot of Telegram, or of a messenger that speaks the same Bot API. */
export const telegramForm: ChannelFormSpec = {
  form: 'telegram',
  kind: 'telegram',
  fields: [
    { name: 'token', input: 'text', secret: true, required: true, example: '123456:ABC…' },
    { name: 'mode', input: 'choice', choices: ['poll', 'webhook'], fallback: 'poll' },
    { name: 'webhookSecret', input: 'text', secret: true, isShown: (values) => values['mode'] === 'webhook' },
    { name: 'messenger', input: 'choice', choices: ['', 'telegram', 'bale'] },
    { name: 'apiRoot', input: 'text', example: 'https://api.telegram.org' },
    { name: 'proxy', input: 'text', example: 'socks5://proxy.internal:1080' },
    {
      name: 'proxyLogin',
      input: 'text',
      secret: true,
      example: 'name:password',
      isShown: (values) => values['proxy'] !== '',
    },
    { name: 'allowGroups', input: 'switch' },
  ],
};
