import type { Sql } from '#channels';
import type { HubConfig } from '#config';
import type { SecretKeys } from '../../platform/secret-keys.js';
import { filesOf } from '../installation.js';
import { checkWorkers } from '../system/check-workers.js';
import {
  checkBackups,
  checkChannels,
  checkClocks,
  checkFiles,
  checkSchema,
  checkSecrets,
  checkServer,
  checkStuck,
  hasSchema,
} from './database-checks.js';
import { look, problem, type Finding } from './finding.js';
import { checkCertificate, checkDataFolder, checkDisk, checkKept, checkNode, checkPort } from './machine-checks.js';

export interface Examined {
  config: HubConfig;
  sql: Sql;
  keys: SecretKeys | null;
  isRunning: boolean;
  now: Date;
}

export async function examineMachine({
  config,
  isRunning,
  now,
}: Pick<Examined, 'config' | 'isRunning' | 'now'>): Promise<Finding[]> {
  return (
    await Promise.all([
      look('node', () => Promise.resolve(checkNode())),
      look('data folder', () => checkDataFolder(config)),
      look('disk', () => checkDisk(config)),
      look('spool', () => checkKept(config)),
      look('port', () => checkPort(config, isRunning)),
      look('certificate', () => checkCertificate(config, now)),
    ])
  ).flat();
}

/** One after the other: whoever looks must not be what is in the way. */
export async function examineDatabase({ config, sql, keys, isRunning, now }: Examined): Promise<Finding[]> {
  if (!(await hasSchema(sql))) {
    return [
      problem('database', 'there is no Peyk in it yet', 'Start the hub once, or restore a backup.'),
      ...(await look('database', () => checkServer(sql))),
    ];
  }
  const findings: Finding[] = [];
  for (const [check, work] of [
    ['database', () => checkServer(sql)],
    ['schema', () => checkSchema(sql)],
    ['clocks', () => checkClocks(sql)],
    ['secrets', () => checkSecrets(sql, keys)],
    ['files', () => checkFiles(sql, filesOf(config))],
    ['channels', () => checkChannels(sql)],
    ['queues', () => checkStuck(sql)],
    ['workers', () => (isRunning ? checkWorkers(sql) : Promise.resolve([]))],
    ['backups', () => checkBackups(sql, now)],
  ] satisfies [string, () => Promise<Finding | Finding[]>][]) {
    findings.push(...(await look(check, work)));
  }
  return findings;
}
