import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Page, QuarantinedEvent, SuppressionView } from '#contract';
import { stopped, stoppedKeys } from '../../../api/stopped.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Ltr } from '../../../ui/ltr.js';
import { notify } from '../../../ui/notify.js';
import { Empty, Failed } from '../../../ui/states.js';
import { useAction } from '../../../ui/use-action.js';
import './stopped.css';

/** Mail that could not be read, and addresses that nothing is sent to. */
export function StoppedSection() {
  const isSpoken = useTexts('brand');
  const { t } = useI18n();
  if (!isSpoken) {
    return <Skeleton height={180} />;
  }
  return (
    <>
      <PagedBlock
        name="quarantine"
        queryKey={stoppedKeys.quarantine}
        read={stopped.quarantine}
        words={{
          title: t('stopped.quarantine'),
          what: t('stopped.quarantineWhat'),
          none: t('stopped.quarantineNone'),
        }}
        line={(event) => <Quarantined key={event.id} event={event} />}
      />
      <PagedBlock
        name="suppressed"
        queryKey={stoppedKeys.suppressed}
        read={stopped.suppressed}
        words={{
          title: t('stopped.suppressed'),
          what: t('stopped.suppressedWhat'),
          none: t('stopped.suppressedNone'),
        }}
        line={(address) => <Suppressed key={address.id} suppression={address} />}
      />
    </>
  );
}

interface BlockProps<Row> {
  name: string;
  queryKey: QueryKey;
  read: (next: string | null, signal?: AbortSignal) => Promise<Page<Row>>;
  words: { title: string; what: string; none: string };
  line: (row: Row) => ReactNode;
}

function PagedBlock<Row>({ name, queryKey, read, words, line }: BlockProps<Row>) {
  const { t } = useI18n();
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <section className="stopped-block" aria-labelledby={`stopped-${name}`}>
      <div className="settings-head">
        <h2 id={`stopped-${name}`}>{words.title}</h2>
      </div>
      <p className="settings-hint">{words.what}</p>
      {list.isError && !list.data && <Failed error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Skeleton height={60} />}
      {list.data && rows.length === 0 && <Empty>{words.none}</Empty>}
      <ul className="stopped-list">{rows.map(line)}</ul>
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('stopped.more')}
        </Button>
      )}
    </section>
  );
}

function Quarantined({ event }: { event: QuarantinedEvent }) {
  const { t, format } = useI18n();
  const queries = useQueryClient();
  const again = () => void queries.invalidateQueries({ queryKey: stoppedKeys.quarantine });
  const retry = useAction(
    () => stopped.retry(event.id),
    () => {
      notify(t('stopped.retried'));
      again();
    },
  );
  const discard = useAction(
    () => stopped.discard(event.id),
    () => {
      notify(t('stopped.discarded'));
      again();
    },
  );
  const isBusy = retry.isPending || discard.isPending;
  const what = t('stopped.line', {
    channel: event.channel.name,
    when: format.dateTime(event.receivedAt),
    size: format.bytes(event.bytes),
  });
  return (
    <li>
      <div className="stopped-what">
        <span>{what}</span>
        <small dir="auto">{event.why}</small>
        {event.message && (
          <Link to="/inbox/$view/$conversation" params={{ view: 'all', conversation: event.message.conversation }}>
            {t('stopped.open')}
          </Link>
        )}
      </div>
      <div className="stopped-acts">
        {event.channel.kind === 'email' && (
          <Button
            size="xs"
            variant="default"
            loading={retry.isPending}
            disabled={isBusy}
            aria-label={t('stopped.retryOf', { what })}
            onClick={() => retry.mutate(undefined)}
          >
            {t('stopped.retry')}
          </Button>
        )}
        <Button
          size="xs"
          variant="default"
          component="a"
          href={stopped.raw(event.id)}
          download
          aria-label={t('stopped.downloadOf', { what })}
        >
          {t('stopped.download')}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          color="red"
          disabled={isBusy}
          aria-label={t('stopped.discardOf', { what })}
          onClick={() => window.confirm(t('stopped.discardSure')) && discard.mutate(undefined)}
        >
          {t('stopped.discard')}
        </Button>
      </div>
    </li>
  );
}

function Suppressed({ suppression: { id, address, reason, said, since } }: { suppression: SuppressionView }) {
  const { t, format } = useI18n();
  const queries = useQueryClient();
  const lift = useAction(
    () => stopped.lift(id),
    () => {
      notify(t('stopped.lifted', { address }));
      void queries.invalidateQueries({ queryKey: stoppedKeys.suppressed });
    },
  );
  return (
    <li>
      <div className="stopped-what">
        <span>
          <Ltr>{address}</Ltr> <span className="chip">{t(`stopped.reason_${reason}`)}</span>
        </span>
        <small>{t('stopped.since', { when: format.dateTime(since) })}</small>
        {said !== '' && <small dir="auto">{said}</small>}
      </div>
      <Button
        size="xs"
        variant="default"
        loading={lift.isPending}
        aria-label={t('stopped.liftOf', { address })}
        onClick={() => window.confirm(t('stopped.liftSure', { address })) && lift.mutate(undefined)}
      >
        {t('stopped.lift')}
      </Button>
    </li>
  );
}
