import { tryStorage, visitorKey } from '../storage-keys.js';

/** A tab where the visitor looks on says so within this time, and then no other need call them. */
const otherTabsMs = 800;
/** One call at a time, over all tabs. */
const restMs = 2_000;

const quietKey = (channel: string): string => `${visitorKey(channel)}.quiet`;

/** Whether the visitor wants no sound in this browser. */
export const isQuiet = (channel: string): boolean => tryStorage(() => localStorage.getItem(quietKey(channel))) === '1';

export function keepQuiet(channel: string, quiet: boolean): void {
  tryStorage(() => (quiet ? localStorage.setItem(quietKey(channel), '1') : localStorage.removeItem(quietKey(channel))));
}

/**
 * Says that an answer came which nobody has looked at: by a short sound, and by a number in the title of a page that lies behind others.
 * `unread` is '' once there is nothing to call for.
 */
export async function callAttention(channel: string, unread: () => string): Promise<void> {
  await pause(otherTabsMs);
  const count = unread();
  if (count === '') {
    return;
  }
  if (document.hidden) {
    markTitle(count);
  }
  if (!isQuiet(channel)) {
    await inOneTab(`${quietKey(channel)}.call`, chime);
  }
}

let mark = '';

/** The page may change its title meanwhile: only what we put there is taken away again. */
function markTitle(count: string): void {
  const bare = document.title.slice(document.title.startsWith(mark) ? mark.length : 0);
  mark = `(${count}) `;
  document.title = mark + bare;
  document.addEventListener('visibilitychange', unmarkTitle);
}

function unmarkTitle(): void {
  if (!document.hidden) {
    document.removeEventListener('visibilitychange', unmarkTitle);
    document.title = document.title.slice(document.title.startsWith(mark) ? mark.length : 0);
    mark = '';
  }
}

/** Browsers without locks, or pages without TLS, call in every tab. */
async function inOneTab(name: string, call: () => void): Promise<void> {
  const locks = (navigator as Partial<Navigator>).locks;
  if (!locks) {
    call();
    return;
  }
  await locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock) {
      call();
      await pause(restMs);
    }
  });
}

/** Two notes. A browser that allows a page no sound before it was touched plays none. */
function chime(): void {
  tryStorage(() => {
    const context = new AudioContext();
    const { currentTime: now, destination } = context;
    const volume = context.createGain();
    volume.connect(destination);
    volume.gain.setValueAtTime(0.1, now);
    volume.gain.exponentialRampToValueAtTime(0.001, now + 0.5);
    for (const [hertz, after] of [
      [660, 0],
      [880, 0.12],
    ] as const) {
      const note = new OscillatorNode(context, { frequency: hertz });
      note.connect(volume);
      note.start(now + after);
      note.stop(now + 0.5);
    }
    setTimeout(() => void context.close(), 800);
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
