import type { ListRow } from '#contract';

/** What is open beside the list. One person may have several lines; without a ticket all of them are theirs. */
export interface Selected {
  conversation: string;
  ticket: string | undefined;
}

export function isSelected(row: ListRow, selected: Selected | null): boolean {
  const { conversation, ticket } = selected ?? {};
  return row.conversation === conversation && (ticket === undefined || row.ticket.id === ticket);
}
