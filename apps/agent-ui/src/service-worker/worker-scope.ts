/** As much of a service worker's world as the console's own lives in: the page's types know nothing of it. */
export interface WorkerScope {
  location: { origin: string };
  registration: { showNotification(title: string, options: object): Promise<void> };
  clients: {
    claim(): Promise<void>;
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<WindowClient[]>;
    openWindow(url: string): Promise<unknown>;
  };
  navigator: { setAppBadge?(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener<Name extends keyof WorkerEvents>(name: Name, listener: (event: WorkerEvents[Name]) => void): void;
}

export interface WindowClient {
  url: string;
  focused: boolean;
  visibilityState: 'visible' | 'hidden';
  focus(): Promise<unknown>;
  postMessage(message: unknown): void;
}

interface Extendable {
  waitUntil(work: Promise<unknown>): void;
}

export interface WorkerEvents {
  install: Extendable;
  activate: Extendable;
  message: Extendable & { data: unknown };
  fetch: Extendable & { request: Request; respondWith(answer: Promise<Response>): void };
  push: Extendable & { data: { json(): unknown } | null };
  notificationclick: Extendable & { notification: { data: unknown; close(): void } };
}
