import { isNativeError } from 'node:util/types';
import { ConfigProblems, type HubConfig } from '#config';

/** Why the hub does not start, as one sentence for the operator with what to do. Stacks are of no use to them. */
export function explainFailure(error: unknown, config?: Pick<HubConfig, 'host' | 'port' | 'dataDir'>): string {
  if (error instanceof ConfigProblems) {
    return error.message;
  }
  const message = isNativeError(error) ? error.message || error.name : String(error);
  return `Peyk cannot start: ${(config && explainSystem(codeOf(error), message, config)) ?? message}`;
}

function explainSystem(
  code: unknown,
  message: string,
  { host, port, dataDir }: Pick<HubConfig, 'host' | 'port' | 'dataDir'>,
): string | null {
  switch (code) {
    case 'EADDRINUSE':
      return `something listens on ${host}:${port} already. Stop it, or set PORT.`;
    case 'EADDRNOTAVAIL':
      return `this machine has no address ${host}. Set HOST to one that it has, or to 0.0.0.0.`;
    case 'ENOSPC':
      return `the disk that holds ${dataDir} is full.`;
    default:
      return isDenial(code) ? explainDenial(message, port, dataDir) : null;
  }
}

function isDenial(code: unknown): boolean {
  return typeof code === 'string' && ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code);
}

function explainDenial(message: string, port: number, dataDir: string): string {
  return message.startsWith('listen')
    ? `the system does not allow listening on port ${port}. Take one above 1023 and put a proxy in front of it.`
    : `the folder ${dataDir} cannot be used (${message}). Set DATA_DIR to one that this user may write.`;
}

function codeOf(error: unknown): unknown {
  return isNativeError(error) ? Reflect.get(error, 'code') : null;
}
