import { ActionIcon } from '@mantine/core';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconDown } from '../../../ui/icons.js';
import { moveInList, takeOut } from '../document/edit-document.js';
import type { Path } from '../document/script-words.js';
import { IconTrash } from '../script-icons.js';
import { useEditor } from './editor-context.js';

interface Props {
  /** Of the list. */
  path: Path;
  at: number;
  count: number;
  /** What the entry is called where it is spoken of. */
  name: string;
  /** Below this many none may go. */
  least?: number;
}

/** Moves an entry of a list, or takes it out. */
export function EntryActs({ path, at, count, name, least = 0 }: Props) {
  const { t } = useI18n();
  const { edit } = useEditor();
  return (
    <span className="script-entry-acts">
      <ActionIcon
        size="md"
        aria-label={t('script.up', { name })}
        disabled={at === 0}
        onClick={() => edit(moveInList(path, at, at - 1))}
      >
        <IconDown size={15} className="script-turned" />
      </ActionIcon>
      <ActionIcon
        size="md"
        aria-label={t('script.down', { name })}
        disabled={at === count - 1}
        onClick={() => edit(moveInList(path, at, at + 1))}
      >
        <IconDown size={15} />
      </ActionIcon>
      <ActionIcon
        size="md"
        aria-label={t('script.removeEntry', { name })}
        disabled={count <= least}
        onClick={() => edit(takeOut([...path, at]))}
      >
        <IconTrash size={15} />
      </ActionIcon>
    </span>
  );
}
