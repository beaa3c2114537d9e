import type { ScriptDiffLineView } from '#contract';

/** The most lines in the middle, where texts differ, that are compared one by one; beyond it the middle is shown as replaced. */
const mostCompared = 2_500;

/** How one text becomes the other, line by line: the longest common lines stay. */
export function diffLines(before: string, after: string): ScriptDiffLineView[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const head = commonHead(old, now);
  const tail = commonTail(old.slice(head), now.slice(head));
  const middle = compare(old.slice(head, old.length - tail), now.slice(head, now.length - tail));
  return number([...old.slice(0, head).map(same), ...middle, ...(tail === 0 ? [] : old.slice(-tail)).map(same)]);
}

type Line = Pick<ScriptDiffLineView, 'change' | 'text'>;

const same = (text: string): Line => ({ change: 'same', text });
const removed = (text: string): Line => ({ change: 'removed', text });
const added = (text: string): Line => ({ change: 'added', text });

function commonHead(old: readonly string[], now: readonly string[]): number {
  const differs = old.findIndex((line, index) => line !== now[index]);
  return differs === -1 ? old.length : differs;
}

function commonTail(old: readonly string[], now: readonly string[]): number {
  const most = Math.min(old.length, now.length);
  let tail = 0;
  while (tail < most && old[old.length - 1 - tail] === now[now.length - 1 - tail]) {
    tail += 1;
  }
  return tail;
}

function compare(old: readonly string[], now: readonly string[]): Line[] {
  if (old.length > mostCompared || now.length > mostCompared) {
    return [...old.map(removed), ...now.map(added)];
  }
  const lengths = commonLengths(old, now);
  const lines: Line[] = [];
  let [at, to] = [0, 0];
  while (at < old.length && to < now.length) {
    if (old[at] === now[to]) {
      lines.push(same(old[at] as string));
      [at, to] = [at + 1, to + 1];
    } else if (lengths.of(at + 1, to) >= lengths.of(at, to + 1)) {
      lines.push(removed(old[at] as string));
      at += 1;
    } else {
      lines.push(added(now[to] as string));
      to += 1;
    }
  }
  return [...lines, ...old.slice(at).map(removed), ...now.slice(to).map(added)];
}

/** How many lines the two have in common from each pair of places on. */
function commonLengths(old: readonly string[], now: readonly string[]): { of(at: number, to: number): number } {
  const width = now.length + 1;
  const table = new Uint16Array((old.length + 1) * width);
  for (let at = old.length - 1; at >= 0; at--) {
    for (let to = now.length - 1; to >= 0; to--) {
      table[at * width + to] =
        old[at] === now[to]
          ? (table[(at + 1) * width + to + 1] as number) + 1
          : Math.max(table[(at + 1) * width + to] as number, table[at * width + to + 1] as number);
    }
  }
  return { of: (at, to) => table[at * width + to] ?? 0 };
}

function number(lines: readonly Line[]): ScriptDiffLineView[] {
  let [before, after] = [0, 0];
  return lines.map(({ change, text }) => {
    before += change === 'added' ? 0 : 1;
    after += change === 'removed' ? 0 : 1;
    return { change, text, before: change === 'added' ? null : before, after: change === 'removed' ? null : after };
  });
}
