import { beginningsOf, exitsOf, type ExitWay } from '../document/exits.js';
import { outlineOf } from '../document/outline.js';
import { isMapping, type LooseScript, type NodeKind, type Path } from '../document/script-words.js';
import { boxWidth, layOut, type Spot } from './lay-out.js';

/** A node as the canvas draws it. */
export interface GraphNode {
  id: string;
  kind: NodeKind | null;
  words: string;
  exits: { key: string; path: Path; way: ExitWay; name: string; target: string }[];
  spot: Spot;
  height: number;
  isBeginning: boolean;
}

export interface GraphWay {
  id: string;
  from: string;
  /** Which of the exits. */
  exit: string;
  to: string;
  /** A way for when something goes wrong. */
  isAside: boolean;
}

export const headHeight = 62;
export const exitHeight = 26;
const asides: readonly ExitWay[] = ['retry', 'timeout', 'error', 'absent', 'unavailable', 'handoffTimeout'];

/**
 * All nodes and ways, in the order in which they are reached. A node lies where its author put it, else where the layout says; `isRtl`
 * turns all of it round, for a script that is read from the right.
 */
export function graphOf(script: LooseScript, locale: string, isRtl: boolean): { nodes: GraphNode[]; ways: GraphWay[] } {
  const rows = outlineOf(script, locale);
  const beginnings = beginningsOf(script).map(({ target }) => target);
  const drawn = rows.map(({ id, kind, words }) => {
    const exits = exitsOf(script.nodes.get(id) ?? {}, locale).map((exit) => ({ ...exit, key: exit.path.join('.') }));
    return { id, kind, words, exits, height: headHeight + exits.length * exitHeight };
  });
  const ways = drawn.flatMap(({ id, exits }) =>
    exits
      .filter(({ target }) => script.nodes.has(target))
      .map(({ key, way, target }) => ({
        id: `${id} ${key}`,
        from: id,
        exit: key,
        to: target,
        isAside: asides.includes(way),
      })),
  );
  const spots = layOut(drawn, ways, beginnings);
  const nodes = drawn.map((node) => {
    const spot = ownSpot(script, node.id) ?? spots.get(node.id) ?? { x: 0, y: 0 };
    return {
      ...node,
      spot: isRtl ? { x: -spot.x - boxWidth, y: spot.y } : spot,
      isBeginning: beginnings.includes(node.id),
    };
  });
  return { nodes, ways };
}

function ownSpot(script: LooseScript, id: string): Spot | null {
  const at = script.nodes.get(id)?.['at'];
  return isMapping(at) && typeof at['x'] === 'number' && typeof at['y'] === 'number'
    ? { x: at['x'], y: at['y'] }
    : null;
}

/** Where an arrow leads from a node: along a way, back along one, or to the neighbour above or below. */
export function neighbourOf(
  nodes: readonly GraphNode[],
  ways: readonly GraphWay[],
  from: string,
  to: 'onward' | 'back' | 'up' | 'down',
): string | null {
  if (to === 'onward' || to === 'back') {
    const [here, there] = to === 'onward' ? (['from', 'to'] as const) : (['to', 'from'] as const);
    return ways.find((way) => way[here] === from && way[there] !== from)?.[there] ?? null;
  }
  const column = columnOf(nodes, from);
  return column[column.indexOf(from) + (to === 'up' ? -1 : 1)] ?? null;
}

/** What lies above and below a node, from the top. */
function columnOf(nodes: readonly GraphNode[], id: string): string[] {
  const across = nodes.find((node) => node.id === id)?.spot.x ?? 0;
  return nodes
    .filter(({ spot }) => Math.abs(spot.x - across) < boxWidth / 2)
    .toSorted((a, b) => a.spot.y - b.spot.y)
    .map((node) => node.id);
}
