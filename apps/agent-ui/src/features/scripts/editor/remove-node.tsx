import { Button, Group } from '@mantine/core';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Dialog } from '../../../ui/dialog.js';
import { removeNode } from '../document/edit-document.js';
import { beginningsOf, exitsOf } from '../document/exits.js';
import { useEditor } from './editor-context.js';

interface Props {
  id: string;
  onClose: () => void;
}

/** Asks before a node goes, and says what leads to it. */
export function RemoveNode({ id, onClose }: Props) {
  const { t, locale, format } = useI18n();
  const { script, edit, choose, chosen } = useEditor();
  const from = [...script.nodes].filter(([, node]) => exitsOf(node, locale).some(({ target }) => target === id));
  const count = from.length + beginningsOf(script).filter(({ target }) => target === id).length;
  const remove = () => {
    edit(removeNode(id));
    if (chosen === id) {
      choose(null);
    }
    onClose();
  };
  return (
    <Dialog title={t('script.removeNode')} onClose={onClose}>
      <p>
        {t('script.removeNodeSure', { id })} {count > 0 && t('script.removeNodeWays', { ways: format.number(count) })}
      </p>
      <Group>
        <Button color="red" onClick={remove} data-autofocus>
          {t('script.removeNode')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </Group>
    </Dialog>
  );
}
