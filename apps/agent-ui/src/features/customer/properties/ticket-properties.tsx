import { Skeleton } from '@mantine/core';
import type { TicketView } from '#contract';
import { useTexts } from '../../../i18n/use-texts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Duplicates } from './duplicates.js';
import { FieldList } from './field-list.js';
import { Followers } from './followers.js';
import './properties.css';
import { SnoozeLine } from './snooze-line.js';
import { SpamLine } from './spam-line.js';
import { useProperties, usePropertyActions } from './use-properties.js';

/** What a ticket carries besides its state: fields, followers, its sleep, and what is doubtful about it. */
export function TicketProperties({ ticket, person }: { ticket: TicketView; person: string }) {
  const isSpoken = useTexts('properties');
  return isSpoken ? <Properties ticket={ticket} person={person} /> : <Skeleton height={60} />;
}

function Properties({ ticket, person }: { ticket: TicketView; person: string }) {
  const { t, format } = useI18n();
  const known = useProperties(ticket);
  const actions = usePropertyActions(ticket, person);
  return (
    <section className="props" aria-label={t('props.label')} aria-busy={actions.isBusy}>
      {known?.closesAt && (
        <p className="props-warning">{t('props.closes', { when: format.dateTime(known.closesAt) })}</p>
      )}
      {known && <Duplicates duplicates={known.duplicates} />}
      <FieldList ticket={ticket} onSet={actions.setField} />
      {known && <Followers followers={known.followers} onFollow={actions.follow} />}
      <SnoozeLine ticket={ticket} by={known?.snooze?.by?.name ?? null} actions={actions} />
      <SpamLine ticket={ticket} actions={actions} />
    </section>
  );
}
