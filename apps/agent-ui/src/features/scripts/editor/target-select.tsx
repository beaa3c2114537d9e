import { NativeSelect } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useI18n } from '../../../i18n/use-i18n.js';
import { setValue } from '../document/edit-document.js';
import { wordsOf } from '../document/outline.js';
import { valueAt, wordOf, type Path } from '../document/script-words.js';
import { AddNode } from './add-node.js';
import { problemsExactlyAt, useEditor } from './editor-context.js';

interface Props {
  /** From the root of the script. */
  path: Path;
  label: ReactNode;
  isLabelHidden?: boolean;
  /** What no choice means here; that it leads nowhere yet unless said. */
  none?: string;
}

const another = '+';

/** Where a way leads: one of the nodes, or one that is made for it. */
export function TargetSelect({ path, label, isLabelHidden, none }: Props) {
  const { t, locale } = useI18n();
  const { script, problems, edit, choose, mayEdit } = useEditor();
  const [isAdding, setAdding] = useState(false);
  const target = wordOf(valueAt(script.root, path));
  const nodes = [...script.nodes].map(([id, node]) => {
    const words = wordsOf(node, locale);
    return { value: id, label: words ? `\u2066${id}\u2069 – ${words.slice(0, 40)}` : id };
  });
  const isGone = target !== '' && !script.nodes.has(target);
  const wrong = problemsExactlyAt(problems, path)[0];
  return (
    <div className="script-target">
      <NativeSelect
        {...(isLabelHidden && typeof label === 'string' ? { 'aria-label': label } : { label })}
        disabled={!mayEdit}
        error={wrong?.text[locale] ?? (isGone && t('script.targetGone'))}
        value={target}
        onChange={(event) =>
          event.currentTarget.value === another
            ? setAdding(true)
            : edit(setValue(path, event.currentTarget.value), null)
        }
        data={[
          { value: '', label: none ?? t('script.nowhere') },
          ...(isGone ? [{ value: target, label: target }] : []),
          ...nodes,
          { value: another, label: t('script.newNode') },
        ]}
      />
      {target !== '' && !isGone && (
        <button type="button" className="script-goto" onClick={() => choose(target)}>
          {t('script.goTo', { id: target })}
        </button>
      )}
      {isAdding && <AddNode from={path} onAdded={choose} onClose={() => setAdding(false)} />}
    </div>
  );
}
