import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Dialog } from '../../../ui/dialog.js';
import { addNode, all, freeNodeId, setValue, type Edit } from '../document/edit-document.js';
import { isNodeId, nodeKinds, type NodeKind, type Path } from '../document/script-words.js';
import { useEditor } from './editor-context.js';
import { KindIcon } from './kind-icon.js';

interface Props {
  /** The end of a way that shall lead to it; absent for a node by itself. */
  from?: Path;
  onAdded: (id: string) => void;
  onClose: () => void;
}

/** Which kind of node, and its name. */
export function AddNode({ from, onAdded, onClose }: Props) {
  const { t } = useI18n();
  const { script, edit } = useEditor();
  const [kind, setKind] = useState<NodeKind>('say');
  const [typed, setTyped] = useState<string | null>(null);
  const taken = [...script.nodes.keys()];
  const id = typed ?? freeNodeId(kind, taken);
  const isTaken = taken.includes(id);
  const isWrong = !isNodeId(id);
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (isTaken || isWrong) {
      return;
    }
    const begin = addNode(id, kind, script.locales);
    const edits: Edit[] = from ? [begin, setValue(from, id)] : [begin];
    const isFirst = script.nodes.size === 0;
    edit(all(...edits, ...(isFirst ? [setValue(['start', 'default'], id), setValue(['fallback'], id)] : [])));
    onClose();
    onAdded(id);
  };
  return (
    <Dialog title={t('script.addNode')} size="lg" onClose={onClose}>
      <form onSubmit={add}>
        <Stack>
          <fieldset className="script-kinds">
            <legend>{t('script.kind')}</legend>
            {nodeKinds.map((one) => (
              <label key={one} data-chosen={one === kind || undefined}>
                <input
                  type="radio"
                  name="kind"
                  className="unseen"
                  checked={one === kind}
                  onChange={() => setKind(one)}
                />
                <KindIcon kind={one} size={18} />
                <span>
                  {t(`script.do_${one}`)}
                  <small>{t(`script.about_${one}`)}</small>
                </span>
              </label>
            ))}
          </fieldset>
          <TextInput
            label={t('script.nodeId')}
            description={t('script.nodeIdHint')}
            dir="ltr"
            maxLength={48}
            value={id}
            error={(isTaken && t('script.idTaken')) || (isWrong && t('script.idWrong'))}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Group>
            <Button type="submit">{t('common.add')}</Button>
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
