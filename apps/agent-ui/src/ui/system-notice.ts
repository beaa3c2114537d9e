import { usePreferences } from './preferences.js';

/** Has the system show something where the page is not in sight. A second notice of the same key takes the place of the first. */
export function showSystemNotice(notice: { key: string; title: string; words: string; run: () => void }): void {
  if (document.hidden && usePreferences.getState().desktop && Notification.permission === 'granted') {
    const shown = new Notification(notice.title, { body: notice.words, tag: notice.key });
    shown.onclick = () => {
      window.focus();
      notice.run();
    };
  }
}
