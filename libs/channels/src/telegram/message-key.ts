/**
 * How a message is named to the rest of Peyk. Its number is unique within its chat only, and its chat's within its bot only: an
 * account may be given another bot, whose numbers begin anew.
 */
export function messageKey(bot: string, chatId: number, messageId: number): string {
  return `${bot}:${String(chatId)}:${String(messageId)}`;
}

/** The message's number, if the key names one of this bot's chat with that person. */
export function messageOfKey(key: string | null, bot: string, chatId: number): number | null {
  const [of, chat, number = ''] = (key ?? '').split(':');
  return of === bot && chat === String(chatId) && /^\d+$/.test(number) ? Number(number) : null;
}
