import { push } from '../../../api/notices.js';

/** What this browser remembers of its subscription: whose it is, and how it wants to be woken. */
interface Kept {
  agentId: string;
  id: string;
  withText: boolean;
}

export type PushFailure = 'denied' | 'failed';

const place = 'peyk.push';

/** Why this browser cannot be woken at all; null: it can. */
export function whyNoPush(): 'insecure' | 'unsupported' | null {
  if (!window.isSecureContext) {
    return 'insecure';
  }
  return 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window ? null : 'unsupported';
}

/** What is kept here for an agent; null where this browser is not woken for them. */
export function keptPush(agentId: string): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? 'null') as Kept | null;
    return kept?.agentId === agentId && Notification.permission === 'granted' ? kept : null;
  } catch {
    return null;
  }
}

/** Signs this browser up, or says anew how it is to be woken. Throws a PushFailure, or what the hub refuses with. */
export async function signUp(agentId: string, withText: boolean): Promise<Kept> {
  if ((await Notification.requestPermission()) !== 'granted') {
    throw failure('denied');
  }
  const { key } = await push.key();
  const subscription = await subscribe(key).catch(() => {
    throw failure('failed');
  });
  const { endpoint, keys } = subscription.toJSON() as { endpoint: string; keys: { p256dh: string; auth: string } };
  const { id } = await push.keep({ endpoint, keys, withText });
  const kept = { agentId, id, withText };
  localStorage.setItem(place, JSON.stringify(kept));
  return kept;
}

/** The browser is not woken any more, whatever the hub says. */
export async function signOff({ id }: Kept): Promise<void> {
  localStorage.removeItem(place);
  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  await Promise.all([subscription?.unsubscribe(), push.drop(id)]);
}

export function isPushFailure(error: unknown): error is Error & { name: PushFailure } {
  return error instanceof Error && (error.name === 'denied' || error.name === 'failed');
}

/** A subscription belongs to one key: one for the key that an installation had before is of no use. */
async function subscribe(applicationServerKey: string): Promise<PushSubscription> {
  const { pushManager } = await navigator.serviceWorker.ready;
  const known = await pushManager.getSubscription();
  if (known && keyOf(known) !== applicationServerKey) {
    await known.unsubscribe();
  }
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
}

function keyOf({ options }: PushSubscription): string {
  const bytes = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0));
  return btoa(String.fromCodePoint(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/u, '');
}

function failure(name: PushFailure): Error {
  return Object.assign(new Error(`push ${name}`), { name });
}
