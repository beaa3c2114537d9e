import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { play, type Chime } from '../ui/sound.js';
import { showSystemNotice } from '../ui/system-notice.js';

interface Alert {
  /** A second alert of the same key takes the place of the first. */
  key: string;
  /** Left out where something else rings for it. */
  chime?: Chime;
  title: string;
  words?: string;
  action: { label: string; run: () => void };
}

/** Takes an alert away once what it is about is before the reader's eyes. */
export function hideAlert(key: string): void {
  notifications.hide(key);
}

/** Sounds, shows, and where the page is not in sight has the system show. */
export function showAlert({ key, chime, title, words, action }: Alert): void {
  if (chime) {
    play(chime);
  }
  notifications.hide(key);
  notifications.show({
    id: key,
    title: <bdi>{title}</bdi>,
    autoClose: 12_000,
    color: 'peyk',
    message: (
      <span className="alert">
        {words && (
          <span className="one-line" dir="auto">
            {words}
          </span>
        )}
        <Button
          size="compact-sm"
          variant="light"
          onClick={() => {
            notifications.hide(key);
            action.run();
          }}
        >
          {action.label}
        </Button>
      </span>
    ),
  });
  showSystemNotice({ key, title, words: words ?? '', run: action.run });
}
