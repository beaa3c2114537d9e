import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { conversationQuery, useMe } from '../../../api/queries.js';
import { currentTicket } from '../../../live/use-ticket-actions.js';
import { useCommand } from '../../../ui/commands.js';
import type { QuickKind } from './choices.js';

const QuickTicket = lazy(async () => ({ default: (await import('./quick-ticket.js')).QuickTicket }));

/** The keys that change the open ticket. What they open, and its words, come with the first press. */
export function QuickKeys({ person, ticketId }: { person: string; ticketId: string | undefined }) {
  const me = useMe();
  const view = useQuery(conversationQuery(person)).data;
  const ticket = view && currentTicket(view.tickets, ticketId);
  const [wish, setWish] = useState<QuickKind | 'assignMe' | null>(null);
  const isDone = !ticket || ticket.state === 'solved' || ticket.state === 'closed';
  const opens = (kind: NonNullable<typeof wish>, isOffered: boolean) => (isOffered ? () => setWish(kind) : null);
  useCommand('assign', opens('assign', !isDone));
  useCommand('assignMe', opens('assignMe', !isDone && ticket.ownerId !== me.id));
  useCommand('snooze', opens('snooze', !isDone));
  useCommand('tags', opens('tags', ticket !== undefined && ticket.state !== 'closed'));
  useCommand('priority', opens('priority', ticket !== undefined && ticket.state !== 'closed'));
  return (
    <Suspense>
      {wish && ticket && <QuickTicket person={person} ticket={ticket} wish={wish} onClose={() => setWish(null)} />}
    </Suspense>
  );
}
