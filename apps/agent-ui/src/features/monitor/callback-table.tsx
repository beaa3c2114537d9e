import { Button } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CallbackView } from '#contract';
import { keys } from '../../api/keys.js';
import { useMay, useQueues } from '../../api/queries.js';
import { waiting } from '../../api/waiting.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useTexts } from '../../i18n/use-texts.js';
import { Ltr } from '../../ui/ltr.js';
import { Failed } from '../../ui/states.js';
import { useAction } from '../../ui/use-action.js';
import { ScrollTable } from './scroll-table.js';

const lookAgainMs = 15_000;

/** Who waits to be called or written to, those who asked first on top. Where nobody does it takes no room. */
export function CallbackTable() {
  const { t } = useI18n();
  const isSpoken = useTexts('routing');
  const asked = useInfiniteQuery({
    queryKey: keys.openCallbacks,
    queryFn: ({ pageParam, signal }) => waiting.openCallbacks(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    refetchInterval: lookAgainMs,
  });
  const rows = asked.data?.pages.flatMap((page) => page.rows) ?? [];
  if (asked.isError) {
    return <Failed what={t('monitor.callbacks')} error={asked.error} retry={() => void asked.refetch()} />;
  }
  if (!isSpoken || rows.length === 0) {
    return null;
  }
  return (
    <div className="board-card">
      <h2 id="board-callbacks">{t('monitor.callbacks')}</h2>
      <ScrollTable labelledBy="board-callbacks">
        <table className="board-table">
          <thead>
            <tr>
              <th scope="col">{t('monitor.customer')}</th>
              <th scope="col">{t('monitor.callbackWay')}</th>
              <th scope="col">{t('monitor.queue')}</th>
              <th scope="col">{t('monitor.callbackAsked')}</th>
              <th scope="col">{t('monitor.state')}</th>
              <th scope="col">
                <span className="unseen">{t('monitor.callbackActs')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Line key={row.id} row={row} />
            ))}
          </tbody>
        </table>
      </ScrollTable>
      {asked.hasNextPage && (
        <Button variant="default" loading={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
          {t('monitor.callbacksMore')}
        </Button>
      )}
    </div>
  );
}

function Line({ row }: { row: CallbackView }) {
  const { t, format } = useI18n();
  const queue = useQueues().find(({ id }) => id === row.queueId);
  const { way, address, calls } = row;
  return (
    <tr>
      <th scope="row">
        <CustomerLink row={row} />
      </th>
      <td>
        {t(`waiting.way_${way}`)} {address !== '' && <Ltr>{address}</Ltr>}
      </td>
      <td>
        <bdi>{queue?.name ?? '–'}</bdi>
      </td>
      <td>
        {format.dateTime(row.requestedAt)}
        {calls > 0 && <span className="chip">{t('monitor.callbackCalls', { count: calls })}</span>}
      </td>
      <td>{t(row.state === 'due' ? 'monitor.callbackDue' : 'monitor.callbackWaits')}</td>
      <td>
        <Acts row={row} />
      </td>
    </tr>
  );
}

function CustomerLink({ row: { conversation, ticketId, customerName, address } }: { row: CallbackView }) {
  return (
    <Link
      className="board-callback"
      to="/inbox/$view/$conversation"
      params={{ view: 'all', conversation }}
      search={{ ticket: ticketId }}
    >
      <bdi>{customerName || address}</bdi>
    </Link>
  );
}

function Acts({ row: { id, customerName, address } }: { row: CallbackView }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const maySteer = useMay('work.steer');
  const refresh = () => void client.invalidateQueries({ queryKey: keys.everyCallback });
  const finish = useAction(() => waiting.finishCallback(id), refresh);
  const cancel = useAction(() => waiting.cancelCallback(id), refresh);
  const name = customerName || address;
  return (
    <span className="board-callback-acts">
      <Button
        size="compact-sm"
        variant="default"
        loading={finish.isPending}
        aria-label={t('monitor.callbackDoneNamed', { name })}
        onClick={() => finish.mutate(undefined)}
      >
        {t('callback.done')}
      </Button>
      {maySteer && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          loading={cancel.isPending}
          aria-label={t('monitor.callbackCancelNamed', { name })}
          onClick={() => cancel.mutate(undefined)}
        >
          {t('callback.cancel')}
        </Button>
      )}
    </span>
  );
}
