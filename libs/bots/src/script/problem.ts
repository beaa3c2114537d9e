/** Something wrong with a script, for somebody who does not program: `problemText` says it in words. */
export interface ScriptProblem {
  /** An error keeps a script from being published, a warning does not. */
  severity: 'error' | 'warning';
  code: string;
  /** Where in the document, from its root: `['nodes', 'menu', 'options', 0, 'label']`. */
  path: (string | number)[];
  /** The node it is in; null where it is in none. */
  node: string | null;
  /** Counted from 1; null where the script was not read from a text. */
  line: number | null;
  column: number | null;
  /** What the words of the problem need. */
  values: Record<string, string | number>;
}

/** What an organisation has, by the names that scripts use. A list that is absent is not checked. */
export interface KnownPlaces {
  connectors?: readonly string[];
  queues?: readonly string[];
  calendars?: readonly string[];
  skills?: readonly string[];
  /** Recordings for the phone. */
  assets?: readonly string[];
  /** Pictures and files that go with a text. */
  media?: readonly string[];
  scripts?: readonly string[];
  tags?: readonly string[];
  /** Where some survey may ask customers how satisfied they are. */
  surveys?: readonly ('writing' | 'phone')[];
}

/** A problem before its place in the text is known. */
export interface Finding {
  severity?: 'warning';
  code: string;
  path: (string | number)[];
  values?: Record<string, string | number>;
}

export function toProblem({ severity, code, path, values }: Finding): ScriptProblem {
  const [room, name] = path;
  return {
    severity: severity ?? 'error',
    code,
    path,
    node: room === 'nodes' && typeof name === 'string' ? name : null,
    line: null,
    column: null,
    values: values ?? {},
  };
}
