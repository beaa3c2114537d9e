import { exitsOf } from '../script/node-exits.js';
import type { Script } from '../script/script.js';
import type { CoverageReport, SimulatedRun } from './simulated-run.js';

/** How much of a script its runs have shown: each node, and each way out of a node as `<node>:<exit>`. */
export function coverageOf(script: Script, runs: readonly Pick<SimulatedRun, 'coverage'>[]): CoverageReport {
  const nodes = Object.keys(script.nodes);
  const edges = Object.entries(script.nodes).flatMap(([name, node]) =>
    exitsOf(script, node).map(({ id }) => `${name}:${id}`),
  );
  const seenNodes = new Set(runs.flatMap(({ coverage }) => Object.keys(coverage.nodes)));
  const seenEdges = new Set(runs.flatMap(({ coverage }) => Object.keys(coverage.edges)));
  return { nodes: shareOf(nodes, seenNodes), edges: shareOf(edges, seenEdges) };
}

function shareOf(all: string[], touched: ReadonlySet<string>): CoverageReport['nodes'] {
  const seen = all.filter((one) => touched.has(one));
  return {
    seen,
    unseen: all.filter((one) => !touched.has(one)),
    share: all.length === 0 ? 1 : seen.length / all.length,
  };
}
