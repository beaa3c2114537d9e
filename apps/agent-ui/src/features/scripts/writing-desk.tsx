import { Button, Skeleton } from '@mantine/core';
import { lazy, Suspense, useRef, useState } from 'react';
import type { ScriptProblemView, ScriptView } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { useEditorIfRead } from './editor/editor-context.js';
import { NodeForm } from './editor/node-form.js';
import { OutlineTree } from './editor/outline-tree.js';
import { ProblemList } from './editor/problem-list.js';
import { ScriptForm } from './editor/script-form.js';
import { TextMode, type TextTarget } from './editor/text-mode.js';
import type { ScriptTab, WritingTab } from './script-desk.js';
import { Simulator } from './simulator/simulator.js';
import type { Draft } from './use-draft.js';

const Canvas = lazy(async () => ({ default: (await import('./canvas/canvas.js')).Canvas }));

interface Props {
  tab: WritingTab;
  draft: Draft;
  script: ScriptView;
  problems: readonly ScriptProblemView[];
  mayEdit: boolean;
  onChoose: (node: string | null) => void;
  onTab: (tab: ScriptTab) => void;
  onLit: (node: string | null) => void;
}

/** The outline at the side where reading begins, what is written in the middle, and the talk that it would lead beside it. */
export function WritingDesk({ tab, draft, script, problems, mayEdit, onChoose, onTab, onLit }: Props) {
  const { t } = useI18n();
  const editor = useEditorIfRead();
  const [isTrying, setTrying] = useState(true);
  const [target, setTarget] = useState<TextTarget | null>(null);
  const form = useRef<HTMLDivElement>(null);
  const openNode = (node: string | null) => {
    onChoose(node);
    // What is opened is shown after this; its heading takes the focus then.
    setTimeout(() => form.current?.querySelector<HTMLElement>('#script-node')?.focus({ preventScroll: true }));
  };
  const goTo = (problem: ScriptProblemView) => {
    if (tab === 'text' || !editor) {
      setTarget({ line: problem.line ?? 1 });
      onTab('text');
    } else {
      openNode(problem.node);
    }
  };
  const isText = tab === 'text' || !editor;
  return (
    <div
      className="script-desk"
      data-trying={isTrying || undefined}
      data-text={isText || undefined}
      data-canvas={tab === 'canvas' || undefined}
    >
      {!isText && tab === 'outline' && <OutlineTree onOpen={openNode} />}
      <div className="script-middle" ref={form}>
        {editor === null && tab !== 'text' && <p className="settings-problem">{t('script.unreadable')}</p>}
        {isText ? (
          <TextMode draft={draft} problems={problems} target={target} mayEdit={mayEdit} />
        ) : (
          <Forms isCanvas={tab === 'canvas'} onOpen={openNode} />
        )}
        <ProblemList problems={problems} syntax={draft.read.syntax} onOpen={goTo} />
      </div>
      <aside className="script-side" aria-label={t('sim.title')}>
        <Button
          variant="subtle"
          size="compact-xs"
          className="script-try"
          aria-expanded={isTrying}
          onClick={() => setTrying(!isTrying)}
        >
          {t(isTrying ? 'sim.hide' : 'sim.show')}
        </Button>
        {isTrying && (
          <Simulator
            draft={draft}
            script={script}
            mayEdit={mayEdit}
            onLit={onLit}
            onScenarios={() => onTab('scenarios')}
          />
        )}
      </aside>
    </div>
  );
}

interface FormsProps {
  isCanvas: boolean;
  onOpen: (node: string | null) => void;
}

/** The canvas shows the script; only what is chosen there has its form below. */
function Forms({ isCanvas, onOpen }: FormsProps) {
  const editor = useEditorIfRead();
  return (
    <>
      {isCanvas && (
        <Suspense fallback={<Skeleton height={420} />}>
          <Canvas onOpen={onOpen} />
        </Suspense>
      )}
      {(!isCanvas || editor?.chosen) && <Chosen />}
    </>
  );
}

function Chosen() {
  const editor = useEditorIfRead();
  const node = editor?.chosen ? editor.script.nodes.get(editor.chosen) : undefined;
  return editor?.chosen && node ? <NodeForm key={editor.chosen} id={editor.chosen} node={node} /> : <ScriptForm />;
}
