import type { Locale } from './locale.js';
import type { WordSource } from './peyk-chat.js';
import { forgetChannel, tryStorage, visitorKey } from './storage-keys.js';
import type { Waiting } from './timeline.js';

/** Who the visitor is to the hub. The token is a secret: it goes into headers and the handshake, never into an address. */
export interface VisitorSession {
  token: string;
  /** The hub's name for the visitor, which tells whether two tokens are of the same one. */
  visitor: string;
  /** The site's id of the user that it vouches for; null for everybody else. */
  user: string | null;
  /** The channel's name, in that language. */
  name: string;
  /** '' for the widget's own words. */
  greeting: string;
  colour: string;
  side: 'start' | 'end';
  locale: Locale;
  /** When the token was made, in milliseconds by this browser's clock. */
  at: number;
}

/** What a tab is told of the others. `forgotten`: the visitor is nobody's any more. `other`: somebody else is there now. */
export type Elsewhere = 'forgotten' | 'other' | 'seen';

/**
 * What this browser remembers of a channel's chat. Nothing is written before the visitor opens it. Waiting messages are read,
 * changed and written in one go, so that two tabs do not overwrite each other's.
 */
export class VisitorMemory {
  /** What the page says about who is there, and what of it the hub was told with the session. */
  word: WordSource | undefined;
  toldWord: WordSource | undefined;
  private readonly keys: Record<'visitor' | 'seen' | 'waiting' | 'draft' | 'open', string>;
  private readonly tabs: BroadcastChannel | null;
  private kept: VisitorSession | null;
  private lastSeen: number;
  private isOver = false;

  constructor(private readonly channel: string) {
    const visitor = visitorKey(channel);
    const [seen, waiting, draft, open] = [
      `${visitor}.seen`,
      `${visitor}.waiting`,
      `${visitor}.draft`,
      `${visitor}.open`,
    ];
    this.keys = { visitor, seen, waiting, draft, open };
    this.tabs = tryStorage(() => new BroadcastChannel(this.keys.visitor));
    this.kept = this.storedSession();
    this.lastSeen = this.storedSeen();
  }

  get session(): VisitorSession | null {
    return this.kept;
  }

  /** The last seq that was shown to the visitor, in whichever tab. */
  get seen(): number {
    return this.lastSeen;
  }

  /**
   * Becomes whoever the hub says, or nobody. True when that is somebody else than before, of whom nothing may stay; what somebody
   * without a name has written and not sent yet goes with them when they sign in.
   */
  become(session: VisitorSession | null): boolean {
    const before = this.kept;
    const isOther = before !== null && before.visitor !== session?.visitor;
    if (isOther) {
      this.lastSeen = 0;
      remove(localStore, this.keys.seen);
    }
    if (isOther && before.user !== null) {
      remove(localStore, this.keys.waiting);
      remove(tabStore, this.keys.draft);
    }
    this.kept = session;
    write(localStore, this.keys.visitor, { session });
    return isOther;
  }

  keepSeen(seen: number): void {
    this.lastSeen = seen;
    this.store(localStore, this.keys.seen, seen);
  }

  /** Calls back when something happened in another tab of this site. */
  onElsewhere(tell: (what: Elsewhere) => void): () => void {
    const listen = ({ key }: StorageEvent): void => {
      const what = this.compare(key);
      if (what) {
        tell(what);
      }
    };
    const forget = (): void => tell('forgotten');
    addEventListener('storage', listen);
    this.tabs?.addEventListener('message', forget);
    return () => {
      removeEventListener('storage', listen);
      this.tabs?.removeEventListener('message', forget);
    };
  }

  get waiting(): Waiting[] {
    const stored = read<unknown>(localStore, this.keys.waiting);
    return Array.isArray(stored) ? (stored as Waiting[]) : [];
  }

  /** Keeps a waiting message as it is now. */
  keepWaiting(message: Waiting): void {
    this.store(localStore, this.keys.waiting, [...this.waiting.filter(({ id }) => id !== message.id), message]);
  }

  dropWaiting(dropped: string): void {
    this.store(
      localStore,
      this.keys.waiting,
      this.waiting.filter(({ id }) => id !== dropped),
    );
  }

  /** What stands in the box of this tab. */
  get draft(): string {
    return read<string>(tabStore, this.keys.draft) ?? '';
  }

  keepDraft(draft: string): void {
    this.store(tabStore, this.keys.draft, draft);
  }

  /** Whether the chat stood open in this tab, on the page before this one. */
  get wasOpen(): boolean {
    return read<boolean>(tabStore, this.keys.open) === true;
  }

  keepOpen(isOpen: boolean): void {
    this.store(tabStore, this.keys.open, isOpen);
  }

  /** Forgets the visitor in every tab, also where nothing can be stored. */
  forget(): void {
    forgetChannel(this.channel);
    this.tabs?.postMessage('forgotten');
    this.leave();
  }

  /** Nothing of the visitor stays in this tab, and what comes late is not kept. What is stored by now may be somebody else's. */
  leave(): void {
    this.isOver = true;
    this.kept = null;
    remove(tabStore, this.keys.draft);
    remove(tabStore, this.keys.open);
    this.tabs?.close();
  }

  /** What another tab's change of this key means here; null when it means nothing. A clear of everything has no key. */
  private compare(key: string | null): Elsewhere | null {
    if (key === this.keys.seen && this.storedSeen() > this.lastSeen) {
      this.lastSeen = this.storedSeen();
      return 'seen';
    }
    if (key !== this.keys.visitor && key !== null) {
      return null;
    }
    const stored = this.storedSession();
    if (!stored) {
      return this.kept ? 'forgotten' : null;
    }
    const isOther = this.kept !== null && this.kept.visitor !== stored.visitor;
    this.kept = stored;
    return isOther ? 'other' : null;
  }

  private storedSession(): VisitorSession | null {
    return read<{ session?: VisitorSession }>(localStore, this.keys.visitor)?.session ?? null;
  }

  private storedSeen(): number {
    return read<number>(localStore, this.keys.seen) ?? 0;
  }

  private store(where: () => Storage, key: string, value: unknown): void {
    if (!this.isOver) {
      write(where, key, value);
    }
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

function remove(store: () => Storage, key: string): void {
  tryStorage(() => store().removeItem(key));
}
