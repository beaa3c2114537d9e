import { Button, Drawer, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReportColumn, ReportView, TicketRef } from '#contract';
import { reportKeys, reports, type ReportPlace, type ReportQuestion } from '../../api/reports.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { Empty, Failed } from '../../ui/states.js';
import { ticketSign } from '../../ui/ticket-number.js';
import { useColumnName, useRowName, useValues } from './use-values.js';

interface Props {
  view: ReportView;
  question: ReportQuestion;
  place: ReportPlace;
  onClose: () => void;
}

/** What a number is made of, the latest first; each leads to its conversation. */
export function BehindPanel({ view, question, place, onClose }: Props) {
  const { t } = useI18n();
  const show = useValues();
  const columnName = useColumnName(view.report);
  const rowName = useRowName(view.by);
  const index = view.columns.findIndex(({ key }) => key === place.column);
  const column = view.columns[index];
  const row = place.row === 'total' ? view.total : view.rows.find(({ key }) => key === place.row);
  const title =
    column && row
      ? t('reports.behind', {
          value: show.value(row.values[index], column.unit),
          column: columnName(column),
          row: place.row === 'total' ? t('reports.total') : rowName(row),
        })
      : t('reports.behindTitle');
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={460}
      title={title}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <List question={question} place={place} column={column} />
    </Drawer>
  );
}

function List({ question, place, column }: Pick<Props, 'question' | 'place'> & { column: ReportColumn | undefined }) {
  const { t, locale } = useI18n();
  const answer = useInfiniteQuery({
    queryKey: reportKeys.behind(question, place),
    queryFn: ({ pageParam, signal }) => reports.behind(question, place, pageParam, signal),
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
            column={column}
          />
        ))}
      </ul>
      <div className="reports-foot">
        {answer.hasNextPage && (
          <Button variant="default" loading={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>
            {t('reports.more')}
          </Button>
        )}
        <Button variant="subtle" component="a" href={reports.file(question, 'csv', locale, place)} download>
          {t('reports.csv')}
        </Button>
      </div>
    </>
  );
}

function Ticket({ ticket, column }: { ticket: TicketRef; column: ReportColumn | undefined }) {
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
        {column && column.unit !== 'count' && column.unit !== 'share' && ` · ${show.value(ticket.value, column.unit)}`}
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
