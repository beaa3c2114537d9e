import { usePreferences } from './preferences.js';

const inSight = 'peyk.in-sight';

/** Says to the other windows of this browser that one is before the reader's eyes, for as long as it is. @returns how to stop */
export function followSight(): () => void {
  const { locks } = navigator as Partial<Pick<Navigator, 'locks'>>;
  let leave = (): void => undefined;
  const look = () => {
    leave();
    if (!document.hidden && locks) {
      const gone = new Promise<void>((resolve) => (leave = resolve));
      void locks.request(inSight, { mode: 'shared' }, () => gone);
    }
  };
  look();
  document.addEventListener('visibilitychange', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    leave();
  };
}

/** Has the system show something where no window of this browser is in sight. A second notice of the same key takes the place of the first. */
export function showSystemNotice(notice: { key: string; title: string; words: string; run: () => void }): void {
  if (document.hidden && usePreferences.getState().desktop && Notification.permission === 'granted') {
    void isElsewhereInSight().then((isSeen) => isSeen || show(notice));
  }
}

async function isElsewhereInSight(): Promise<boolean> {
  const { locks } = navigator as Partial<Pick<Navigator, 'locks'>>;
  const { held = [] } = (await locks?.query()) ?? {};
  return held.some(({ name }) => name === inSight);
}

/** Phones let only a page's worker show one; it leads to the console then. */
function show({ key, title, words, run }: { key: string; title: string; words: string; run: () => void }): void {
  try {
    const shown = new Notification(title, { body: words, tag: key });
    shown.onclick = () => {
      window.focus();
      run();
    };
  } catch {
    void navigator.serviceWorker
      ?.getRegistration()
      .then((registration) => registration?.showNotification(title, { body: words, tag: key }));
  }
}
