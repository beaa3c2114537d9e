import { useEffect, useRef } from 'react';
import type { TicketView } from '#contract';
import { useMe } from '../../../api/queries.js';
import { useTexts } from '../../../i18n/use-texts.js';
import type { QuickKind } from './choices.js';
import { QuickMenu } from './quick-menu.js';
import { useTicketAct } from './use-ticket-act.js';

interface Props {
  person: string;
  ticket: TicketView;
  wish: QuickKind | 'assignMe';
  onClose: () => void;
}

/** The list that was asked for about one ticket; to take it oneself needs none. */
export function QuickTicket({ person, ticket, wish, onClose }: Props) {
  const act = useTicketAct(person);
  if (wish === 'assignMe') {
    return <TakeIt person={person} ticket={ticket} onClose={onClose} />;
  }
  const target = { count: 1, tickets: [ticket] };
  return <QuickMenu kind={wish} target={target} onPick={(picked) => act(ticket, picked)} onClose={onClose} />;
}

function TakeIt({ person, ticket, onClose }: Omit<Props, 'wish'>) {
  const me = useMe();
  const act = useTicketAct(person);
  const isSpoken = useTexts('bulk');
  const isTaken = useRef(false);
  useEffect(() => {
    if (isSpoken && !isTaken.current) {
      isTaken.current = true;
      act(ticket, { do: 'assign', agentId: me.id });
      onClose();
    }
  });
  return null;
}
