import { ChannelError, type ChannelAccount, type CheckStep } from '../channel-adapter.js';
import type { BotApiClient } from './bot-api-client.js';
import type { TelegramSettings } from './telegram-settings.js';
import { wayInOf } from './way-in.js';

type Account = ChannelAccount<TelegramSettings>;
type OnStep = (step: CheckStep) => void;

/** What an account needs at its messenger: a token that it accepts, and the way in that its settings say. Moves nothing. */
export async function checkBot(
  client: BotApiClient,
  { account, inTime }: { account: Account; inTime: () => AbortSignal },
  onStep: OnStep,
): Promise<void> {
  const ask = (method: string) => client.call(method, {}, { purpose: 'ask', signal: inTime() });
  const isKnown = await tell(onStep, 'bot.sign_in', async () => nameBot(await ask('getMe')));
  if (isKnown) {
    await tell(onStep, 'bot.way_in', async () => judgeWayIn(account, await ask('getWebhookInfo')));
  } else {
    onStep({
      step: 'bot.way_in',
      state: 'skipped',
      code: 'skipped',
      text: 'Not tried: a step before it failed.',
      ms: 0,
    });
  }
}

async function tell(onStep: OnStep, step: string, work: () => Promise<string>): Promise<boolean> {
  const startedAt = performance.now();
  const ms = () => Math.round(performance.now() - startedAt);
  try {
    const text = await work();
    onStep({ step, state: 'ok', code: 'ok', text, ms: ms() });
    return true;
  } catch (error) {
    if (!(error instanceof ChannelError)) {
      throw error;
    }
    onStep({ step, state: 'failed', code: error.code, text: error.message, ms: ms() });
    return false;
  }
}

function nameBot(bot: unknown): string {
  const { username } = (bot ?? {}) as { username?: unknown };
  return typeof username === 'string' ? `The bot is @${username}.` : 'The bot has no user name.';
}

/** What the messenger says of the bot's webhook; empty where it says nothing. */
interface WayIn {
  url: string;
  waiting: number;
  trouble: string;
}

function readWayIn(answer: unknown): WayIn {
  const info = (answer ?? {}) as { url?: string; pending_update_count?: number; last_error_message?: string };
  return { url: info.url ?? '', waiting: info.pending_update_count ?? 0, trouble: info.last_error_message ?? '' };
}

/** Throws ChannelError, in words that say what mends it. */
function judgeWayIn(account: Account, answer: unknown): string {
  const { url, waiting, trouble } = readWayIn(answer);
  const isPolled = account.settings.mode === 'poll';
  if (isPolled && url !== '') {
    throw wrongWay(
      'webhook_set',
      'A webhook is set for this bot, so it cannot be polled. Save the channel again: Peyk removes it.',
    );
  }
  if (!isPolled && url !== wayInOf(account)) {
    throw wrongWay(
      'webhook_elsewhere',
      'The bot calls another address, or none. Save the channel again: Peyk tells it ours.',
    );
  }
  if (!isPolled && trouble !== '' && waiting > 0) {
    throw wrongWay(
      'webhook_failing',
      `The bot’s calls do not reach Peyk: ${trouble}. ${String(waiting)} updates wait there.`,
    );
  }
  return `${isPolled ? 'Peyk fetches what comes.' : 'The bot calls Peyk.'} ${String(waiting)} updates wait there.`;
}

function wrongWay(code: string, message: string): ChannelError {
  return new ChannelError(code, message, { retry: 'after-reconnect' });
}
