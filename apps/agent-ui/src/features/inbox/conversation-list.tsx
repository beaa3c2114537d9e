import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { VList } from 'virtua';
import type { ListRow } from '#contract';
import type { ListFilter } from '../../api/hub.js';
import { listQuery } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { late } from '../../ui/late.js';
import { Empty, Failed } from '../../ui/states.js';
import { clearSelection, shownOf, useSelection } from './bulk/selection.js';
import { useChoosing } from './bulk/use-choosing.js';
import './conversation-list.css';
import { ConversationRow } from './conversation-row.js';
import { isSelected, type Selected } from './selected.js';
import { useListCursor } from './use-list-cursor.js';

const BulkBar = late(async () => ({ default: (await import('./bulk/bulk-bar.js')).BulkBar }));

interface RowsProps {
  rows: ListRow[];
  readOn: () => void;
  hasMore: boolean;
}

interface Props {
  filter: ListFilter;
  selected: Selected | null;
}

/** The lines of a view, live and without end: older pages come as the reader nears the last line. */
export function ConversationList({ filter, selected }: Props) {
  const list = useInfiniteQuery(listQuery(filter));
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data]);
  if (list.isPending) {
    return <Placeholders />;
  }
  if (list.isError) {
    return <Failed error={list.error} retry={() => void list.refetch()} />;
  }
  if (rows.length === 0) {
    return <NothingHere filter={filter} />;
  }
  const readOn = () => {
    if (list.hasNextPage && !list.isFetching) {
      void list.fetchNextPage();
    }
  };
  return <Rows rows={rows} filter={filter} selected={selected} readOn={readOn} hasMore={list.hasNextPage} />;
}

function Rows({ rows, filter, selected, readOn, hasMore }: Props & RowsProps) {
  const { list, cursor } = useListCursor(rows, filter, selected);
  const selection = useSelection();
  const chosen = shownOf(selection, rows);
  const choosing = useChoosing(rows);
  useEffect(() => clearSelection, []);
  const nearEnd = () => {
    const handle = list.current;
    if (handle && handle.scrollOffset + handle.viewportSize * 2 > handle.scrollSize) {
      readOn();
    }
  };
  return (
    <div className="rows-frame" data-choosing={chosen.length > 0 || undefined} {...choosing}>
      {chosen.length > 0 && <BulkBar chosen={chosen} rows={rows} filter={filter} hasMore={hasMore} />}
      <VList ref={list} className="rows" data={rows} itemSize={80} keepMounted={[cursor]} onScroll={nearEnd}>
        {(row, index) => (
          <ConversationRow
            key={row.ticket.id}
            row={row}
            index={index}
            filter={filter}
            isSelected={isSelected(row, selected)}
            isChosen={selection.wholeSince !== null || selection.ids.has(row.ticket.id)}
          />
        )}
      </VList>
    </div>
  );
}

function NothingHere({ filter }: { filter: ListFilter }) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const lookAtOpen = () => navigate({ to: '/inbox/$view', params: { view: 'open' } });
  if (filter.view === 'mine') {
    const look = (
      <Button variant="light" onClick={() => void lookAtOpen()}>
        {t('list.takeLook')}
      </Button>
    );
    return <Empty action={look}>{t('list.emptyMine')}</Empty>;
  }
  return <Empty>{filter.view === 'unassigned' ? t('list.emptyUnassigned') : t('list.empty')}</Empty>;
}

function Placeholders() {
  const { t } = useI18n();
  return (
    <div className="rows-loading">
      <output className="unseen">{t('common.loading')}</output>
      {[1, 2, 3, 4, 5, 6].map((line) => (
        <div key={line} className="row">
          <Skeleton circle height={36} />
          <div className="row-main">
            <Skeleton height={12} width="55%" my={5} />
            <Skeleton height={10} width="85%" my={6} />
          </div>
        </div>
      ))}
    </div>
  );
}
