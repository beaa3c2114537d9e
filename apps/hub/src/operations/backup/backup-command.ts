import { join, resolve } from 'node:path';
import { findSecretKeys } from '../../platform/secret-keys.js';
import { filesOf, programVersion, reachInstallation } from '../installation.js';
import { Misunderstood, type Request } from '../request.js';
import { readPassphrase } from './passphrase.js';
import { writeBackup } from './write-backup.js';

export async function backupCommand({ config, words, options, write, say }: Request): Promise<number> {
  if (words.length > 0) {
    throw new Misunderstood('backup: name the file or folder with --to.');
  }
  const passphrase = await readPassphrase(options['passphrase-file']);
  const keys = await findSecretKeys(config);
  const installation = await reachInstallation(config);
  try {
    const { path, bytes, manifest } = await writeBackup({
      databaseUrl: installation.databaseUrl,
      filesFolder: filesOf(config),
      to: resolve(options.to ?? join(config.dataDir, 'backups')),
      keys: keys?.ring ?? [],
      passphrase,
      version: programVersion(),
      say,
    });
    const { tables, files, missing } = manifest;
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    if (options.json === true) {
      const { madeAt, keys: sealed } = manifest;
      write(`${JSON.stringify({ path, bytes, madeAt, rows, files: files.length, missing, hasKey: sealed.sealed })}\n`);
      return 0;
    }
    write(
      `${path}\n${String(rows)} rows of ${String(tables.length)} tables and ${String(files.length)} files, ${(bytes / 1e6).toFixed(1)} MB.\n`,
    );
    if (missing.length > 0) {
      write(`${String(missing.length)} files that rows name were not on the disk: ${missing.slice(0, 5).join(', ')}\n`);
    }
    write(passphrase === null ? withoutKey : 'SECRET_KEY is in it, under the passphrase.\n');
    write('What people wrote is in it as it is, not encrypted: keep it where only you can read it.\n');
    return 0;
  } finally {
    await installation.close();
  }
}

const withoutKey =
  "SECRET_KEY is not in it: without DATA_DIR/secret.key (or what you set as SECRET_KEY) the channels' credentials cannot be opened after a " +
  'restore. Keep that key elsewhere, or seal it into backups with --passphrase-file.\n';
