import { Button, Drawer, Skeleton } from '@mantine/core';
import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReportTicketsView, ReportUnit, TicketRef } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { Empty, Failed } from '../../ui/states.js';
import { ticketSign } from '../../ui/ticket-number.js';
import { useValues } from './use-values.js';

/** Where a list comes from, page by page. */
export interface BehindSource {
  key: QueryKey;
  read: (cursor: string | null, signal: AbortSignal) => Promise<ReportTicketsView>;
  /** What each of them adds to the number. */
  unit: ReportUnit;
  /** Where all of it is taken away as a file. */
  file?: string;
}

interface Props {
  title: string;
  source: BehindSource;
  onClose: () => void;
}

/** What a number is made of, the latest first; each leads to its conversation. */
export function BehindDrawer({ title, source, onClose }: Props) {
  const { t } = useI18n();
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={460}
      title={title}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <List source={source} />
    </Drawer>
  );
}

function List({ source: { key, read, unit, file } }: Pick<Props, 'source'>) {
  const { t } = useI18n();
  const answer = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  if (answer.isPending) {
    return <Skeleton height={240} />;
  }
  if (answer.isError) {
    return <Failed error={answer.error} retry={() => void answer.refetch()} />;
  }
  const found = answer.data.pages.flatMap(({ tickets }) => tickets);
  if (found.length === 0) {
    return <Empty>{t('reports.behindNone')}</Empty>;
  }
  return (
    <>
      <ul className="reports-behind">
        {found.map((ticket, nth) => (
          <Ticket
            key={`${ticket.id ?? ticket.conversation ?? ''} ${ticket.at} ${String(nth)}`}
            ticket={ticket}
            unit={unit}
          />
        ))}
      </ul>
      <div className="reports-foot">
        {answer.hasNextPage && (
          <Button variant="default" loading={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>
            {t('reports.more')}
          </Button>
        )}
        {file !== undefined && (
          <Button variant="subtle" component="a" href={file} download>
            {t('reports.csv')}
          </Button>
        )}
      </div>
    </>
  );
}

function Ticket({ ticket, unit }: { ticket: TicketRef; unit: ReportUnit }) {
  const { t, format } = useI18n();
  const show = useValues();
  const sign =
    ticket.number === null
      ? t('reports.talk')
      : ticketSign({ number: ticket.number, prefix: ticket.prefix ?? '' }, format);
  const words = (
    <>
      <span className="reports-behind-top">
        <bdi>{ticket.customerName || t('customer.unnamed')}</bdi>
        <bdi>{sign}</bdi>
      </span>
      <bdi className="one-line">{ticket.subject || t('reports.noSubject')}</bdi>
      <span className="reports-behind-at">
        {format.dateTime(ticket.at)}
        {(unit === 'seconds' || unit === 'score') && ` · ${show.value(ticket.value, unit)}`}
      </span>
    </>
  );
  if (ticket.conversation === null) {
    return (
      <li>
        <span className="reports-behind-one">
          {words}
          <small>{t('reports.hidden')}</small>
        </span>
      </li>
    );
  }
  return (
    <li>
      <Link
        className="reports-behind-one"
        to="/inbox/$view/$conversation"
        params={{ view: 'all', conversation: ticket.conversation }}
        search={ticket.id === null ? {} : { ticket: ticket.id }}
      >
        {words}
      </Link>
    </li>
  );
}
