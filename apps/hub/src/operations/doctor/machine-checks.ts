import { X509Certificate } from 'node:crypto';
import { constants } from 'node:fs';
import { access, readFile, stat, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { HubConfig } from '#config';
import { ok, problem, warning, type Finding } from './finding.js';

const gigabyte = 2 ** 30;
const dayMs = 86_400_000;

export function checkNode(version = process.versions.node): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNewEnough = major > 22 || (major === 22 && minor >= 12);
  return isNewEnough
    ? ok('node', `Node ${version}`)
    : problem('node', `Node ${version}`, 'Use Node 22.12 or newer; "npm ci" brings one along on Linux and Windows.');
}

export async function checkDataFolder({ dataDir }: HubConfig): Promise<Finding[]> {
  await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  const { mode } = await stat(dataDir);
  const key = await stat(join(dataDir, 'secret.key')).catch(() => null);
  const open = [
    ...((mode & 0o002) === 0 ? [] : [`anybody on this machine may write into ${dataDir}`]),
    ...(key === null || (key.mode & 0o077) === 0 ? [] : ['secret.key can be read by others than its owner']),
  ];
  return open.length === 0
    ? [ok('data folder', `${dataDir} can be written`)]
    : [warning('data folder', open.join('; '), 'chmod o-w the folder, and chmod 600 secret.key.')];
}

export async function checkDisk({ dataDir }: HubConfig): Promise<Finding> {
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  const words = `${(free / gigabyte).toFixed(1)} GB are free for ${dataDir}`;
  if (free < gigabyte / 5) {
    return problem('disk', words, 'Make room now: without it files are refused and the database stops.');
  }
  return free < 2 * gigabyte ? warning('disk', words, 'Make room, or move old backups away.') : ok('disk', words);
}

export async function checkKept({ dataDir }: HubConfig): Promise<Finding> {
  const spool = await stat(join(dataDir, 'spool', 'inbound.spool')).catch(() => null);
  const bytes = spool?.size ?? 0;
  return bytes > 1_000_000
    ? warning(
        'spool',
        `${String(bytes)} bytes wait for the database`,
        'Nothing, while they become fewer. Else look whether the database answers.',
      )
    : ok('spool', 'nothing to speak of waits for the database');
}

/** When the certificate ends that mail is received under; null where none is used. */
export async function readMailCertificate({ mail }: Pick<HubConfig, 'mail'>): Promise<Date | null> {
  return mail?.tls ? new X509Certificate(await readFile(mail.tls.certFile)).validToDate : null;
}

export async function checkCertificate(config: HubConfig, now: Date): Promise<Finding[]> {
  const ends = await readMailCertificate(config);
  if (ends === null) {
    return [];
  }
  const days = Math.floor((ends.getTime() - now.getTime()) / dayMs);
  const words = `the certificate for mail holds until ${ends.toISOString().slice(0, 10)}`;
  const advice = 'Put a new one where MAIL_TLS_CERT says, and restart.';
  return [
    days < 0
      ? problem('certificate', words, advice)
      : days < 14
        ? warning('certificate', words, advice)
        : ok('certificate', words),
  ];
}

/** A hub that runs has its port; for one that does not, nobody else may. */
export async function checkPort({ host, port }: HubConfig, isRunning: boolean): Promise<Finding> {
  const where = `${host}:${String(port)}`;
  if (isRunning) {
    const address = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
    const answer = await fetch(
      `http://${address.includes(':') ? `[${address}]` : address}:${String(port)}/health/ready`,
      {
        signal: AbortSignal.timeout(5_000),
      },
    ).catch(() => null);
    await answer?.body?.cancel();
    return answer?.ok
      ? ok('port', `the hub answers at ${where}`)
      : problem('port', `the hub at ${where} is not ready`, 'Look into its log.');
  }
  return (await isFree(host, port))
    ? ok('port', `${where} is free, and no hub runs on this folder`)
    : problem('port', `something else listens on ${where}`, 'Stop it, or set PORT.');
}

function isFree(host: string, port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const server = createServer();
  server.once('error', () => resolve(false));
  server.listen({ host, port }, () => server.close(() => resolve(true)));
  return promise;
}
