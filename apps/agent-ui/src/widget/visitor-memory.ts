import type { Locale } from './locale.js';
import { forgetChannel, storageKeys, tryStorage } from './storage-keys.js';
import type { Waiting } from './timeline.js';

/** Who the visitor is to the hub. The token is a secret: it goes into headers and the handshake, never into an address. */
export interface VisitorSession {
  token: string;
  /** The channel's name, in that language. */
  name: string;
  locale: Locale;
  /** When the token was made, in milliseconds by this browser's clock. */
  at: number;
}

interface Kept {
  session: VisitorSession | null;
  seen: number;
}

/**
 * What this browser remembers of a channel's chat. Nothing is written before the visitor opens it. Waiting messages are read,
 * changed and written in one go, so that two tabs do not overwrite each other's.
 */
export class VisitorMemory {
  private readonly keys: ReturnType<typeof storageKeys>;
  private kept: Kept;

  constructor(private readonly channel: string) {
    this.keys = storageKeys(channel);
    this.kept = { session: null, seen: 0, ...read<Partial<Kept>>(localStore, this.keys.visitor) };
  }

  get session(): VisitorSession | null {
    return this.kept.session;
  }

  /** The last seq that was shown to the visitor, in whichever tab. */
  get seen(): number {
    return this.kept.seen;
  }

  /** Becomes another visitor, or nobody. */
  keepSession(session: VisitorSession | null): void {
    this.kept = { session, seen: 0 };
    write(localStore, this.keys.visitor, this.kept);
  }

  /** The same visitor with a fresh token. */
  renewSession(session: VisitorSession): void {
    this.kept = { ...this.kept, session };
    write(localStore, this.keys.visitor, this.kept);
  }

  keepSeen(seen: number): void {
    this.kept = { ...this.kept, seen };
    write(localStore, this.keys.visitor, this.kept);
  }

  /** Calls back when another tab of this site showed more. */
  onSeenElsewhere(tell: () => void): () => void {
    const listen = ({ key }: StorageEvent): void => {
      const elsewhere =
        key === this.keys.visitor ? read<Partial<Kept>>(localStore, this.keys.visitor)?.seen : undefined;
      if (elsewhere && elsewhere > this.kept.seen) {
        this.kept = { ...this.kept, seen: elsewhere };
        tell();
      }
    };
    addEventListener('storage', listen);
    return () => removeEventListener('storage', listen);
  }

  get waiting(): Waiting[] {
    const stored = read<unknown>(localStore, this.keys.waiting);
    return Array.isArray(stored) ? (stored as Waiting[]) : [];
  }

  /** Keeps a waiting message as it is now. */
  keepWaiting(message: Waiting): void {
    write(localStore, this.keys.waiting, [...this.waiting.filter(({ id }) => id !== message.id), message]);
  }

  dropWaiting(dropped: string): void {
    write(
      localStore,
      this.keys.waiting,
      this.waiting.filter(({ id }) => id !== dropped),
    );
  }

  /** Whether the chat stood open in this tab, on the page before this one. */
  get wasOpen(): boolean {
    return read<boolean>(tabStore, this.keys.open) === true;
  }

  keepOpen(isOpen: boolean): void {
    write(tabStore, this.keys.open, isOpen);
  }

  forget(): void {
    this.kept = { session: null, seen: 0 };
    forgetChannel(this.channel);
  }
}

const localStore = (): Storage => localStorage;
const tabStore = (): Storage => sessionStorage;

function read<T>(store: () => Storage, key: string): T | null {
  return tryStorage(() => JSON.parse(store().getItem(key) ?? 'null') as T | null);
}

function write(store: () => Storage, key: string, value: unknown): void {
  tryStorage(() => store().setItem(key, JSON.stringify(value)));
}
