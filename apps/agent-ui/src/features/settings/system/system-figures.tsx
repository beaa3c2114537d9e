import type { ReactNode } from 'react';
import type { SystemView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';

const gigabyte = 1e9;

/** Database, disk, backup and what else is one figure. */
export function SystemFigures({ state }: { state: SystemView }) {
  const { t, format } = useI18n();
  const { database, disk, backup, restored, mailCertificateEndsAt } = state;
  const { connections, maxConnections, longestTransactionSeconds: longest } = database;
  const large = (bytes: number): string =>
    bytes < gigabyte
      ? format.bytes(bytes)
      : t('system.gigabytes', { amount: format.number(Math.round(bytes / gigabyte)) });
  const figures: [string, ReactNode][] = [
    [t('system.version'), <bdi key="v" dir="ltr">{`Peyk ${state.version} · PostgreSQL ${database.version}`}</bdi>],
    [t('system.size'), large(database.bytes)],
    [
      t('system.connections'),
      t('system.connectionsOf', { used: format.number(connections), most: format.number(maxConnections) }),
    ],
    [t('system.longest'), longest === 0 ? t('system.noTransaction') : format.duration(Math.ceil(longest))],
    ...database.replicas.map(({ name, lagBytes }): [string, ReactNode] => [
      t('system.replica', { name }),
      t('system.lag', { size: format.bytes(lagBytes) }),
    ]),
    [t('system.disk'), t('system.free', { free: large(disk.freeBytes), total: large(disk.totalBytes) })],
    [
      t('system.backup'),
      backup
        ? t('system.backupIs', { when: format.dateTime(backup.madeAt), size: large(backup.bytes) })
        : t('system.noBackup'),
    ],
    ...(restored
      ? ([
          [
            t('system.restored'),
            t('system.restoredIs', { at: format.dateTime(restored.at), when: format.dateTime(restored.madeAt) }),
          ],
        ] satisfies [string, ReactNode][])
      : []),
    ...(restored && restored.heldBack.length > 0
      ? ([
          [
            t('system.restoredHeld'),
            <ul key="held">
              {restored.heldBack.map(({ what, count }) => (
                <li key={what}>{t(`system.heldBack.${what}`, { amount: format.number(count) })}</li>
              ))}
            </ul>,
          ],
        ] satisfies [string, ReactNode][])
      : []),
    ...(mailCertificateEndsAt
      ? ([[t('system.certificate'), format.dateTime(mailCertificateEndsAt)]] satisfies [string, ReactNode][])
      : []),
  ];
  return (
    <dl className="system-figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
