import type { CallDetails } from '#channels';

type Path = NonNullable<CallDetails['path']>;

/** An answer that a caller gave while a script stood at a node. Instants are in milliseconds of the epoch. */
export interface CallerAnswer {
  node: string;
  at: number;
  words: string;
  /** It was given in confidence. */
  isMasked: boolean;
}

const masked = '•••';
const longestWords = 200;

/**
 * The nodes that a caller went through, each with what they answered there. A second answer at the same node is a step of its own, so that
 * the path of a call only ever grows. Nodes of one turn are a millisecond apart, which keeps them in their order wherever they are sorted.
 */
export function pathOfCall(visits: readonly { node: string; at: number }[], answers: readonly CallerAnswer[]): Path {
  const left = [...answers];
  return visits.flatMap(({ node, at }, index) => {
    const until = visits.slice(index + 1).find((next) => next.node === node)?.at ?? Infinity;
    const here = left.filter((answer) => isAt(node, answer) && answer.at >= at && answer.at < until);
    here.forEach((answer) => left.splice(left.indexOf(answer), 1));
    const [first, ...more] = here;
    return [
      { node, at: instant(at + sameTurn(visits, index)), ...(first && { heard: heardOf(first) }) },
      ...more.map((answer) => ({ node, at: instant(answer.at), heard: heardOf(answer) })),
    ];
  });
}

/** How many nodes were entered before this one in the same turn. */
function sameTurn(visits: readonly { at: number }[], index: number): number {
  return visits.slice(0, index).filter(({ at }) => at === visits[index]?.at).length;
}

/** Paths name the nodes of a called script behind its own name. */
function isAt(visited: string, { node }: CallerAnswer): boolean {
  return visited === node || visited.endsWith(`/${node}`);
}

function heardOf({ words, isMasked }: CallerAnswer): string {
  return isMasked ? masked : words.slice(0, longestWords).toWellFormed();
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
