import { changeDraft, draftAt, draftKey } from '../../../api/drafts.js';
import { held } from '../../../api/held.js';
import { isProblem } from '../../../api/problem.js';
import { outboxOf, takeFromOutbox, type Waiting } from '../outbox.js';

/** The words go back to where they were written, before whatever is being written there by now. */
export function giveBack({ person, message, attachments = [] }: Waiting): void {
  const key = draftKey(person, message.kind);
  const begun = draftAt(key);
  if (begun.body.trim() || begun.attachments.length > 0) {
    const body = [message.body, begun.body].filter((text) => text.trim() !== '').join('\n\n');
    changeDraft(key, { body, attachments: [...attachments, ...begun.attachments] });
  } else {
    const { body, subject, threadId, cc, bcc, quote, ticketId, seen, channelId, identityId } = message;
    const way =
      channelId && identityId && begun.way === undefined
        ? [channelId, identityId, threadId ?? ''].join(' ')
        : begun.way;
    changeDraft(key, { body, way, subject, threadId, cc, bcc, quote, ticketId, attachments, seen });
  }
  takeFromOutbox(message.id);
}

/** Takes a message back that the hub holds. Throws a ProblemError where it has left, or where nobody answers. */
export async function takeBack(waiting: Waiting): Promise<void> {
  await held.takeBack(waiting.message.id);
  giveBack(waiting);
}

/**
 * Gives up what was not sent, as far as this browser knows: an answer that was lost may have left it with the hub, where it would still
 * leave by itself. Throws a ProblemError where that cannot be known.
 */
export async function discard(waiting: Waiting): Promise<void> {
  try {
    await held.takeBack(waiting.message.id);
  } catch (error) {
    if (isProblem(error, 'already_sent')) {
      takeFromOutbox(waiting.message.id);
      return;
    }
    if (!isProblem(error, 'not_found')) {
      throw error;
    }
  }
  giveBack(waiting);
}

/** Takes the last message back that a conversation's writer still can. @returns whether there is one. */
export function takeBackLast(person: string): boolean {
  const last = outboxOf().findLast((one) => one.person === person && one.state === 'held');
  if (last) {
    // One that has just left stands in the timeline a moment later, which says more than a refusal.
    takeBack(last).catch(() => undefined);
  }
  return last !== undefined;
}
