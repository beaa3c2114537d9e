import { Handle, type Node, type NodeProps } from '@xyflow/react';
import { createContext, useContext, type KeyboardEvent } from 'react';
import { useI18n } from '../../../i18n/use-i18n.js';
import { problemsAt, useEditor } from '../editor/editor-context.js';
import { KindIcon } from '../editor/kind-icon.js';
import type { GraphNode } from './graph-of.js';

export interface FlowNodeContent extends Record<string, unknown> {
  node: GraphNode;
  isChosen: boolean;
}

interface Keys {
  press: (event: KeyboardEvent, id: string) => void;
  open: (id: string) => void;
}

const KeysContext = createContext<Keys>({ press: () => undefined, open: () => undefined });
export const FlowKeys = KeysContext.Provider;

type Props = NodeProps<Node<FlowNodeContent>>;

/** A box: what it does, what it says, and its ways out with the points where arrows begin. */
export function FlowNode({ data: { node, isChosen }, sourcePosition, targetPosition }: Props) {
  const { t, locale } = useI18n();
  const { lit, problems } = useEditor();
  const { press, open } = useContext(KeysContext);
  const { id, kind, words, exits, isBeginning } = node;
  const isWrong = problemsAt(problems, ['nodes', id]).some(({ severity }) => severity === 'error');
  const doing = kind ? t(`script.do_${kind}`) : t('script.doNothing');
  const named = (way: (typeof exits)[number]) => way.name || t(`script.way_${way.way}`);
  return (
    <div
      className="flow-box"
      dir={locale === 'fa' ? 'rtl' : 'ltr'}
      data-chosen={isChosen || undefined}
      data-lit={lit === id || undefined}
      data-wrong={isWrong || undefined}
      data-begins={isBeginning || undefined}
    >
      {targetPosition && <Handle type="target" position={targetPosition} />}
      <button
        type="button"
        data-step={id}
        aria-current={isChosen ? 'true' : undefined}
        onClick={() => open(id)}
        onKeyDown={(event) => press(event, id)}
      >
        <span className="flow-name">
          <KindIcon kind={kind} /> <span className="one-line">{doing}</span>{' '}
          <bdi dir="ltr" className="script-id one-line">
            {id}
          </bdi>
        </span>
        <small className="one-line" dir={words ? 'auto' : undefined}>
          {words || '\u00a0'}
        </small>
        <span className="unseen">
          {exits
            .map((exit) => t('canvas.leads', { way: named(exit), to: exit.target || t('script.nowhere') }))
            .join('. ')}
          {isWrong && ` ${t('script.hasProblems')}`}
        </span>
      </button>
      {exits.map((exit) => (
        <div key={exit.key} className="flow-exit" data-open={exit.target === '' || undefined} aria-hidden>
          <span className="one-line" dir={exit.name ? 'auto' : undefined}>
            {named(exit)}
          </span>
          {sourcePosition && <Handle type="source" id={exit.key} position={sourcePosition} />}
        </div>
      ))}
    </div>
  );
}
