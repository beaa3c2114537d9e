import type { FolderCursor } from './imap-cursor.js';
import type { ImapLine } from './imap-line.js';
import type { ImapSettings } from './imap-settings.js';

type SettlingLine = Pick<ImapLine, 'addFlags' | 'takeAway' | 'folders' | 'create'>;

/** Tells other mail programs of this mailbox that a mail is in Peyk. */
const keyword = '$Peyk';

/**
 * Does with stored mails what the account wishes. A mail that is gone by now, or a folder numbered anew, needs nothing more. `open`
 * makes the folder the selected one and gives its UIDVALIDITY.
 */
export async function settleImported(
  line: SettlingLine,
  { uidValidity, imported = [], partial = [] }: FolderCursor,
  { afterImport, moveTo }: Pick<ImapSettings, 'afterImport' | 'moveTo'>,
  open: () => Promise<string>,
): Promise<void> {
  const taken = afterImport === 'seen' ? [...imported, ...partial] : imported;
  if (taken.length === 0 || afterImport === 'leave' || (await open()) !== uidValidity) {
    return;
  }
  switch (afterImport) {
    case 'seen':
      await line.addFlags(taken, ['\\Seen', keyword]);
      return;
    case 'move':
      await move(line, taken, moveTo);
      return;
    case 'delete':
      await line.takeAway(taken, null);
  }
}

async function move(line: SettlingLine, taken: number[], moveTo: string): Promise<void> {
  const { paths } = await line.folders();
  if (!paths.includes(moveTo)) {
    await line.create(moveTo);
  }
  await line.takeAway(taken, moveTo);
}
