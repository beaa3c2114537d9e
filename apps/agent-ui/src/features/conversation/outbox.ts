import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { ChannelKind } from '#contract';
import type { Outgoing } from '../../api/hub.js';

/** A message that the hub has not said it has. */
export interface Waiting {
  person: string;
  message: Outgoing;
  at: string;
  channelKind: ChannelKind | null;
  state: 'sending' | 'failed';
  /** Why it failed, for people. */
  problem: string | null;
}

interface Outbox {
  waiting: Waiting[];
}

/**
 * Messages between the send button and the hub. They survive a reload; whether the last try arrived is unknown then, and
 * trying again is safe because the hub knows each by its id.
 */
export const useOutbox = create<Outbox>()(
  persist((): Outbox => ({ waiting: [] }), {
    name: 'peyk.outbox',
    merge: (stored, blank) => {
      const { waiting } = (stored as Outbox | undefined) ?? blank;
      return { waiting: waiting.map((one) => ({ ...one, state: 'failed' })) };
    },
  }),
);

export function putInOutbox(one: Waiting): void {
  useOutbox.setState(({ waiting }) => ({
    waiting: [...waiting.filter(({ message }) => message.id !== one.message.id), one],
  }));
}

export function takeFromOutbox(id: string): void {
  useOutbox.setState(({ waiting }) => ({ waiting: waiting.filter(({ message }) => message.id !== id) }));
}
