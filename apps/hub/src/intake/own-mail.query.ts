import { emailAddresses, type EmailSettings, type InboundEvent, type Sql, type Statement } from '#channels';
import { learnMailIds } from '../delivery/thread-ids.query.js';
import type { OpenChannel } from '../settings/channel-directory.service.js';

const ownMail: Statement = {
  name: 'own-mail',
  text: `select mail_id, thread_id from message where channel_id = $1 and mail_id = any ($2) and direction = 'out'`,
};

/**
 * Leaves out the mails that Peyk itself sent and that a mailbox shows again: the copies in its Sent folder, and those which came back
 * to one of the account's own addresses. A stranger's mail under an id of ours is a stranger's mail. An id that a server gave a mail
 * on its way is learnt from its copy, so that answers to it find their thread.
 */
export async function withoutOwnMail(
  database: Sql,
  { id, kind, account }: Pick<OpenChannel, 'id' | 'kind' | 'account'>,
  events: InboundEvent[],
): Promise<InboundEvent[]> {
  const addresses = kind === 'email' ? emailAddresses(account.settings as EmailSettings) : [];
  const suspects = events.map((event) => ({ event, ids: possibleIds(event, addresses) }));
  const asked = suspects.flatMap(({ ids }) => ids);
  if (asked.length === 0) {
    return events;
  }
  const rows = await database.query<{ mail_id: string; thread_id: string | null }>(ownMail, [id, asked]);
  const known = new Map(rows.map((row) => [row.mail_id, row.thread_id]));
  for (const { ids } of suspects) {
    const own = ids.find((mailId) => known.has(mailId));
    const thread = own === undefined ? null : known.get(own);
    if (thread) {
      await learnMailIds(
        database,
        thread,
        ids.filter((mailId) => mailId !== own),
      );
    }
  }
  return suspects.filter(({ ids }) => !ids.some((mailId) => known.has(mailId))).map(({ event }) => event);
}

/** Under which ids this may be a mail of ours; none when it cannot be one. */
function possibleIds(event: InboundEvent, addresses: string[]): string[] {
  if (event.type !== 'message' || !(event.sentByUs || addresses.includes(event.from.address))) {
    return [];
  }
  const ids = [event.mail?.messageId, event.sentByUs ? event.mail?.originalId : null];
  return ids.filter((mailId) => typeof mailId === 'string');
}
