import type { ReactNode } from 'react';
import { useI18n } from '../../i18n/use-i18n.js';
import { useWatchedConversation } from '../../live/use-watched-conversation.js';
import { currentTicket } from '../../live/use-ticket-actions.js';
import { Failed } from '../../ui/states.js';
import { ticketNumber } from '../../ui/ticket-number.js';
import { useCustomerName } from '../../ui/use-customer-name.js';
import { CustomerTyping, OpenedMail, Placeholder } from './conversation-pane.js';
import { LooksOn } from './looks-on.js';
import { Timeline } from './timeline.js';

interface Props {
  person: string;
  /** What the page puts before and after the name. */
  before: ReactNode;
  after: ReactNode;
  /** What it says under the header. */
  notice: ReactNode;
}

/** A conversation for somebody who looks on: all of it is there, nothing can be done, and nothing is marked as read. */
export function WatchedConversation({ person, before, after, notice }: Props) {
  const { t, format } = useI18n();
  const nameOf = useCustomerName();
  const { data: view, error, refetch } = useWatchedConversation(person);
  if (!view) {
    return error ? (
      <Failed what={t('conversation.failed')} error={error} retry={() => void refetch()} />
    ) : (
      <Placeholder />
    );
  }
  const ticket = currentTicket(view.tickets, undefined);
  return (
    <LooksOn value>
      <header className="conversation-header">
        {before}
        <div className="conversation-title">
          <h1 className="one-line">
            <bdi>{nameOf(view.customer)}</bdi>
          </h1>
          <p className="one-line">
            {ticket && (
              <>
                <bdi>#{ticketNumber(ticket, format)}</bdi> <bdi>{ticket.subject}</bdi>
              </>
            )}
          </p>
        </div>
        {after}
      </header>
      {notice}
      <Timeline key={view.id} view={view} />
      <CustomerTyping view={view} />
      <OpenedMail />
    </LooksOn>
  );
}
