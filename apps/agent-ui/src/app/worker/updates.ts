import { create } from 'zustand';

/** Whether a newer console lies ready. */
export const useUpdate = create<{ isReady: boolean }>()(() => ({ isReady: false }));

const lookMs = 30 * 60_000;
/** A browser lets a newer worker begin only when the older one has nothing left to do, which may be never. The hub serves the newer page in any case. */
const takingMs = 3_000;

let waiting: ServiceWorker | null = null;
let isStarted = false;
let isTaking = false;

/**
 * Has the console's worker look after this browser: it keeps what the console begins with, and shows what is pushed. A newer one waits until a reader
 * takes it over, so nothing is loaded anew under anybody's hands. Browsers have workers on secure pages only.
 */
export async function startWorker(): Promise<void> {
  const { serviceWorker } = navigator as Partial<Pick<Navigator, 'serviceWorker'>>;
  if (!serviceWorker || isStarted || !import.meta.env.PROD) {
    return;
  }
  isStarted = true;
  const wasControlled = serviceWorker.controller !== null;
  serviceWorker.addEventListener('controllerchange', () => {
    if (isTaking) {
      location.reload();
    } else if (wasControlled) {
      // Another window took it over. This one goes on as it is until its reader wants.
      useUpdate.setState({ isReady: true });
    }
  });
  // Where workers are forbidden the console works without one.
  const registration = (await serviceWorker.register('/sw.js').catch(() => undefined)) as
    ServiceWorkerRegistration | undefined;
  if (registration) {
    follow(registration);
  }
}

/** Loads the newer console. Drafts lie in the browser already. */
export function takeUpdate(): void {
  if (waiting?.state === 'installed') {
    isTaking = true;
    waiting.postMessage('take over');
    setTimeout(() => location.reload(), takingMs);
  } else {
    location.reload();
  }
}

function follow(registration: ServiceWorkerRegistration): void {
  const offer = (worker: ServiceWorker | null) => {
    if (worker && navigator.serviceWorker.controller) {
      waiting = worker;
      useUpdate.setState({ isReady: true });
    }
  };
  offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing;
    coming?.addEventListener('statechange', () => coming.state === 'installed' && offer(coming));
  });
  // A hub that does not answer now is asked the next time.
  const look = () => void registration.update().catch(() => undefined);
  setInterval(look, lookMs);
  document.addEventListener('visibilitychange', () => document.hidden || look());
}

/** A notification that was pressed leads somewhere in this window. @returns how to stop */
export function hearWorker(open: (url: string) => void): () => void {
  const { serviceWorker } = navigator as Partial<Pick<Navigator, 'serviceWorker'>>;
  const hear = ({ data }: MessageEvent<{ open?: unknown } | null>) => {
    if (typeof data?.open === 'string') {
      open(data.open);
    }
  };
  serviceWorker?.addEventListener('message', hear);
  return () => serviceWorker?.removeEventListener('message', hear);
}
