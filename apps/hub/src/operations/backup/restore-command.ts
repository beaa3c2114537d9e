import type { HubConfig } from '#config';
import { findSecretKeys, keepSecretKeys } from '../../platform/secret-keys.js';
import { filesOf, reachInstallation } from '../installation.js';
import { Misunderstood, type Request } from '../request.js';
import { CheckedArchive } from './archive-reader.js';
import { keyEntry } from './manifest.js';
import { readPassphrase } from './passphrase.js';
import { RestoreRefused, restoreBackup, type Restored } from './restore-backup.js';
import { fingerprintOf, openKeys, type SealedKeys } from './sealed-keys.js';

/** How many messages the list in the terminal names. */
const listed = 50;

export async function restoreCommand(request: Request): Promise<number> {
  const [path, ...more] = request.words;
  if (path === undefined || more.length > 0) {
    throw new Misunderstood('Name the one file that is to be restored.');
  }
  const { options, write, say } = request;
  say('Reading the backup to its end.');
  const archive = await CheckedArchive.open(path);
  try {
    const { madeAt, tables, files } = archive.manifest;
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    if (options.check === true) {
      write(
        `A whole backup of ${madeAt}: ${String(rows)} rows of ${String(tables.length)} tables and ${String(files.length)} files.\n`,
      );
      return 0;
    }
    const restored = await restore(archive, request);
    write(options.json === true ? `${JSON.stringify({ madeAt, ...restored })}\n` : report(madeAt, restored));
    return 0;
  } finally {
    await archive.close();
  }
}

async function restore(archive: CheckedArchive, { config, options, say }: Request): Promise<Restored> {
  const { dataDir, secretKeys } = config;
  const target = { dataDir, secretKeys, databaseUrl: options.into ?? config.databaseUrl };
  const installation = await reachInstallation(target, { alone: true });
  try {
    const keys = options['without-key'] === true ? null : await keysFor(archive, target, options['passphrase-file']);
    const { databaseUrl } = installation;
    // Before the rows are there for anybody: a hub that started between would make a key of its own.
    await (keys && keepSecretKeys(target.dataDir, keys));
    return await restoreBackup(archive, { databaseUrl, filesFolder: filesOf(target), say });
  } finally {
    await installation.close();
  }
}

/** The keys that are to be kept here; null where they are there already. */
async function keysFor(
  archive: CheckedArchive,
  config: Pick<HubConfig, 'dataDir' | 'secretKeys'>,
  passphraseFile: string | undefined,
): Promise<Buffer[] | null> {
  const { fingerprints, sealed } = archive.manifest.keys;
  const here = await findSecretKeys(config);
  if (here !== null) {
    const present = new Set(here.ring.map(fingerprintOf));
    if (fingerprints.every((fingerprint) => present.has(fingerprint))) {
      return null;
    }
    throw new RestoreRefused(
      "The key of this installation is not the backup's, which opens the channels' credentials. Move DATA_DIR/secret.key away, or put the " +
        "backup's key behind yours in SECRET_KEY. With --without-key it is restored as it is, and credentials are entered anew.",
    );
  }
  const passphrase = await readPassphrase(passphraseFile);
  if (!sealed || passphrase === null) {
    const way = sealed
      ? 'Name the file with its passphrase (--passphrase-file)'
      : 'The backup does not hold it: set SECRET_KEY, or put secret.key into DATA_DIR';
    throw new RestoreRefused(
      `The key that opens the channels' credentials is missing. ${way}. Or go without: --without-key.`,
    );
  }
  return openKeys(JSON.parse((await archive.read(keyEntry)).toString('utf8')) as SealedKeys, passphrase);
}

function report(madeAt: string, { rows, migrated, heldBack, messages }: Restored): string {
  const held = heldBack.flatMap(({ count, words, advice }) => [`  ${String(count)} ${words}.`, `      ${advice}`]);
  const list = messages
    .slice(0, listed)
    .map(
      ({ channel, conversationId, seq, createdAt }) =>
        `  ${createdAt.toISOString()}  ${channel}  conversation ${conversationId}, message ${String(seq)}`,
    );
  return [
    `Restored as it was at ${madeAt}: ${String(rows)} rows, compared with the backup one by one.`,
    ...(migrated > 0 ? [`The backup was older: ${String(migrated)} migrations ran.`] : []),
    held.length === 0
      ? 'Nothing was on its way out.'
      : 'Held back, because the hub that the backup was made of may have done it since:',
    ...held,
    ...(list.length === 0 ? [] : ['Messages to look at:', ...list]),
    ...(messages.length > listed ? [`  and ${String(messages.length - listed)} more: --json lists them all.`] : []),
    'Everybody signs in again. API keys and webhooks that were taken away since the backup are back: look at them.',
    '',
  ].join('\n');
}
