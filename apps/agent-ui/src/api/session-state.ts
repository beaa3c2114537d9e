import { create } from 'zustand';
import { unreachable } from './problem.js';

interface Session {
  /** The hub does not know this browser any more, though somebody works in this page. */
  isOver: boolean;
}

/** Whether the page may go on asking. It says nothing about who is signed in. */
export const useSession = create<Session>()(() => ({ isOver: false }));

/** Whose page it is: another window of this browser may sign somebody else in at any time. */
let owner: string | undefined;

/** Names whose page asks: the hub takes nothing of it under another's session. */
export function pageOwner(): string | undefined {
  return owner;
}

/** Pages behind the session that are on screen; before the first of them, whoever is not signed in is simply a stranger. */
let desks = 0;

interface Waiter {
  goOn: () => void;
  giveUp: () => void;
}
const waiters = new Set<Waiter>();

/** Tells the other windows of this browser; null where it cannot. Opened when first needed: it keeps a program running. */
let others: BroadcastChannel | null | undefined;
const othersOf = () =>
  (others ??= typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('peyk.session'));

/** The desk is on screen until the returned function is called. Whatever waited for a session then waits for nothing. */
export function openDesk(agent: string): () => void {
  desks += 1;
  owner = agent;
  return () => {
    desks -= 1;
    if (desks === 0) {
      owner = undefined;
      useSession.setState({ isOver: false });
      waiters.forEach(({ giveUp }) => giveUp());
    }
  };
}

/** The hub does not know who asks. @returns whether it is worth waiting until it does again. */
export function noteEnd(): boolean {
  if (desks > 0) {
    useSession.setState({ isOver: true });
  }
  return desks > 0;
}

/** Somebody is signed in again: everything that was asked meanwhile goes on, and so it does in the other windows. */
export function noteReturn(agent: string): void {
  goOn();
  othersOf()?.postMessage({ agent });
}

export function goOn(): void {
  useSession.setState({ isOver: false });
  waiters.forEach((waiter) => waiter.goOn());
}

/** Hears of another window in which somebody signed in, until the returned function is called. */
export function hearOfReturn(listener: (agent: string) => void): () => void {
  const hear = ({ data }: MessageEvent<{ agent: string }>) => listener(data.agent);
  othersOf()?.addEventListener('message', hear);
  return () => othersOf()?.removeEventListener('message', hear);
}

/** Until somebody is signed in again; at once where nothing says otherwise. Throws a ProblemError where nobody waits any more. */
export function untilSignedIn(signal?: AbortSignal): Promise<void> {
  if (!useSession.getState().isOver) {
    return Promise.resolve();
  }
  return new Promise((resolve, reject) => {
    const waiter: Waiter = {
      goOn: () => leave(resolve),
      giveUp: () => leave(() => reject(unreachable())),
    };
    const leave = (end: () => void) => {
      waiters.delete(waiter);
      signal?.removeEventListener('abort', waiter.giveUp);
      end();
    };
    waiters.add(waiter);
    signal?.addEventListener('abort', waiter.giveUp);
  });
}
