import { emailAddresses, type EmailSettings, type InboundEvent, type Sql, type Statement } from '#channels';
import type { OpenChannel } from '../settings/channel-directory.service.js';

const ownMail: Statement = {
  name: 'own-mail',
  text: `select mail_id from message where channel_id = $1 and mail_id = any ($2) and direction = 'out'`,
};

/**
 * Leaves out the mails that Peyk itself sent and that a mailbox shows again: the copies in its Sent folder, and those which came back
 * to one of the account's own addresses. A stranger's mail under an id of ours is a stranger's mail.
 */
export async function withoutOwnMail(
  database: Sql,
  { id, kind, account }: Pick<OpenChannel, 'id' | 'kind' | 'account'>,
  events: InboundEvent[],
): Promise<InboundEvent[]> {
  const addresses = kind === 'email' ? emailAddresses(account.settings as EmailSettings) : [];
  const suspects = events.flatMap((event) => {
    const isSuspect = event.type === 'message' && (event.sentByUs === true || addresses.includes(event.from.address));
    return isSuspect && event.mail?.messageId ? [{ event, messageId: event.mail.messageId }] : [];
  });
  if (suspects.length === 0) {
    return events;
  }
  const rows = await database.query<{ mail_id: string }>(ownMail, [id, suspects.map(({ messageId }) => messageId)]);
  const known = new Set(rows.map((row) => row.mail_id));
  const ours = new Set<InboundEvent>(
    suspects.filter(({ messageId }) => known.has(messageId)).map(({ event }) => event),
  );
  return events.filter((event) => !ours.has(event));
}
