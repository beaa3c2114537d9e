import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { VListHandle } from 'virtua';
import type { ListRow } from '#contract';
import type { ListFilter } from '../../api/hub.js';
import { useCommand } from '../../ui/commands.js';
import { extendTo, toggle, useSelection, type Selection } from './bulk/selection.js';
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
  useSelectKeys(rows, current, moveTo);
  useCommand('next', () => moveTo(Math.min(cursor + 1, rows.length - 1)));
  useCommand('previous', () => moveTo(Math.max(cursor - 1, 0)));
  useCommand('open', current ? () => void open(current) : null);
  return { list, cursor: Math.max(cursor, 0) };
}

/** X chooses the line that the keyboard is at; with Shift, J and K choose on from there. */
function useSelectKeys(rows: readonly ListRow[], current: ListRow | undefined, moveTo: (index: number) => void): void {
  const choose = (change: (before: Selection) => Selection) => useSelection.setState(change);
  const order = rows.map((row) => row.ticket.id);
  /** Wherever the focus came from. */
  const here = () => Math.max(0, order.indexOf(focusedTicket() ?? current?.ticket.id ?? ''));
  const extend = (by: number) => {
    const from = here();
    const to = Math.min(Math.max(from + by, 0), rows.length - 1);
    const [begin, end] = [order[from], order[to]];
    if (begin !== undefined && end !== undefined) {
      choose((before) => extendTo(before.anchor === null ? toggle(before, begin) : before, order, end));
      moveTo(to);
    }
  };
  const toggleHere = () => {
    const id = order[here()];
    if (id !== undefined) {
      choose((before) => toggle(before, id));
      moveTo(here());
    }
  };
  const hasRows = rows.length > 0;
  useCommand('select', hasRows ? toggleHere : null);
  useCommand('selectDown', hasRows ? () => extend(1) : null);
  useCommand('selectUp', hasRows ? () => extend(-1) : null);
}

function focusedTicket(): string | undefined {
  return document.activeElement?.closest('.row-holder')?.querySelector<HTMLElement>('[data-ticket]')?.dataset['ticket'];
}
