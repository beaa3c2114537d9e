import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';

/** A short word on how something went; it leaves by itself. */
export function notify(message: ReactNode, tone: 'good' | 'bad' = 'good'): void {
  notifications.show({ message, color: tone === 'bad' ? 'red' : 'peyk', autoClose: tone === 'bad' ? 8_000 : 4_000 });
}
