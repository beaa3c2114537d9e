import { useCallback, useMemo } from 'react';
import { held } from '../../api/held.js';
import { hub } from '../../api/hub.js';
import { isProblem } from '../../api/problem.js';
import { pageOwner } from '../../api/session-state.js';
import type { LiveCache } from '../../live/live-cache.js';
import { useLive } from '../../live/live-context.js';
import { usePreferences } from '../../ui/preferences.js';
import { useProblemText } from '../../ui/problem-text.js';
import { mayGoAlone, nextToSend, waitsForLink } from './decide-sending.js';
import { outboxOf, putInOutbox, takeFromOutbox, type Waiting } from './outbox.js';

type SayProblem = (error: unknown) => string;

/** What this window is sending at this moment. */
const inFlight = new Set<string>();

const ownWindow = crypto.randomUUID();

function onTheWay(one: Waiting): Waiting {
  return { ...one, state: 'sending', problem: null, code: undefined, triedAt: Date.now(), by: ownWindow };
}

/** The sending of each conversation: one after the other, so that messages keep the order they were written in. */
const lines = new Map<string, Promise<void>>();

export function isInFlight(id: string): boolean {
  return inFlight.has(id);
}

/**
 * Sends a message and shows it at once; it leaves the outbox when the hub has it, and says so when it does not. What its writer wants to
 * be able to take back is held by the hub first. What finds no link waits, and everything behind it.
 */
export function useSend(): (one: Waiting) => Promise<void> {
  const flush = useFlush();
  return useCallback(
    (one) => {
      putInOutbox(onTheWay(one));
      return flush(one.person);
    },
    [flush],
  );
}

/** Sends what waits in a conversation, oldest first, after what is on its way there. */
export function useFlush(): (person: string) => Promise<void> {
  const { cache } = useLive();
  const problemText = useProblemText();
  const sender = useMemo(() => ({ cache, problemText }), [cache, problemText]);
  return useCallback(
    (person) => {
      const line = (lines.get(person) ?? Promise.resolve()).then(() => sendAll(person, sender));
      lines.set(person, line);
      return line;
    },
    [sender],
  );
}

interface Sender {
  cache: LiveCache;
  problemText: SayProblem;
}

async function sendAll(person: string, sender: Sender): Promise<void> {
  for (;;) {
    const next = nextToSend(outboxOf(), person, { now: Date.now(), window: ownWindow });
    // Between two people who share a browser the page is nobody's, and sends nothing.
    if (!next || (next.writer !== undefined && next.writer !== pageOwner())) {
      return;
    }
    if ((await sendOne(next, sender)) === 'no link') {
      outboxOf()
        .filter(
          (one) => one.person === person && one.state === 'sending' && one.by === ownWindow && one.isHeld !== true,
        )
        .forEach((one) => putInOutbox({ ...one, state: 'waiting' }));
      return;
    }
  }
}

async function sendOne(one: Waiting, { cache, problemText }: Sender): Promise<'told' | 'no link'> {
  const { id } = one.message;
  inFlight.add(id);
  putInOutbox(onTheWay(one));
  try {
    const seconds = undoSecondsOf(one);
    if (seconds === 0) {
      cache.putMessages(one.person, [await hub.send(one.person, one.message)]);
      takeFromOutbox(id);
    } else {
      await hold(one, seconds);
    }
    return 'told';
  } catch (error) {
    const state = waitsForLink(error) ? 'waiting' : 'failed';
    const code = isProblem(error) ? error.code : undefined;
    putInOutbox({ ...one, state, problem: problemText(error), code });
    return state === 'waiting' ? 'no link' : 'told';
  } finally {
    inFlight.delete(id);
  }
}

export function undoSecondsOf({ message, channelKind }: Waiting): number {
  const { undo } = usePreferences.getState();
  return message.kind === 'note' ? 0 : channelKind === 'email' ? undo.email : undo.other;
}

async function hold(one: Waiting, seconds: number): Promise<void> {
  const { state, remainingMs } = await held.hold(one.person, one.message, seconds);
  if (state === 'sent') {
    takeFromOutbox(one.message.id);
  } else {
    const leavesAt = Date.now() + remainingMs;
    putInOutbox({ ...one, state: 'held', problem: null, code: undefined, leavesAt, isHeld: true });
  }
}

/** Tries a refused message once more, without what refused it where its writer says so. */
export function useSendAgain(): (one: Waiting) => Promise<void> {
  const send = useSend();
  return (one) => (one.isHeld === true ? sendHeld(one) : send(without(one)));
}

/** Whoever tries again after a colleague has answered has read that. */
function without(one: Waiting): Waiting {
  const { seen: _seen, ...message } = one.message;
  return one.code === 'answered_meanwhile' ? { ...one, message } : one;
}

/** The message goes, and its ticket stays as it is. */
export function useSendAlone(): (one: Waiting) => Promise<void> {
  const send = useSend();
  return (one) => {
    const { afterwards: _afterwards, ...message } = one.message;
    return one.isHeld === true ? sendHeld({ ...one, message }) : send({ ...one, message });
  };
}

/** The hub has its words and tries again; how it ends is told by a frame, or by the answer where it ended before. */
async function sendHeld(one: Waiting): Promise<void> {
  const { id, afterwards } = one.message;
  putInOutbox(onTheWay(one));
  const how = { anyway: one.code === 'answered_meanwhile', alone: afterwards === undefined && mayGoAlone(one.code) };
  await held
    .sendNow(id, how)
    .catch((error: unknown) => (isProblem(error, 'already_sent') ? takeFromOutbox(id) : putInOutbox(one)));
}
