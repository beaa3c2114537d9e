/** What was, is and was taken back, of one text. */
export interface History {
  past: readonly string[];
  present: string;
  future: readonly string[];
  /** Where the last change was made: another one at the same place soon after is one step with it. */
  place: string | null;
  at: number;
}

const mostSteps = 200;
const oneStepMs = 1_200;

export function beginHistory(present: string): History {
  return { past: [], present, future: [], place: null, at: 0 };
}

/**
 * The same with a change. Letters typed into one field one after the other are one step: `place` names the field, null stands for a
 * change of its own.
 */
export function changed(history: History, present: string, place: string | null, at: number): History {
  if (present === history.present) {
    return history;
  }
  const isSameStep = place !== null && place === history.place && at - history.at < oneStepMs;
  const past = isSameStep ? history.past : [...history.past, history.present].slice(-mostSteps);
  return { past, present, future: [], place, at };
}

export function undone(history: History): History {
  const present = history.past.at(-1);
  return present === undefined
    ? history
    : { past: history.past.slice(0, -1), present, future: [history.present, ...history.future], place: null, at: 0 };
}

export function redone(history: History): History {
  const [present, ...future] = history.future;
  return present === undefined
    ? history
    : { past: [...history.past, history.present], present, future, place: null, at: 0 };
}
