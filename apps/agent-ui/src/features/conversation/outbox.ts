import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { AttachmentView, ChannelKind } from '#contract';
import type { Outgoing } from '../../api/hub.js';
import { windowsStorage } from '../../api/windows-storage.js';

/** A message that the hub has not said it has. */
export interface Waiting {
  /** Who wrote it: nobody else sends it, whoever is signed in by the time it goes. */
  writer?: string | undefined;
  person: string;
  message: Outgoing;
  at: string;
  channelKind: ChannelKind | null;
  /** `held`: the hub has it, and it can be taken back. `waiting`: for a link; it goes by itself. `failed`: refused, and its writer decides. */
  state: 'sending' | 'held' | 'waiting' | 'failed';
  /** When it was last tried, in milliseconds of the epoch: a window that died on the way says so by its silence. */
  triedAt?: number | undefined;
  /** The window that sends it. */
  by?: string | undefined;
  /** Why it failed, for people, and the hub's code for it. */
  problem: string | null;
  code?: string | undefined;
  /** Milliseconds of the epoch by this clock, while it is held. */
  leavesAt?: number | undefined;
  /** The hub holds it: it is tried again and given up there. */
  isHeld?: boolean | undefined;
  attachments?: AttachmentView[] | undefined;
}

interface Outbox {
  waiting: Waiting[];
  /** Who wrote them. */
  writer?: string | undefined;
  /** Of others at this browser, by writer: they find theirs again, and nobody else does. */
  parked: Record<string, Waiting[]>;
}

/**
 * Messages between the send button and the hub. They survive a reload; whether the last try arrived is unknown then, and
 * trying again is safe because the hub knows each by its id.
 */
export const useOutbox = create<Outbox>()(
  persist((): Outbox => ({ waiting: [], parked: {} }), {
    name: 'peyk.outbox',
    storage: windowsStorage<Outbox>(
      ({ waiting, writer, parked }) => ({
        waiting: Object.fromEntries(waiting.map((one) => [one.message.id, one])),
        parked: parked ?? {},
        of: { ...(writer && { writer }) },
      }),
      ({ waiting, parked, of }) => ({ waiting: Object.values(waiting ?? {}), parked, ...of }) as Outbox,
    ),
    merge: (stored, blank) => {
      const kept = { ...blank, ...(stored as Partial<Outbox> | undefined) };
      return { ...kept, waiting: kept.waiting.map(asLeft) };
    },
  }),
);

/** Whether the last try of one that was on its way arrived is not known; trying again is safe. */
function asLeft(one: Waiting): Waiting {
  return one.state === 'sending' ? { ...one, state: 'waiting', triedAt: undefined } : one;
}

/** Takes over what other windows of this browser made of theirs. What this one is sending now is its own to tell. */
export function learnFromWindows(isOwn: (id: string) => boolean): void {
  const { name = '', storage } = useOutbox.persist.getOptions();
  const { waiting: before, writer: own } = useOutbox.getState();
  // Where somebody else is signed in by now, this page learns nothing, and so takes nothing of theirs for gone.
  if (own === undefined || writerStored(name) !== own) {
    return;
  }
  const stored = storage?.getItem(name);
  if (stored && 'state' in stored) {
    const { waiting, parked } = partFor(own, stored.state, own);
    const mine = before.filter(({ message }) => isOwn(message.id));
    const theirs = waiting.filter(({ message }) => !isOwn(message.id));
    useOutbox.setState({ waiting: [...theirs, ...mine], parked });
  }
}

function writerStored(name: string): string | undefined {
  const text = localStorage.getItem(name);
  return text === null ? undefined : (JSON.parse(text) as { state: Partial<Outbox> }).state.writer;
}

/**
 * Everything in the outbox, by whose it is. A page that was still another's may have written among what waits here. `before`: whose
 * what carries no name is.
 */
function partFor(
  writer: string,
  { waiting, parked }: Pick<Outbox, 'waiting' | 'parked'>,
  before: string,
): Pick<Outbox, 'waiting' | 'parked'> {
  const all = new Map<string, Waiting>();
  for (const [whose, some] of [...Object.entries(parked), [before, waiting] as const]) {
    some.forEach((one) => all.set(one.message.id, { ...one, writer: one.writer ?? whose }));
  }
  const others: Record<string, Waiting[]> = {};
  const { [writer]: own = [], ...rest } = [...all.values()].reduce((by, one) => {
    (by[one.writer ?? before] ??= []).push(one);
    return by;
  }, others);
  return { waiting: own, parked: rest };
}

/** Hears when another window changed the outbox, until the returned function is called. */
export function hearWindows(listener: () => void): () => void {
  const hear = ({ key }: StorageEvent) => key === useOutbox.persist.getOptions().name && listener();
  window.addEventListener('storage', hear);
  return () => window.removeEventListener('storage', hear);
}

/** What waits is its writer's alone, also where several people share a browser. */
export function beSender(writer: string): void {
  if (useOutbox.getState().writer !== writer) {
    // With what other windows have written: none of it may stay behind as somebody else's.
    void useOutbox.persist.rehydrate();
  }
  const { writer: before, waiting, parked } = useOutbox.getState();
  const part = partFor(writer, { waiting, parked }, before ?? writer);
  if (before !== writer) {
    useOutbox.setState({ writer, waiting: part.waiting.map(asLeft), parked: part.parked });
  } else if (part.waiting.length < waiting.length) {
    useOutbox.setState(part);
  }
}

/** What somebody wrote who has left this browser meanwhile stays as it was when they left. */
export function putInOutbox(one: Waiting): void {
  useOutbox.setState(({ waiting, writer }) => {
    if (one.writer !== undefined && one.writer !== writer) {
      return {};
    }
    return { waiting: [...waiting.filter(({ message }) => message.id !== one.message.id), { ...one, writer }] };
  });
}

export function outboxOf(): readonly Waiting[] {
  return useOutbox.getState().waiting;
}

export function takeFromOutbox(id: string): void {
  useOutbox.setState(({ waiting }) => ({ waiting: waiting.filter(({ message }) => message.id !== id) }));
}
