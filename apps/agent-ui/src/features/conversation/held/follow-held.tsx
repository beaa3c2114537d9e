import { useEffect } from 'react';
import type { HeldEndedFrame, HeldMessageView } from '#contract';
import { held } from '../../../api/held.js';
import { sayForHub } from '../../../i18n/hub-words.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { useLive } from '../../../live/live-context.js';
import { useLiveState } from '../../../live/live-state.js';
import { notify } from '../../../ui/notify.js';
import { outboxOf, putInOutbox, takeFromOutbox, type Waiting } from '../outbox.js';

/** Keeps what can be taken back as the hub has it: by frames, and by a question whenever the link came back. Shows nothing itself. */
export function FollowHeld() {
  const { client } = useLive();
  const { t } = useI18n();
  const isSpoken = useTexts('replies');
  const isUp = useLiveState(({ link }) => link === 'up');
  useEffect(
    () =>
      client.hear('held.ended', (frame) => {
        endOf(frame);
        if (frame.outcome === 'failed' && isSpoken) {
          notify(t('held.failed', { why: sayForHub(frame.problem ?? '') }), 'bad');
        }
      }),
    [client, t, isSpoken],
  );
  useEffect(() => {
    if (isUp) {
      // Without an answer the frames still come, and the next link asks anew.
      const before = outboxOf();
      ended.clear();
      held.list().then(
        (rows) => compare(rows, before),
        () => undefined,
      );
    }
  }, [isUp]);
  return null;
}

/** What ended since the hub was last asked: its answer may be older. */
const ended = new Set<string>();

function endOf({ id, outcome, code, problem }: Omit<HeldEndedFrame, 'conversationId'>): void {
  if (outcome !== 'failed') {
    ended.add(id);
    takeFromOutbox(id);
    return;
  }
  const known = outboxOf().find(({ message }) => message.id === id);
  if (known) {
    putInOutbox({ ...known, state: 'failed', code: code ?? undefined, problem: sayForHub(problem ?? '') });
  }
}

/**
 * What was held when the hub was asked and is not in its list any more has left. What failed is shown, wherever it was written. What was
 * held, or taken back, while it was asked stays as it is.
 */
function compare(rows: readonly HeldMessageView[], before: readonly Waiting[]): void {
  for (const { message, state, isHeld } of before) {
    if ((state === 'held' || isHeld === true) && !rows.some(({ id }) => id === message.id)) {
      takeFromOutbox(message.id);
    }
  }
  for (const row of rows) {
    const known = outboxOf().find(({ message }) => message.id === row.id);
    const isGone = ended.has(row.id) || (!known && before.some(({ message }) => message.id === row.id));
    if (isGone) {
      continue;
    }
    putInOutbox({ ...(known ?? strange(row)), ...stateOf(row), isHeld: true });
  }
}

function stateOf({
  state,
  remainingMs,
  code,
  problem,
}: HeldMessageView): Pick<Waiting, 'state' | 'problem'> & Partial<Waiting> {
  return state === 'failed'
    ? { state: 'failed', code: code ?? undefined, problem: sayForHub(problem ?? '') }
    : { state: 'held', problem: null, leavesAt: Date.now() + remainingMs };
}

/** Written in another browser. */
function strange({ id, conversationId, body, subject, written }: HeldMessageView): Waiting {
  const { channelId, identityId, threadId, cc, bcc, quote, ticketId, seen, afterwards } = written;
  return {
    person: conversationId,
    message: {
      id,
      kind: 'text',
      body,
      ...present({ channelId, identityId, threadId, quote, ticketId, seen, afterwards, subject }),
      ...(cc.length > 0 && { cc }),
      ...(bcc.length > 0 && { bcc }),
    },
    at: written.at,
    channelKind: written.channelKind,
    attachments: written.attachments,
    state: 'held',
    problem: null,
  };
}

type Present<Part> = { [Key in keyof Part]?: NonNullable<Part[Key]> };

/** Without what there is none of. */
function present<Part extends object>(part: Part): Present<Part> {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== null)) as Present<Part>;
}
