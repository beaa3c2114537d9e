import type { ConversationView, MessageView } from '#contract';
import { listRows, openConversation, type ConnectedWorld } from './connected-world.js';
import { until } from './until.js';

let chats = 51_000;

/** A customer of the bot of a scene, as their phone and as an agent's screen have them. */
export interface BotChat {
  chat: number;
  name: string;
  conversation: string;
}

/** A number that no chat of this test file has had. */
export function newChat(): number {
  chats += 1;
  return chats;
}

/** Somebody who has just written for the first time. */
export async function beginChat(scene: ConnectedWorld, first = 'hello'): Promise<BotChat> {
  const chat = newChat();
  const name = `Customer ${String(chat)}`;
  scene.world.bot.customer(chat, name).say(first);
  return { chat, name, conversation: await conversationOf(scene, name) };
}

/** The conversation of whoever goes by that name, once it is there. */
export async function conversationOf(scene: ConnectedWorld, name: string): Promise<string> {
  const row = await until(
    async () => (await listRows(scene.admin, 'all')).find(({ customer }) => customer.name === name),
    (found) => found !== undefined,
  );
  return row?.conversation ?? '';
}

/** The view once it fits. */
export function seen(
  scene: ConnectedWorld,
  conversation: string,
  fits: (view: ConversationView) => boolean,
): Promise<ConversationView> {
  return until(() => openConversation(scene.admin, conversation), fits);
}

/** What customers said, the oldest first. */
export function said(view: ConversationView): MessageView[] {
  return view.messages.filter(({ direction }) => direction === 'in').toSorted((a, b) => a.at.localeCompare(b.at));
}

/** Names of the events that the timeline tells, the oldest first. */
export function told(view: ConversationView): string[] {
  return view.messages
    .filter(({ kind }) => kind === 'event')
    .toSorted((a, b) => a.at.localeCompare(b.at))
    .map(({ event }) => event?.name ?? '');
}
