import { Skeleton } from '@mantine/core';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { ScriptView } from '#contract';
import { useManages } from '../../api/queries.js';
import { EditorProvider, type Editor } from './editor/editor-context.js';
import { LeaveGuard } from './leave-guard.js';
import { SaveConflict } from './save-conflict.js';
import { ScriptHead } from './script-head.js';
import type { ScriptPlace } from './script-page.js';
import { useCheck, useDraft, type Draft } from './use-draft.js';
import { useKnownNames } from './use-known-names.js';
import { useSettled } from './use-settled.js';
import { WritingDesk } from './writing-desk.js';

const ScenariosTab = lazy(async () => ({ default: (await import('./life/scenarios-tab.js')).ScenariosTab }));
const VersionsTab = lazy(async () => ({ default: (await import('./life/versions-tab.js')).VersionsTab }));
const UseTab = lazy(async () => ({ default: (await import('./life/use-tab.js')).UseTab }));
const TeachTab = lazy(async () => ({ default: (await import('./life/teach-tab.js')).TeachTab }));
const FiguresTab = lazy(async () => ({ default: (await import('./life/figures-tab.js')).FiguresTab }));

const tabs = ['outline', 'canvas', 'text', 'scenarios', 'versions', 'use', 'teach', 'figures'] as const;
export type ScriptTab = (typeof tabs)[number];

interface Props {
  script: ScriptView;
  place: ScriptPlace;
  onPlace: (place: ScriptPlace) => void;
}

const checkAfterMs = 500;

/** The draft and everything that belongs to it, one part of it at a time. */
export function ScriptDesk({ script, place, onPlace }: Props) {
  const isAdmin = useManages('automation.manage');
  const draft = useDraft(script);
  const check = useCheck(useSettled(draft.source, checkAfterMs));
  const known = useKnownNames();
  const [lit, setLit] = useState<string | null>(null);
  const tab = tabs.find((one) => one === place.tab) ?? 'outline';
  const open = (next: ScriptTab) => onPlace({ ...place, tab: next });
  const choose = (node: string | null) => onPlace({ ...place, node });
  const editor: Editor | null = draft.read.script && {
    script: draft.read.script,
    read: draft.read,
    problems: check.data?.problems ?? [],
    chosen: place.node !== null && draft.read.script.nodes.has(place.node) ? place.node : null,
    choose,
    edit: draft.edit,
    lit,
    mayEdit: isAdmin,
    known,
  };
  return (
    <main className="script-page" id="content">
      <ScriptHead
        script={script}
        draft={draft}
        mayEdit={isAdmin}
        isSure={check.isSuccess}
        tab={tab}
        onTab={open}
        tabs={tabs}
      />
      <SaveConflict draft={draft} />
      <EditorProvider value={editor}>
        <Suspense fallback={<Skeleton height={320} m={16} />}>
          {isWriting(tab) ? (
            <WritingDesk
              tab={tab}
              draft={draft}
              script={script}
              problems={check.data?.problems ?? []}
              mayEdit={isAdmin}
              onChoose={choose}
              onTab={open}
              onLit={setLit}
            />
          ) : (
            <div className="script-body">{bodies[tab]({ script, draft, onTab: open, mayEdit: isAdmin })}</div>
          )}
        </Suspense>
      </EditorProvider>
      <LeaveGuard isChanged={draft.isChanged} />
    </main>
  );
}

export type WritingTab = 'outline' | 'canvas' | 'text';

function isWriting(tab: ScriptTab): tab is WritingTab {
  return tab === 'outline' || tab === 'canvas' || tab === 'text';
}

export interface TabProps {
  script: ScriptView;
  draft: Draft;
  onTab: (tab: ScriptTab) => void;
  mayEdit: boolean;
}

const bodies: Record<Exclude<ScriptTab, WritingTab>, (props: TabProps) => ReactNode> = {
  scenarios: (props) => <ScenariosTab {...props} />,
  versions: (props) => <VersionsTab {...props} />,
  use: (props) => <UseTab {...props} />,
  teach: (props) => <TeachTab {...props} />,
  figures: (props) => <FiguresTab {...props} />,
};
