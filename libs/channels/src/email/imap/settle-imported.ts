import type { FolderCursor } from './imap-cursor.js';
import type { ImapLine } from './imap-line.js';
import type { ImapSettings } from './imap-settings.js';

/** Tells other mail programs of this mailbox that a mail is in Peyk. */
const keyword = '$Peyk';

/** Does with stored mails what the account wishes. A mail that is gone by now, or a folder numbered anew, needs nothing more. */
export async function settleImported(
  line: ImapLine,
  path: string,
  { uidValidity, imported = [] }: FolderCursor,
  { afterImport, moveTo }: Pick<ImapSettings, 'afterImport' | 'moveTo'>,
): Promise<void> {
  if (imported.length === 0 || afterImport === 'leave') {
    return;
  }
  const box = await line.select(path);
  if (String(box.uidValidity) !== uidValidity) {
    return;
  }
  switch (afterImport) {
    case 'seen':
      await line.addFlags(imported, ['\\Seen', keyword]);
      return;
    case 'move':
      await move(line, path, imported, moveTo);
      return;
    case 'delete':
      await line.takeAway(imported, null);
  }
}

async function move(line: ImapLine, path: string, imported: number[], moveTo: string): Promise<void> {
  const { paths } = await line.folders();
  if (!paths.includes(moveTo)) {
    await line.create(moveTo);
    await line.select(path);
  }
  await line.takeAway(imported, moveTo);
}
