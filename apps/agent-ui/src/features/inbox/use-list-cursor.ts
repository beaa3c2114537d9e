import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { VListHandle } from 'virtua';
import type { ListRow } from '#contract';
import type { ListFilter } from '../../api/hub.js';
import { useCommand } from '../../ui/commands.js';
import { isSelected, type Selected } from './selected.js';

/** The line that J and K move to and Enter opens. It starts at the open conversation and keeps its line when lines move. */
export function useListCursor(rows: readonly ListRow[], filter: ListFilter, selected: Selected | null) {
  const list = useRef<VListHandle>(null);
  const navigate = useNavigate();
  const [ticketId, setTicketId] = useState<string | null>(null);
  const at = rows.findIndex((row) => row.ticket.id === ticketId);
  const cursor = at >= 0 ? at : rows.findIndex((row) => isSelected(row, selected));

  const moveTo = (index: number) => {
    const row = rows[index];
    if (!row) {
      return;
    }
    setTicketId(row.ticket.id);
    list.current?.scrollToIndex(index, { align: 'nearest' });
    // The line may have to be mounted first.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-ticket="${row.ticket.id}"]`)?.focus()),
    );
  };
  const open = ({ ticket, conversation }: ListRow) =>
    navigate({
      to: '/inbox/$view/$conversation',
      params: { view: filter.view, conversation },
      search: { ticket: ticket.id, ...(filter.queue ? { queue: filter.queue } : {}) },
    });

  const current = rows[cursor];
  useCommand('next', () => moveTo(Math.min(cursor + 1, rows.length - 1)));
  useCommand('previous', () => moveTo(Math.max(cursor - 1, 0)));
  useCommand('open', current ? () => void open(current) : null);
  return { list, cursor: Math.max(cursor, 0) };
}
