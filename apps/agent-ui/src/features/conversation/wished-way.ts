import type { ChatWish, CustomerView, ReplyWay } from '#contract';

/** Where a visitor of a chat would be reached better than by the way that is chosen. */
export type BetterWay =
  /** They left the chat and asked to be answered elsewhere. `way` is undefined while there is none: they have not come there yet. */
  | { kind: 'gone'; wish: ChatWish; way: ReplyWay | undefined }
  /** They are back in the chat. */
  | { kind: 'back'; way: ReplyWay };

const channelOf: Record<ChatWish['way'], ReplyWay['channelKind']> = {
  email: 'email',
  sms: 'sms',
  telegram: 'telegram',
};

/**
 * What an agent should know before a reply goes out: nobody reads it in the chat, or somebody does. The choice stays the agent's, since
 * an address that a form names is only claimed.
 */
export function findBetterWay(
  { identities }: Pick<CustomerView, 'identities'>,
  ways: readonly ReplyWay[],
  chosen: ReplyWay | undefined,
): BetterWay | null {
  const visitor = identities.find(
    ({ id, chat }) => chat?.wish && (id === chosen?.identityId || isWished(chat.wish, chosen)),
  );
  const { chat } = visitor ?? {};
  if (!visitor || !chat?.wish) {
    return null;
  }
  const usable = ways.filter(({ unavailable }) => unavailable === null);
  return chosen?.identityId === visitor.id
    ? elsewhere(chat.isOpen, chat.wish, usable)
    : backInChat(chat.isOpen, visitor.id, usable);
}

function elsewhere(isInChat: boolean, wish: ChatWish, ways: readonly ReplyWay[]): BetterWay | null {
  return isInChat ? null : { kind: 'gone', wish, way: ways.find((one) => isWished(wish, one)) };
}

function backInChat(isInChat: boolean, visitor: string, ways: readonly ReplyWay[]): BetterWay | null {
  const way = isInChat ? ways.find(({ identityId }) => identityId === visitor) : undefined;
  return way ? { kind: 'back', way } : null;
}

function isWished(wish: ChatWish, way: ReplyWay | undefined): boolean {
  return way?.channelKind === channelOf[wish.way] && (wish.way === 'telegram' || way.address === wish.address);
}
