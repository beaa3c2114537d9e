import { randomUUID } from 'node:crypto';
import type { MessageView } from '#contract';
import type { Outcome } from './history.js';
import type { Installation } from './installation.js';

/** An agent's reply to a message, with the id that makes repeats harmless. */
export interface Reply {
  id: string;
  path: string;
  body: Record<string, unknown>;
}

export function replyTo(installation: Installation, asked: MessageView, text: string): Reply {
  const id = randomUUID();
  const person = installation.agent.persons.get(asked.conversation) ?? asked.conversation;
  return {
    id,
    path: `/api/conversations/${person}/messages`,
    body: {
      id,
      kind: 'text',
      body: text,
      channelId: asked.channel?.id,
      identityId: asked.identityId,
      ...(asked.threadId !== null && { threadId: asked.threadId }),
    },
  };
}

/** Sends a reply, again and again until the hub says that it has it. Throws when it refuses. */
export async function sendReply({ api }: Installation, { path, body }: Reply, withinMs = 90_000): Promise<Outcome> {
  const answer = await api.until<unknown>('POST', path, { body, withinMs }).catch(() => null);
  if (answer !== null && answer.status >= 300) {
    throw new Error(`the hub refused a reply: ${String(answer.status)} ${JSON.stringify(answer.body)}`);
  }
  return answer === null ? 'unknown' : 'ok';
}
