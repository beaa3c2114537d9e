import type { TicketState, TicketStateNameView, TicketView } from '#contract';
import { useStateNames } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';

const workStates: readonly TicketState[] = ['new', 'open', 'pending', 'on_hold', 'solved'];

/** A state that a ticket may be given; `value` names it among the others. */
export interface StateChoice {
  value: string;
  label: string;
  change: { state: TicketState; stateNameId: string | null };
}

/** The states of a ticket, and the organisation's own names that stand for them. A closed one has no other; of none there are none. */
export function useStateChoices(ticket: TicketView | null): StateChoice[] {
  const { t, locale } = useI18n();
  const names = useStateNames().filter(({ id, retired }) => !retired || id === ticket?.stateNameId);
  if (!ticket) {
    return [];
  }
  const isClosed = ticket.state === 'closed';
  const states = isClosed ? [ticket.state] : workStates.filter((state) => state !== 'new' || ticket.state === 'new');
  return states.flatMap((state) => [
    { value: state, label: t(`ticket.state.${state}`), change: { state, stateNameId: null } },
    ...names
      .filter((name) => name.state === state)
      .map((name) => ({
        value: name.id,
        label: t('ticket.stateNamed', { name: nameIn(name, locale), state: t(`ticket.state.${state}`) }),
        change: { state, stateNameId: name.id },
      })),
  ]);
}

/** A name in the reader's language, or in the one that it has. */
function nameIn({ name }: TicketStateNameView, locale: 'en' | 'fa'): string {
  return name[locale] ?? name.en ?? name.fa ?? '';
}
