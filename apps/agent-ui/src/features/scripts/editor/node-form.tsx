import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useI18n } from '../../../i18n/use-i18n.js';
import { changeKind, copyNode, freeNodeId, renameNode } from '../document/edit-document.js';
import { possibleExits, type Exit } from '../document/exits.js';
import { isNodeId, kindOf, nodeKinds, wordOf, type Mapping, type NodeKind } from '../document/script-words.js';
import { IconTrash } from '../script-icons.js';
import { useEditor } from './editor-context.js';
import { KindIcon } from './kind-icon.js';
import { NodeField } from './node-field.js';
import { fieldsOf } from './node-fields.js';
import { PlaceProblems } from './place-problems.js';
import { RemoveNode } from './remove-node.js';
import { SnippetField } from './snippet-field.js';
import { TargetSelect } from './target-select.js';
import { LineField } from './written-fields.js';

/** Everything that a node says and does, by its kind. */
export function NodeForm({ id, node }: { id: string; node: Mapping }) {
  const { t } = useI18n();
  const { mayEdit } = useEditor();
  const kind = kindOf(node);
  return (
    <section className="script-form" aria-label={t('script.nodeNamed', { id })} key={id}>
      <NodeHead id={id} kind={kind} node={node} />
      <PlaceProblems path={['nodes', id]} exactly />
      <fieldset className="script-plain" disabled={!mayEdit}>
        <Stack gap="md">
          {kind && fieldsOf[kind].map((spec) => <NodeField key={spec.name} spec={spec} id={id} node={node} />)}
          <Ways id={id} node={node} />
          <LineField path={['nodes', id, 'note']} label={t('script.note')} description={t('script.noteHint')} lines />
          <details className="script-more">
            <summary>{t('script.asText')}</summary>
            <SnippetField path={['nodes', id]} label={t('script.asTextHint')} />
          </details>
        </Stack>
      </fieldset>
    </section>
  );
}

function NodeHead({ id, kind, node }: { id: string; kind: NodeKind | null; node: Mapping }) {
  const { t } = useI18n();
  const { script, edit, choose, mayEdit } = useEditor();
  const [isRemoving, setRemoving] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const copy = () => {
    const to = freeNodeId(id.replace(/_\d+$/u, ''), script.nodes.keys());
    edit(copyNode(id, to));
    choose(to);
  };
  return (
    <header className="script-form-head">
      <h2 ref={heading} id="script-node" tabIndex={-1}>
        <KindIcon kind={kind} size={20} /> {kind ? t(`script.do_${kind}`) : wordOf(node['do'])}
      </h2>
      <NodeName id={id} />
      <NativeSelect
        aria-label={t('script.kind')}
        disabled={!mayEdit}
        value={kind ?? ''}
        onChange={(event) => edit(changeKind(id, event.currentTarget.value as NodeKind, script.locales))}
        data={[
          ...(kind ? [] : [{ value: '', label: t('script.doNothing') }]),
          ...nodeKinds.map((value) => ({ value, label: t(`script.do_${value}`) })),
        ]}
      />
      {mayEdit && (
        <span className="script-form-acts">
          <Button variant="default" size="xs" onClick={copy}>
            {t('script.copyNode')}
          </Button>
          <Button
            variant="light"
            color="red"
            size="xs"
            leftSection={<IconTrash size={14} />}
            onClick={() => setRemoving(true)}
          >
            {t('script.removeNode')}
          </Button>
        </span>
      )}
      {isRemoving && <RemoveNode id={id} onClose={() => setRemoving(false)} />}
    </header>
  );
}

/** Typed to the end before it is taken: each letter would be another name. */
function NodeName({ id }: { id: string }) {
  const { t } = useI18n();
  const { script, edit, choose, mayEdit } = useEditor();
  const [typed, setTyped] = useState(id);
  const isTaken = typed !== id && script.nodes.has(typed);
  const leave = () => {
    if (typed === id || isTaken || !isNodeId(typed)) {
      return setTyped(id);
    }
    edit(renameNode(id, typed));
    choose(typed);
  };
  return (
    <TextInput
      aria-label={t('script.nodeId')}
      dir="ltr"
      maxLength={48}
      readOnly={!mayEdit}
      value={typed}
      error={(isTaken && t('script.idTaken')) || (!isNodeId(typed) && t('script.idWrong'))}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={leave}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  );
}

/** Ways that are written beside what they belong to, and not here. */
const besides: readonly Exit['way'][] = ['option', 'intent', 'case'];

function Ways({ id, node }: { id: string; node: Mapping }) {
  const { t, locale } = useI18n();
  const ways = possibleExits(node, locale).filter(({ way }) => !besides.includes(way));
  return (
    ways.length > 0 && (
      <fieldset className="form-part">
        <legend>{t('script.ways')}</legend>
        <div className="script-pairs">
          {ways.map(({ path, way }) => (
            <TargetSelect key={path.join('.')} path={['nodes', id, ...path]} label={t(`script.way_${way}`)} />
          ))}
        </div>
      </fieldset>
    )
  );
}
