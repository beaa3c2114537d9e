import { createContext, useContext } from 'react';
import type { ScriptProblemView } from '#contract';
import type { Edit } from '../document/edit-document.js';
import type { ReadDocument } from '../document/read-document.js';
import type { LooseScript, Path } from '../document/script-words.js';

/** What the parts of the editor share: one script, its problems, and what is chosen in it. */
export interface Editor {
  script: LooseScript;
  read: ReadDocument;
  /** Everything wrong with it, as the hub saw it last. */
  problems: readonly ScriptProblemView[];
  /** The node that is looked at; null: the script as a whole. */
  chosen: string | null;
  choose: (node: string | null) => void;
  edit: (edit: Edit, place?: string | null) => void;
  /** Where the simulated talk is now. */
  lit: string | null;
  mayEdit: boolean;
  /** Names that a node may call, by what they are. */
  known: KnownNames;
}

export interface KnownName {
  value: string;
  label: string;
}

export type KnownPlace = 'queues' | 'calendars' | 'connectors' | 'scripts' | 'skills' | 'agents';
export type KnownNames = Record<KnownPlace, KnownName[]>;

const Context = createContext<Editor | null>(null);
export const EditorProvider = Context.Provider;

export function useEditor(): Editor {
  const editor = useContext(Context);
  if (!editor) {
    throw new Error('This belongs into the editor of a script.');
  }
  return editor;
}

/** Problems at a place or inside of it. */
export function problemsAt(problems: readonly ScriptProblemView[], path: Path): ScriptProblemView[] {
  return problems.filter((problem) => path.every((step, place) => String(problem.path[place]) === String(step)));
}

/** Problems at exactly this place. */
export function problemsExactlyAt(problems: readonly ScriptProblemView[], path: Path): ScriptProblemView[] {
  return problemsAt(problems, path).filter((problem) => problem.path.length === path.length);
}

/** The editor, or null where the text cannot be read as a script. */
export function useEditorIfRead(): Editor | null {
  return useContext(Context);
}
