import { describeAdapter, type ProviderMood, type Sample, type Stage } from '../contract/adapter-contract.js';
import type { InboundEvent } from '../message.js';
import { startBotApi, type BotApiStandIn } from '../../../../tools/stand-ins/bot-api.js';
import { createTelegramAdapter } from './telegram.adapter.js';
import { telegramConfig, telegramSecrets } from './telegram-settings.js';

interface TelegramStage extends Stage {
  api: BotApiStandIn;
  /** Where reading goes on: behind everything read before. */
  offset: number;
}

const webhookSecret = 'a-webhook-secret-of-the-contract';

async function open(): Promise<TelegramStage> {
  const api = await startBotApi();
  const adapter = createTelegramAdapter({ longPollSeconds: 1, callTimeoutMs: 5000 });
  const secrets = telegramSecrets.parse({ token: api.token, webhookSecret });
  const settings = { ...telegramConfig.parse({ apiRoot: api.url }), ...secrets };
  const account = { id: 'channel-1', name: 'Bot', settings, publicUrl: null };
  return { adapter, account, api, offset: 0, secretTexts: [api.token, webhookSecret], close: () => api.close() };
}

async function poll(stage: TelegramStage, after = stage.offset): Promise<InboundEvent[]> {
  const polled = await stage.adapter.poll?.(stage.account, { offset: after }, new AbortController().signal);
  if (polled === undefined) {
    throw new Error('no poll');
  }
  stage.offset = (polled.cursor as { offset: number }).offset;
  return polled.events;
}

async function receive(stage: TelegramStage, update: unknown, secret: string | undefined): Promise<InboundEvent[]> {
  const reading = await stage.adapter.receive?.(
    {
      method: 'POST',
      path: '',
      originalUrl: '/hooks/telegram/channel-1',
      headers: { 'x-telegram-bot-api-secret-token': secret },
      body: Buffer.from(typeof update === 'string' ? update : JSON.stringify(update)),
    },
    stage.account,
  );
  return reading?.events ?? [];
}

const ids = new Map<string, number>();

function idOf(name: string): number {
  const id = ids.get(name) ?? 900_000 + ids.size;
  ids.set(name, id);
  return id;
}

const moods = { refuses: 'refused', throttles: 'rate_limit', cut: 'cut_after', unauthorised: 'unauthorized' } as const;

describeAdapter('Telegram', {
  open,
  inbound: {
    say: (stage: TelegramStage, { text, attachment }: Sample) => {
      const customer = stage.api.customer(4242);
      if (attachment === undefined) {
        customer.say(text);
      } else {
        customer.sendFile({ as: 'document', caption: text, ...attachment });
      }
      return poll(stage);
    },
    event: (stage, id) => {
      const chat = { id: 4242, type: 'private' };
      const message = { message_id: 1, date: 1_700_000_000, chat, text: 'again' };
      return receive(stage, { update_id: idOf(id), message }, webhookSecret);
    },
    attachments: true,
    malformed: {
      'no JSON': (stage) => receive(stage, '{"update_id":', webhookSecret),
      'an array': (stage) => receive(stage, [], webhookSecret),
      'a text that is a number': (stage) =>
        receive(stage, { update_id: 5, message: { message_id: 1, date: 1, chat: { id: 1 }, text: 7 } }, webhookSecret),
      'a message without a chat': (stage) =>
        receive(stage, { update_id: 6, message: { message_id: 1 } }, webhookSecret),
    },
    forged: {
      'no secret': (stage) => receive(stage, { update_id: 7 }, undefined),
      'a wrong secret': (stage) => receive(stage, { update_id: 7 }, `${webhookSecret}x`),
      'no secret and no JSON': (stage) => receive(stage, 'no JSON', ''),
    },
  },
  outbound: {
    to: { kind: 'telegram', address: '4242' },
    arrange: ({ api, account }: TelegramStage, mood: ProviderMood) => {
      if (mood === 'absent') {
        return { ...account, settings: { ...(account.settings as object), apiRoot: 'http://127.0.0.1:1' } };
      }
      if (mood !== 'accepts') {
        api.faults.arm(moods[mood], { retryAfter: 7 });
      }
      return account;
    },
    delivered: ({ api }) =>
      api.received.map(({ text, file }) => ({ text, ...(file === null ? {} : { attachments: [named(file)] }) })),
    retryAfterMs: 7000,
    attachments: true,
  },
});

function named({ name, bytes }: { name: string; bytes: number }): { name: string; bytes: number } {
  return { name, bytes };
}
