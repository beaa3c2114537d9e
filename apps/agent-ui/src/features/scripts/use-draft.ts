import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { ScriptScenarioView, ScriptView } from '#contract';
import { isProblem } from '../../api/problem.js';
import { scriptKeys, scripts } from '../../api/scripts.js';
import type { Edit } from './document/edit-document.js';
import { beginHistory, changed, redone, undone, type History } from './document/history.js';
import { readDocument, type ReadDocument } from './document/read-document.js';

export interface Draft {
  /** The text as it is written now. */
  source: string;
  read: ReadDocument;
  scenarios: ScriptScenarioView[];
  isChanged: boolean;
  canUndo: boolean;
  canRedo: boolean;
  /** `place`: the field that is typed into, for letters that are one step; null for a step of its own. */
  edit: (edit: Edit, place?: string | null) => void;
  putScenarios: (scenarios: ScriptScenarioView[]) => void;
  undo: () => void;
  redo: () => void;
  save: () => void;
  isSaving: boolean;
  /** Why it was not saved; null when it was. */
  error: Error | null;
  /** Somebody else saved in between. */
  isStale: boolean;
  /** Shows theirs and forgets what is written here. */
  takeTheirs: () => void;
  /** Puts what is written here over theirs. */
  keepMine: () => void;
  /** Lets go of what is not saved: the script itself goes. */
  forget: () => void;
}

/** A draft on its way to the hub, with the version that it was written upon. */
interface Sent {
  version: number;
  source: string;
  scenarios: ScriptScenarioView[];
}

/** The draft of a script while it is written: one text, its history, and what the hub has of it. */
export function useDraft(script: ScriptView): Draft {
  const { load, keep } = useCached(script.id);
  const [history, setHistory] = useState<History>(() => beginHistory(script.source));
  const [scenarios, putScenarios] = useState(script.scenarios);
  const [saved, setSaved] = useState(script);
  const source = history.present;
  const read = useMemo(() => readDocument(source), [source]);
  const saving = useMutation({
    mutationFn: (sent: Sent) => scripts.saveDraft(script.id, sent),
    // What was typed while the answer was on its way is not saved yet: what was sent is, and nothing else.
    onSuccess: (view, sent) => {
      setSaved({ ...view, source: sent.source, scenarios: sent.scenarios });
      keep(view);
    },
  });
  const takeTheirs = async (): Promise<void> => {
    const theirs = await load();
    setSaved(theirs);
    setHistory((known) => changed(known, theirs.source, null, 0));
    putScenarios(theirs.scenarios);
    saving.reset();
  };
  const save = (version: number): void => saving.mutate({ version, source, scenarios });
  const keepMine = async (): Promise<void> => save((await load()).draftVersion);
  const isChanged = source !== saved.source || scenarios !== saved.scenarios;
  if (script.draftVersion > saved.draftVersion && !isChanged && !saving.isPending) {
    // A newer one came while nothing was written here: to begin with the old one would end in a conflict.
    setSaved(script);
    setHistory(beginHistory(script.source));
    putScenarios(script.scenarios);
  }
  return {
    source,
    read,
    scenarios,
    isChanged,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    edit: (edit, place = null) => setHistory((known) => changed(known, edit(known.present), place, Date.now())),
    putScenarios,
    undo: () => setHistory(undone),
    redo: () => setHistory(redone),
    save: () => save(saved.draftVersion),
    isSaving: saving.isPending,
    error: saving.error,
    isStale: isProblem(saving.error, 'stale'),
    takeTheirs: () => void takeTheirs(),
    keepMine: () => void keepMine(),
    forget: () => setSaved((known) => ({ ...known, source, scenarios })),
  };
}

/** What is cached of a script: asked for anew, and put there as the hub answered. */
function useCached(id: string): { load: () => Promise<ScriptView>; keep: (view: ScriptView) => void } {
  const queries = useQueryClient();
  return {
    load: () => queries.fetchQuery({ queryKey: scriptKeys.one(id), queryFn: () => scripts.one(id), staleTime: 0 }),
    keep: (view) => {
      queries.setQueryData(scriptKeys.one(id), view);
      void queries.invalidateQueries({ queryKey: scriptKeys.list });
    },
  };
}

/** What the hub says of a text, some moments after the last letter; what it said of the one before it while it is asked. */
export function useCheck(source: string) {
  return useQuery({
    queryKey: [...scriptKeys.checks, source],
    queryFn: ({ signal }) => scripts.check(source, signal),
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
}
