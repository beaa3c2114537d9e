import { wayOf } from './answer-request.js';
import type { WindowClient, WorkerEvents, WorkerScope } from './worker-scope.js';

/** What the console begins with, and a name for it. The build puts them here. */
declare const SHELL: { version: string; files: string[] };

const scope = globalThis as unknown as WorkerScope;
const prefix = 'peyk-shell-';
const { version, files } = SHELL;
const shell = prefix + version;
const page = '/index.html';
/** For how long a page is waited for before the one that is kept shows; a train is in a tunnel for longer. */
const patienceMs = 5_000;

scope.addEventListener('install', (event) => {
  event.waitUntil(caches.open(shell).then((cache) => cache.addAll([page, ...files])));
});

scope.addEventListener('activate', (event) => {
  event.waitUntil(dropOlder().then(() => scope.clients.claim()));
});

scope.addEventListener('message', (event) => {
  if (event.data === 'take over') {
    event.waitUntil(scope.skipWaiting());
  }
});

scope.addEventListener('fetch', (event) => {
  const way = wayOf(event.request, scope.location.origin);
  if (way === 'page' || way === 'file') {
    event.respondWith(answerFresh(event.request, way === 'page' ? page : event.request.url));
  } else if (way === 'asset') {
    event.respondWith(answerAsset(event.request));
  }
});

scope.addEventListener('push', (event) => event.waitUntil(show(event)));

scope.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(lead(urlIn(event.notification.data)));
});

async function dropOlder(): Promise<void> {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith(prefix) && name !== shell);
  await Promise.all(older.map((name) => caches.delete(name)));
}

/** A proxy answers so for a hub that is being renewed; the page that is kept says so better, and comes back by itself. */
const inBetween = new Set([502, 503, 504]);

/** From the hub while it answers, so that a page is never older than it; the kept one otherwise. */
async function answerFresh(request: Request, kept: string): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), patienceMs);
  try {
    const answer = await fetch(request, { signal: late.signal });
    return inBetween.has(answer.status) ? ((await keptOf(kept)) ?? answer) : answer;
  } catch {
    return (await keptOf(kept)) ?? Response.error();
  } finally {
    clearTimeout(timer);
  }
}

function keptOf(url: string): Promise<Response | undefined> {
  return caches.match(url, { cacheName: shell });
}

/** What a name with a hash leads to never changes, so it is asked for once. */
async function answerAsset(request: Request): Promise<Response> {
  const cache = await caches.open(shell);
  const kept = await cache.match(request.url);
  if (kept) {
    return kept;
  }
  const answer = await fetch(request);
  if (answer.ok) {
    await cache.put(request.url, answer.clone());
  }
  return answer;
}

interface Pushed {
  title: string;
  body: string;
  tag: string;
  url: string;
  locale: 'en' | 'fa';
}

/** A later word about the same person takes the place of the earlier one, and is heard again. */
async function show({ data }: WorkerEvents['push']): Promise<void> {
  if (!data) {
    return;
  }
  const { title, body, tag, url, locale } = data.json() as Pushed;
  const dir = locale === 'fa' ? 'rtl' : 'ltr';
  const looks = { icon: '/icons/peyk-192.png', badge: '/icons/peyk-badge.png' };
  await scope.registration.showNotification(title, {
    body,
    tag,
    dir,
    lang: locale,
    renotify: true,
    data: { url },
    ...looks,
  });
  await scope.navigator.setAppBadge?.().catch(() => undefined);
}

/** To the open console where there is one, the one in sight first; else to a new one. */
async function lead(url: string): Promise<void> {
  const windows = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const consoles = windows.filter(
    (one) => wayOf({ method: 'GET', mode: 'navigate', url: one.url }, scope.location.origin) === 'page',
  );
  const [first] = consoles.toSorted((a, b) => rankOf(b) - rankOf(a));
  if (first) {
    // Without a press of their own a window may not be brought to the front, and is led there all the same.
    await first.focus().catch(() => undefined);
    first.postMessage({ open: url });
  } else {
    await scope.clients.openWindow(url);
  }
}

function rankOf({ focused, visibilityState }: WindowClient): number {
  return Number(focused) * 2 + Number(visibilityState === 'visible');
}

/** Only ever a place of this hub. */
function urlIn(data: unknown): string {
  const { url } = (data ?? {}) as { url?: unknown };
  return typeof url === 'string' && url.startsWith('/') && !url.startsWith('//') ? url : '/';
}
