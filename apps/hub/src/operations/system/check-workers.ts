import type { Sql } from '#channels';
import { ok, problem, type Finding } from '../doctor/finding.js';
import { readAlarm } from './nodes.query.js';

export async function checkWorkers(sql: Sql): Promise<Finding[]> {
  const { silent } = await readAlarm(sql);
  return silent.length === 0
    ? [ok('workers', 'none is silent')]
    : silent.map(({ node, worker, since }) =>
        problem(
          'workers',
          `${worker ?? 'everything'} on ${node} is silent since ${since}`,
          worker === null
            ? 'Look whether that process lives and reaches the database.'
            : 'Look into its log, and restart that process.',
        ),
      );
}
