import type { MessageView } from '#contract';
import { useTexts } from '../../i18n/use-texts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { reasonKey } from '../../ui/bot-reason.js';

/** That a bot handed the customer over, and why. What it learned stands beside the conversation. */
export function BotEvent({ event }: { event: NonNullable<MessageView['event']> }) {
  const isSpoken = useTexts('bots');
  const { t } = useI18n();
  return isSpoken ? t('bot.handedOver', { reason: t(reasonKey(event['reason'])) }) : '…';
}
