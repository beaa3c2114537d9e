import type { ConversationView } from '#contract';

/** What the timeline last told of a bot, with who speaks now; null: no bot talked as far as it is loaded. */
export function lastBotNews({ messages, holder }: Pick<ConversationView, 'messages' | 'holder'>): string | null {
  const told = messages
    .filter(({ author, event }) => author.kind === 'bot' || event?.name === 'bot.summary')
    .toSorted((one, other) => one.at.localeCompare(other.at));
  const last = told.at(-1);
  return last || holder === 'bot' ? `${last?.id ?? ''} ${holder}` : null;
}
