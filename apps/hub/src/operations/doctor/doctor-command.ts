import type { HubConfig } from '#config';
import { findSecretKeys } from '../../platform/secret-keys.js';
import { onOwnConnection } from '../backup/own-connection.js';
import { explain } from '../explain.js';
import { reachInstallation, type Installation } from '../installation.js';
import { Misunderstood, type Request } from '../request.js';
import { examineDatabase, examineMachine } from './examine.js';
import { problem, type Finding } from './finding.js';

const marks: Record<Finding['state'], string> = { ok: 'ok      ', warning: 'warning ', problem: 'PROBLEM ' };

/** Looks at everything that can be looked at from outside; 1 where something is wrong, 0 with warnings only. */
export async function doctorCommand({ config, words, options, write }: Request): Promise<number> {
  if (words.length > 0) {
    throw new Misunderstood('doctor: it takes no words, it looks at everything.');
  }
  const now = new Date();
  const installation = await reachInstallation(config).catch(unreachable);
  const isRunning = 'isRunning' in installation && installation.isRunning;
  const findings = await examineMachine({ config, isRunning, now });
  findings.push(...('check' in installation ? [installation] : await examineInside(installation, config, now)));
  write(options.json === true ? `${JSON.stringify({ findings }, null, 2)}\n` : report(findings));
  return findings.some(({ state }) => state === 'problem') ? 1 : 0;
}

async function examineInside(installation: Installation, config: HubConfig, now: Date): Promise<Finding[]> {
  const { databaseUrl, isRunning } = installation;
  try {
    const keys = await findSecretKeys(config);
    return await onOwnConnection(databaseUrl, 'peyk doctor', ({ sql }) =>
      examineDatabase({ config, sql, keys, isRunning, now }),
    );
  } catch (error) {
    return [unreachable(error)];
  } finally {
    await installation.close();
  }
}

function unreachable(error: unknown): Finding {
  return problem(
    'database',
    `it cannot be reached: ${explain(error)}`,
    'Put DATA_DIR or DATABASE_URL right, or start the server. See docs/operations/troubleshooting.md.',
  );
}

function report(findings: Finding[]): string {
  return findings
    .map(
      ({ check, state, words, advice }) =>
        `${marks[state]}${check}: ${words}\n${advice === '' ? '' : `        → ${advice}\n`}`,
    )
    .join('');
}
