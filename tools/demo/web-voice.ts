import { io, type Socket } from 'socket.io-client';
import { v7 as uuid } from 'uuid';
import type { Answer, VisitorMessage } from '#contract';
import type { Voice } from './voices.js';

/** The chat of a page, and the language of whoever is on it. */
export interface WebPlace {
  url: string;
  /** The id of the channel. */
  channel: string;
  locale?: 'en' | 'fa';
}

/** A visitor of a web page, over the same session and socket as the chat widget. Opened with the first word. */
export function openWebVoice({ url, channel, locale }: WebPlace): Voice {
  let socket: Socket | null = null;
  const answers = new Set<string>();
  const open = async (): Promise<Socket> => {
    const response = await fetch(`${url}/api/chat/${channel}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ locale }),
    });
    const { token } = (await response.json()) as { token: string };
    const opened = io(`${url}/visitor`, {
      transports: ['websocket'],
      forceNew: true,
      auth: { channel, token },
      extraHeaders: { origin: url },
    });
    opened.on('messages', ({ messages }: { messages: VisitorMessage[] }) => {
      messages.filter(({ from }) => from !== 'me').forEach(({ id }) => answers.add(id));
      opened.emit('seen', { seq: Math.max(0, ...messages.map(({ seq }) => seq)) });
    });
    return opened;
  };
  return {
    say: async (text) => {
      socket ??= await open();
      socket.emit('typing', { on: true });
      const answer = (await socket.timeout(10_000).emitWithAck('say', { id: uuid(), body: text })) as Answer<unknown>;
      if (!answer.ok) {
        throw new Error(`the chat did not take it: ${answer.code}`);
      }
    },
    heard: () => answers.size,
    close: () => socket?.disconnect(),
  };
}
