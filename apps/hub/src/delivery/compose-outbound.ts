import type { OutboundMessage } from '#channels';
import type { FileStorage } from '../platform/storage/file-storage.js';
import type { OutboundRow } from './outbound.query.js';

/** How many Message-IDs of a long thread its References name: the first ones root it, the last ones place the answer. */
const chainEnds = 20;

/** Builds what an adapter sends from the stored message. Mail parts are there only for a message of a thread. */
export function composeOutbound(
  row: OutboundRow,
  address: string,
  threadToken: string | null,
  storage: FileStorage,
): OutboundMessage {
  return {
    id: row.id,
    to: { kind: row.identity_kind, address },
    toName: row.customer_name,
    text: row.body,
    attachments: (row.files ?? []).map((file) => ({
      name: file.name,
      mediaType: file.mediaType,
      bytes: file.bytes,
      open: () => storage.open(file.storageKey),
    })),
    mail:
      row.mail_id === null
        ? null
        : {
            messageId: row.mail_id,
            inReplyTo: row.last_inbound,
            references: shortened(row.chain ?? []),
            subject: subjectOf(row),
            cc: row.content.cc ?? [],
            threadToken,
          },
    replyTo: null,
  };
}

/** A thread keeps its subject; an answer says so the way mail programs expect. */
function subjectOf(row: OutboundRow): string {
  const subject = row.content.subject ?? row.thread_subject ?? '';
  const isAnswer = row.last_inbound !== null && !/^(?:re|پاسخ)\s*:/iu.test(subject);
  return isAnswer ? `Re: ${subject}` : subject;
}

function shortened(chain: string[]): string[] {
  return chain.length <= 2 * chainEnds ? chain : [...chain.slice(0, chainEnds), ...chain.slice(-chainEnds)];
}
