import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { SystemNodeView, SystemQueueView, SystemView, SystemWorkerView } from '#contract';
import { keys } from '../../../api/keys.js';
import { useMay } from '../../../api/queries.js';
import { system } from '../../../api/system.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { IconAlert, IconDone } from '../../../ui/icons.js';
import { Failed } from '../../../ui/states.js';
import { SystemFigures } from './system-figures.js';
import './system.css';

const lookAgainMs = 4_000;
/** Nobody counts the seconds of a worker that looks every second. */
const justNowMs = 10_000;

/** How the installation is, in figures that move while somebody looks. */
export function SystemSection() {
  const { t } = useI18n();
  const isSpoken = useTexts('system');
  const mayRead = useMay('system.manage');
  const state = useQuery({
    queryKey: keys.system,
    queryFn: ({ signal }) => system.read(signal),
    refetchInterval: lookAgainMs,
    enabled: mayRead,
  });
  if (!isSpoken) {
    return <Skeleton height={180} />;
  }
  if (!mayRead) {
    return <p className="settings-hint">{t('system.noRight')}</p>;
  }
  if (state.isError && !state.data) {
    return <Failed error={state.error} retry={() => void state.refetch()} />;
  }
  if (!state.data) {
    return <Skeleton height={320} />;
  }
  return <State state={state.data} />;
}

function State({ state }: { state: SystemView }) {
  const { t } = useI18n();
  return (
    <div className="system">
      <div className="settings-head">
        <h2>{t('system.title')}</h2>
        <Button component="a" variant="default" href={system.diagnosticsFile} download="peyk-diagnostics.json">
          {t('system.file')}
        </Button>
      </div>
      <p className="settings-hint">{t('system.intro')}</p>
      <p className="settings-hint">{t('system.fileHint')}</p>
      <Troubles nodes={state.nodes} />
      <SystemFigures state={state} />
      <Waiting queues={state.queues} />
      <section aria-label={t('system.nodes')}>
        <h3>{t('system.nodes')}</h3>
        {state.nodes.map((node) => (
          <Process key={node.name} node={node} at={Date.parse(state.at)} />
        ))}
      </section>
    </div>
  );
}

function Troubles({ nodes }: { nodes: SystemNodeView[] }) {
  const { t } = useI18n();
  const lines = nodes.flatMap(({ name, silent, workers }) =>
    silent
      ? [t('system.silentNode', { node: name })]
      : workers
          .filter((worker) => worker.silent)
          .map((worker) => t('system.silentWorker', { worker: t(`system.worker.${worker.name}`), node: name })),
  );
  if (lines.length === 0) {
    return (
      <p className="chip" data-tone="good">
        <IconDone size={15} aria-hidden /> {t('system.fine')}
      </p>
    );
  }
  return (
    <ul className="settings-problem system-troubles" role="alert">
      {lines.map((line) => (
        <li key={line}>
          <IconAlert size={15} aria-hidden /> {line}
        </li>
      ))}
    </ul>
  );
}

type QueueKey =
  | 'deliveries'
  | 'webhooks'
  | 'bots'
  | 'rules'
  | 'surveys'
  | 'held'
  | 'bulk'
  | 'report-mails'
  | 'privacy'
  | 'push'
  | 'quarantine';

/** Readers of the log are workers, and named as those are. */
function useQueueName(): (name: string) => string {
  const { t } = useI18n();
  const readers: Record<string, string> = {
    rules: t('system.worker.rules'),
    sla: t('system.worker.promises'),
    notices: t('system.worker.notices'),
    reports: t('system.worker.reports'),
  };
  return (name) => {
    const [, reader] = /^facts (.+)$/.exec(name) ?? [];
    return reader === undefined
      ? t(`system.queue.${name as QueueKey}`)
      : t('system.queue.facts', { reader: readers[reader] ?? reader });
  };
}

function Waiting({ queues }: { queues: SystemQueueView[] }) {
  const { t, format } = useI18n();
  const nameOf = useQueueName();
  return (
    <section aria-label={t('system.waits')}>
      <h3>{t('system.waits')}</h3>
      <table className="system-table">
        <thead>
          <tr>
            <th scope="col">{t('system.what')}</th>
            <th scope="col">{t('system.amount')}</th>
            <th scope="col">{t('system.oldest')}</th>
          </tr>
        </thead>
        <tbody>
          {queues.map(({ name, waiting, oldestSeconds }) => (
            <tr key={name} data-empty={waiting === 0}>
              <th scope="row">{nameOf(name)}</th>
              <td>{format.number(waiting)}</td>
              <td>{waiting === 0 ? '–' : format.duration(Math.round(oldestSeconds))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Process({ node, at }: { node: SystemNodeView; at: number }) {
  const { t, format } = useI18n();
  const lines = [
    t(`system.role_${node.role}`),
    t('system.since', { span: format.ago(node.startedAt, at) }),
    t('system.memory', { size: format.bytes(node.memoryBytes) }),
    ...(node.silent ? [t('system.seen', { when: format.ago(node.seenAt, at) })] : []),
    ...(node.spoolBytes > 0 ? [t('system.spool', { size: format.bytes(node.spoolBytes) })] : []),
  ];
  return (
    <div className="system-node">
      <p className="system-node-name">
        <bdi dir="ltr">{node.name}</bdi>
        <span className="chip" data-tone={node.silent ? 'bad' : 'good'}>
          {t(node.silent ? 'system.silent' : 'system.working')}
        </span>
      </p>
      <p className="settings-hint">
        {lines.join(' · ')} · <bdi dir="ltr">{`Peyk ${node.version}, Node ${node.nodeVersion}`}</bdi>
      </p>
      <ul className="system-workers" aria-label={t('system.workers')}>
        {node.workers.map((worker) => (
          <Worker key={worker.name} worker={worker} at={at} />
        ))}
      </ul>
    </div>
  );
}

function Worker({ worker: { name, turnedAt, silent }, at }: { worker: SystemWorkerView; at: number }) {
  const { t, format } = useI18n();
  const isRecent = at - Date.parse(turnedAt) < justNowMs;
  return (
    <li data-silent={silent}>
      <span>{t(`system.worker.${name}`)}</span>
      <small>{isRecent ? t('system.now') : t('system.lastTurn', { when: format.ago(turnedAt, at) })}</small>
    </li>
  );
}
