import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';

const shownMs = { good: 4_000, bad: 8_000, undo: 12_000 };

/** A short word on how something went; it leaves by itself, later when there is something to press in it. */
export function notify(message: ReactNode, tone: keyof typeof shownMs = 'good', id?: string): void {
  notifications.show({
    message,
    color: tone === 'bad' ? 'red' : 'peyk',
    autoClose: shownMs[tone],
    ...(id === undefined ? {} : { id }),
  });
}

/** Takes a word back that was given a name, because it is no longer true. */
export function unnotify(id: string): void {
  notifications.hide(id);
}
