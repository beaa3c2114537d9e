import { findSecretKeys } from '../../platform/secret-keys.js';
import { onOwnConnection } from '../backup/own-connection.js';
import { reachInstallation } from '../installation.js';
import type { Request } from '../request.js';
import { examineDatabase, examineMachine } from './examine.js';
import { problem, type Finding } from './finding.js';

const marks: Record<Finding['state'], string> = { ok: 'ok      ', warning: 'warning ', problem: 'PROBLEM ' };

/** Looks at everything that can be looked at from outside; 1 where something is wrong, 0 with warnings only. */
export async function doctorCommand({ config, options, write }: Request): Promise<number> {
  const now = new Date();
  const findings: Finding[] = [];
  try {
    const installation = await reachInstallation(config);
    const { databaseUrl, isRunning } = installation;
    try {
      findings.push(...(await examineMachine({ config, isRunning, now })));
      const keys = await findSecretKeys(config);
      findings.push(
        ...(await onOwnConnection(databaseUrl, 'peyk doctor', ({ sql }) =>
          examineDatabase({ config, sql, keys, isRunning, now }),
        )),
      );
    } finally {
      await installation.close();
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message || error.name : String(error);
    findings.push(
      problem(
        'database',
        `it cannot be reached: ${reason}`,
        'Put DATABASE_URL right, or start the server. See docs/operations/troubleshooting.md.',
      ),
    );
  }
  write(options.json === true ? `${JSON.stringify({ findings }, null, 2)}\n` : report(findings));
  return findings.some(({ state }) => state === 'problem') ? 1 : 0;
}

function report(findings: Finding[]): string {
  return findings
    .map(
      ({ check, state, words, advice }) =>
        `${marks[state]}${check}: ${words}\n${advice === '' ? '' : `        → ${advice}\n`}`,
    )
    .join('');
}
