/** One typed action; what each holds is told by the API's description of macros. */
export interface MacroAction {
  do: string;
  [key: string]: unknown;
}

/** Something that an action names and that is not there any more. */
export interface BrokenAction {
  /** Where it stands among the actions, from 0. */
  index: number;
  what: 'queue' | 'agent' | 'field' | 'state' | 'canned_reply' | 'survey' | 'webhook' | 'unreadable';
}

export interface MacroView {
  id: string;
  version: number;
  /** Only whoever made it sees and uses it. */
  personal: boolean;
  name: string;
  /** For tickets of these queues; none for any. */
  queueIds: string[];
  actions: MacroAction[];
  /** It cannot be run while there is anything in it. */
  broken: BrokenAction[];
  used: number;
  usedAt: string | null;
  changedAt: string;
}

/** What an action would do, or did: a change, something said, or why it cannot be done. */
export interface MacroEffect {
  action: MacroAction;
  change:
    | { what: string; field?: string; from: unknown; to: unknown }
    | {
        says: 'note' | 'reply' | 'survey' | 'webhook';
        text: { en?: string; fa?: string } | null;
        subjectId: string | null;
      }
    /** `detail`: what a person may be told besides, e.g. the variables that have no value. */
    | { refused: string; detail?: string };
}

export interface MacroPreviewView {
  /** The version of the ticket that it was looked at in: to be named when the macro is run. */
  version: number;
  effects: MacroEffect[];
  /** What the ids in the effects are called. */
  names: Record<string, string>;
  broken: BrokenAction[];
  /** Whether it can be run as things are. */
  runs: boolean;
}
