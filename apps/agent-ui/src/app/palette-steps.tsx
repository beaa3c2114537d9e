import type { SpotlightActionGroupData } from '@mantine/spotlight';
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import type { TicketView } from '#contract';
import { conversationQuery } from '../api/queries.js';
import { useStateChoices } from '../features/customer/lifecycle/use-state-choices.js';
import { useSelection } from '../features/inbox/bulk/selection.js';
import type { QuickKind } from '../features/inbox/quick/choices.js';
import { useChoices } from '../features/inbox/quick/use-choices.js';
import { useTicketAct } from '../features/inbox/quick/use-ticket-act.js';
import { useTexts } from '../i18n/use-texts.js';
import { useI18n } from '../i18n/use-i18n.js';
import { currentTicket, useTicketActions } from '../live/use-ticket-actions.js';
import { shownOf, useCommands, type Command } from '../ui/commands.js';
import { matchesWords } from '../ui/fold-words.js';
import { usePreferences } from '../ui/preferences.js';
import { ticketNumber } from '../ui/ticket-number.js';

/** What of the open ticket the palette asks for next. */
export type Step = QuickKind | 'state';

/** Steps in the order in which they are offered, with the key that does the same. */
const steps: readonly { step: Step; command: Command | null }[] = [
  { step: 'assign', command: 'assign' },
  { step: 'snooze', command: 'snooze' },
  { step: 'tags', command: 'tags' },
  { step: 'priority', command: 'priority' },
  { step: 'queue', command: null },
  { step: 'state', command: null },
];

/** Commands that ask something first: with a ticket open, the palette asks it itself. */
export const steppedCommands: ReadonlySet<Command> = new Set(steps.flatMap(({ command }) => command ?? []));

export interface OpenTicket {
  person: string;
  ticket: TicketView;
}

/** The ticket that the steps are about: none while several are selected, for keys are about those then. */
export function useOpenTicket(): OpenTicket | null {
  const { conversation: person } = useParams({ strict: false });
  const { ticket: wanted } = useSearch({ strict: false });
  const isSpoken = useTexts('bulk');
  const isAboutMany = useSelection(({ ids, wholeSince }) => ids.size > 0 || wholeSince !== null);
  const view = useQuery({ ...conversationQuery(person ?? ''), enabled: person !== undefined }).data;
  const ticket = view && currentTicket(view.tickets, wanted);
  return person && ticket && isSpoken && !isAboutMany && ticket.state !== 'closed' ? { person, ticket } : null;
}

/** What can be asked about the open ticket; a choice leads one step on. */
export function useStepRows(open: OpenTicket | null, go: (step: Step) => void): SpotlightActionGroupData[] {
  const { t, format } = useI18n();
  const label = useStepLabel();
  const { keys: mode } = usePreferences();
  if (!open) {
    return [];
  }
  const isSolved = open.ticket.state === 'solved';
  return [
    {
      group: t('ticket.number', { number: ticketNumber(open.ticket, format) }),
      actions: steps
        .filter(({ step }) => !isSolved || (step !== 'assign' && step !== 'snooze'))
        .map(({ step, command }) => ({
          id: `step ${step}`,
          label: `${label(step)}…`,
          closeSpotlightOnTrigger: false,
          onClick: () => go(step),
          ...(command && { rightSection: <kbd dir="ltr">{shownOf(command, mode)}</kbd> }),
        })),
    },
  ];
}

export function useStepLabel(): (step: Step) => string {
  const { t } = useI18n();
  return (step) => (step === 'state' ? t('ticket.stateLabel') : t(`bulk.${step}`));
}

/** What can be chosen in a step, by what is typed; nothing without one. */
export function useChoiceRows(open: OpenTicket | null, step: Step | null, query: string): SpotlightActionGroupData[] {
  const { t, format } = useI18n();
  const label = useStepLabel();
  const states = useStateRows(open, query);
  const quick = useQuickRows(open, step === null || step === 'state' ? 'priority' : step, query);
  if (!open || !step) {
    return [];
  }
  const rows = step === 'state' ? states : quick;
  const number = t('ticket.number', { number: ticketNumber(open.ticket, format) });
  // They are sifted already, however Persian is spelled: the box has nothing to sift.
  return [{ group: `${number} · ${label(step)}`, actions: rows.map((row) => ({ ...row, keywords: [query] })) }];
}

function useQuickRows(open: OpenTicket | null, kind: QuickKind, query: string) {
  const { t } = useI18n();
  const act = useTicketAct(open?.person ?? '');
  const commands = useCommands();
  const choices = useChoices(kind, { count: 1, tickets: open ? [open.ticket] : [] }, query);
  return choices.map((choice) => ({
    id: `choice ${choice.key}`,
    label: choice.label,
    description: [choice.hint, choice.isOn && t('bulk.isOn')].filter(Boolean).join(' · '),
    onClick: () => {
      if (choice.act === 'own') {
        // A day and an hour are picked in a field of their own.
        commands.snooze?.();
      } else if (open && !choice.isOn) {
        act(open.ticket, choice.act);
      }
    },
  }));
}

function useStateRows(open: OpenTicket | null, query: string) {
  const { t } = useI18n();
  const { change } = useTicketActions(open?.person ?? '');
  const current = open?.ticket.stateNameId ?? open?.ticket.state;
  return useStateChoices(open?.ticket ?? null)
    .filter(({ label }) => matchesWords(label, query))
    .map((choice) => ({
      id: `state ${choice.value}`,
      label: choice.label,
      description: choice.value === current ? t('bulk.isOn') : '',
      onClick: () => {
        if (open && choice.value !== current) {
          change({ ticket: open.ticket, change: choice.change });
        }
      },
    }));
}
