import type { HistorySystem, ReadHistoryRecord } from './history-piece.js';
import { readChatwoot } from './read-chatwoot.js';
import { readFreescout } from './read-freescout.js';
import type { Wrappers } from './read-json-records.js';
import { readZammad } from './read-zammad.js';
import { readZendesk } from './read-zendesk.js';

/** How the files of each product are read. */
export const historyReaders: Record<HistorySystem, { wrappers: Wrappers; read: ReadHistoryRecord }> = {
  zendesk: {
    wrappers: new Map([
      ['tickets', 'any'],
      ['users', 'any'],
    ]),
    read: readZendesk,
  },
  chatwoot: {
    wrappers: new Map([
      ['data', 'any'],
      ['payload', 'any'],
    ]),
    read: readChatwoot,
  },
  zammad: { wrappers: new Map(), read: readZammad },
  // A conversation has embedded things too, but never first.
  freescout: {
    wrappers: new Map([
      ['_embedded', 'first'],
      ['conversations', 'any'],
      ['customers', 'any'],
      ['mailboxes', 'any'],
      ['users', 'any'],
    ]),
    read: readFreescout,
  },
};
