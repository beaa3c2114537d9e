import { NativeSelect } from '@mantine/core';
import { Link, useSearch } from '@tanstack/react-router';
import { Suspense } from 'react';
import type { TicketView } from '#contract';
import { useAgents, useMe, useQueues } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useTicketActions } from '../../live/use-ticket-actions.js';
import { Why } from '../../ui/explain/why.js';
import { late } from '../../ui/late.js';
import { ticketNumber } from '../../ui/ticket-number.js';
import { StateSelect } from './lifecycle/state-select.js';
import { TicketNeeds } from './ticket-needs.js';
import { TicketTags } from './ticket-tags.js';

const TicketSurvey = late(async () => ({ default: (await import('./survey/ticket-survey.js')).TicketSurvey }));

const TicketKin = late(async () => ({ default: (await import('./lifecycle/ticket-kin.js')).TicketKin }));

const TicketProperties = late(async () => ({
  default: (await import('./properties/ticket-properties.js')).TicketProperties,
}));

const priorities = [1, 2, 3, 4] as const;

/** The ticket being worked on, and everything about it that an agent may change. */
export function TicketCard({ ticket, person }: { ticket: TicketView; person: string }) {
  const { t, format } = useI18n();
  const queues = useQueues();
  const { change, isBusy } = useTicketActions(person);
  const isClosed = ticket.state === 'closed';
  return (
    <div className="ticket" aria-busy={isBusy}>
      <p className="ticket-subject">
        <span className="chip">
          <bdi>{t('ticket.number', { number: ticketNumber(ticket, format) })}</bdi>
        </span>
        <bdi>{ticket.subject}</bdi>
      </p>
      <div className="ticket-fields">
        <StateSelect ticket={ticket} onChange={(wish) => change({ ticket, change: wish })} />
        <NativeSelect
          size="xs"
          label={t('ticket.priorityLabel')}
          value={String(ticket.priority)}
          disabled={isClosed}
          onChange={(event) =>
            change({ ticket, change: { priority: Number(event.currentTarget.value) as TicketView['priority'] } })
          }
          data={priorities.map((value) => ({ value: String(value), label: t(`ticket.priority.${value}`) }))}
        />
        <OwnerSelect ticket={ticket} person={person} />
        <NativeSelect
          size="xs"
          label={t('ticket.queue')}
          value={ticket.queueId}
          disabled={isClosed}
          onChange={(event) => change({ ticket, change: { queueId: event.currentTarget.value } })}
          data={[
            ...queues.map(({ id, name }) => ({ value: id, label: name })),
            // A closed ticket may be of a queue that was removed since.
            ...(queues.some(({ id }) => id === ticket.queueId)
              ? []
              : [{ value: ticket.queueId, label: t('ticket.queueGone') }]),
          ]}
        />
      </div>
      <TicketTags tags={ticket.tags} onChange={(tags) => change({ ticket, change: { tags } })} />
      <TicketNeeds ticket={ticket} />
      <Suspense>
        <TicketProperties key={ticket.id} ticket={ticket} person={person} />
      </Suspense>
      <Suspense>
        <TicketSurvey ticket={ticket} person={person} />
      </Suspense>
      <Suspense>
        <TicketKin ticket={ticket} person={person} />
      </Suspense>
      <div className="ticket-why">
        <Why ticket={ticket} hasKey />
      </div>
    </div>
  );
}

function OwnerSelect({ ticket, person }: { ticket: TicketView; person: string }) {
  const { t } = useI18n();
  const me = useMe();
  const agents = useAgents();
  const { assign } = useTicketActions(person);
  const options = agents.map(({ id, name, status, present }) => ({
    value: id,
    label:
      id === me.id
        ? t('common.you')
        : t('ticket.ownerOption', { name, status: t(`status.${present ? status : 'offline'}`) }),
  }));
  return (
    <NativeSelect
      size="xs"
      label={t('ticket.owner')}
      value={ticket.ownerId ?? ''}
      disabled={ticket.state === 'closed'}
      onChange={(event) => assign({ ticket, agentId: event.currentTarget.value || null })}
      data={[{ value: '', label: t('ticket.nobody') }, ...options]}
    />
  );
}

export function EarlierTicket({ ticket }: { ticket: TicketView }) {
  const { t, format } = useI18n();
  const search = useSearch({ from: '/desk/inbox/$view/$conversation' });
  return (
    <li>
      <Link
        from="/inbox/$view/$conversation"
        to="/inbox/$view/$conversation"
        search={{ ...search, ticket: ticket.id }}
        className="ticket-earlier"
      >
        <bdi className="one-line">{ticket.subject}</bdi>
        <span>
          <bdi>{t('ticket.number', { number: ticketNumber(ticket, format) })}</bdi>
          {' · '}
          {t(`ticket.state.${ticket.state}`)}
          {' · '}
          {format.day(ticket.openedAt)}
        </span>
      </Link>
    </li>
  );
}
