const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** Shut down by an administrator, crashed, starting up, closed for idling, or full. */
const SERVER = new Set(['57P01', '57P02', '57P03', '57P05', '53300']);

/** What node-postgres throws without a code when a connection is lost or silent, or cannot be had. */
const WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|Client has encountered a connection error|Client was closed)/;

/**
 * Whether an error of a database call means that the database could not be reached or went away, rather than that it refused something. What the
 * statement did is then unknown unless it was never sent.
 */
export function isConnectionLoss(error: unknown): boolean {
  // Errors of Node's own sockets may come from another realm than ours, where instanceof does not hold.
  if (typeof error !== 'object' || error === null) {
    return false;
  }
  const { code, message, driverError } = error as { code?: unknown; message?: unknown; driverError?: unknown };
  const name = typeof code === 'string' ? code : '';
  const words = typeof message === 'string' ? message : '';
  const isLost = NETWORK.has(name) || SERVER.has(name) || /^08[0-9A-Z]{3}$/.test(name) || WORDS.test(words);
  return isLost || isConnectionLoss(driverError);
}

/** The database cannot be reached, or went away in the middle: only its own errors become this, never those of a provider or a file. */
export class StorageAway extends Error {
  readonly code = 'storage_away';

  constructor(cause: unknown) {
    super('The database is away.', { cause });
    this.name = 'StorageAway';
  }
}

/** Whether the database is away, as the hub's Database tells it. */
export function isAway(error: unknown): boolean {
  return error instanceof StorageAway;
}
