import '@mantine/spotlight/styles.css';
import { useMantineColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useState, type KeyboardEvent } from 'react';
import { keys } from '../api/keys.js';
import { lifecycle } from '../api/lifecycle.js';
import { people } from '../api/people.js';
import { conversationQuery, useMay, useMe } from '../api/queries.js';
import { useSavedViews } from '../api/views.js';
import { viewNames } from '../features/inbox/view-list.js';
import { asciiDigits } from '../i18n/formats.js';
import { locales } from '../i18n/i18n.js';
import { latinDigits } from '../i18n/latin-digits.js';
import { useI18n } from '../i18n/use-i18n.js';
import { useChangeMe } from '../live/use-change-me.js';
import { bindings, shownOf, useCommands } from '../ui/commands.js';
import { usePreferences } from '../ui/preferences.js';
import { useAction } from '../ui/use-action.js';
import { useCustomerName } from '../ui/use-customer-name.js';
import {
  steppedCommands,
  useChoiceRows,
  useOpenTicket,
  useStepLabel,
  useStepRows,
  type OpenTicket,
  type Step,
} from './palette-steps.js';
import { recentConversations } from './recent-conversations.js';

const [store, palette] = createSpotlight();

/** Everything that can be done from here, by typing; what must be asked first about the open ticket is asked a step further. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const [query, setQuery] = useState('');
  const open = useOpenTicket();
  const [wanted, setStep] = useState<Step | null>(null);
  const step = open && wanted;
  const go = (next: Step | null) => {
    setQuery('');
    setStep(next);
  };
  // With each step no row is chosen yet.
  useEffect(() => palette.open(), [step]);
  const says = useStepLabel();
  const first = useFirstRows(step ? '' : query, open, go);
  const further = [...useChoiceRows(open, step, query), useBackRow(query, () => go(null))];
  const placeholder = step ? says(step) : t('palette.placeholder');
  const press = (event: KeyboardEvent) => {
    const isBack = event.key === 'Escape' || (event.key === 'Backspace' && query === '');
    if (step && isBack && !event.nativeEvent.isComposing) {
      event.preventDefault();
      go(null);
    }
  };
  return (
    <Spotlight
      store={store}
      actions={step ? further : first}
      query={query}
      onQueryChange={setQuery}
      // The key is listened for by its place: the Persian layout has another letter there.
      shortcut={null}
      onSpotlightClose={onClose}
      closeOnEscape={step === null}
      nothingFound={t('palette.nothing')}
      searchProps={{ placeholder, 'aria-label': placeholder, onKeyDown: press }}
      attributes={{ content: { 'aria-label': t('palette.label') } }}
      highlightQuery
      scrollable
      maxHeight={420}
    />
  );
}

function useFirstRows(query: string, open: OpenTicket | null, go: (step: Step) => void): SpotlightActionGroupData[] {
  const found = [...useTicketByNumber(query), ...usePeople(query), ...useRecent()];
  return [...found, ...useStepRows(open, go), ...useActions(open !== null), ...useSearchFor(query)];
}

function useBackRow(query: string, goBack: () => void): SpotlightActionGroupData {
  const { t } = useI18n();
  const row = {
    id: 'back',
    label: t('keys.stepBack'),
    keywords: [query],
    closeSpotlightOnTrigger: false,
    rightSection: <kbd dir="ltr">Esc</kbd>,
    onClick: goBack,
  };
  return { group: t('palette.go'), actions: [row] };
}

/** Whoever types a number may mean a ticket; one that was merged leads to where it went. */
function useTicketByNumber(query: string): SpotlightActionGroupData[] {
  const { t } = useI18n();
  const navigate = useNavigate();
  const open = useAction(
    (number: string) => lifecycle.get(number),
    ({ conversation, ticket }) =>
      void navigate({
        to: '/inbox/$view/$conversation',
        params: { view: 'all', conversation },
        search: { ticket: ticket.id },
      }),
  );
  const typed = query.trim();
  const number = /^#?(?:[a-z]{2,6}-)?(\d{1,15})$/iu.exec(latinDigits(typed))?.[1];
  if (number === undefined) {
    return [];
  }
  const label = t('palette.ticket', { number: typed });
  return [
    {
      group: t('customer.tickets'),
      actions: [{ id: 'ticket', label, keywords: [typed], onClick: () => open.mutate(number) }],
    },
  ];
}

/** How long somebody pauses who has typed whom they look for, in milliseconds. */
const pauseMs = 200;
const fewLetters = 2;

/** Customers by name, number or address, a few; whoever types on no longer waits for the answer before. */
function usePeople(query: string): SpotlightActionGroupData[] {
  const { t } = useI18n();
  const navigate = useNavigate();
  const nameOf = useCustomerName();
  const [wanted] = useDebouncedValue(asciiDigits(query.trim()), pauseMs);
  const found = useQuery({
    queryKey: keys.fewCustomers(wanted),
    queryFn: ({ signal }) => people.few(wanted, signal),
    enabled: wanted.length >= fewLetters,
  }).data?.rows;
  if (!found || found.length === 0 || wanted.length < fewLetters) {
    return [];
  }
  const open = (conversation: string) =>
    void navigate({ to: '/inbox/$view/$conversation', params: { view: 'all', conversation } });
  return [
    {
      group: t('shell.customers'),
      actions: found.map((one) => ({
        id: one.id,
        label: nameOf(one),
        description: [...one.identities, ...one.claims].map(({ address }) => `\u2066${address}\u2069`).join(', '),
        // The hub has found them for what is typed: the box has nothing to sift.
        keywords: [query],
        onClick: () => open(one.conversation),
      })),
    },
  ];
}

/** Conversations that were open before in this browser, as far as their names are at hand. */
function useRecent(): SpotlightActionGroupData[] {
  const { t } = useI18n();
  const navigate = useNavigate();
  const client = useQueryClient();
  const nameOf = useCustomerName();
  const { id: account } = useMe();
  const { conversation: current } = useParams({ strict: false });
  const known = recentConversations(account)
    .filter((id) => id !== current)
    .flatMap((id) => {
      const view = client.getQueryData(conversationQuery(id).queryKey);
      return view ? [{ id, name: nameOf(view.customer) }] : [];
    });
  if (known.length === 0) {
    return [];
  }
  return [
    {
      group: t('keys.recent'),
      actions: known.map(({ id, name }) => ({
        id: `recent ${id}`,
        label: name,
        onClick: () => void navigate({ to: '/inbox/$view/$conversation', params: { view: 'all', conversation: id } }),
      })),
    },
  ];
}

/** Words that name nothing here may have been said. */
function useSearchFor(query: string): SpotlightActionGroupData[] {
  const { t } = useI18n();
  const navigate = useNavigate();
  const words = query.trim();
  if (words === '') {
    return [];
  }
  const label = t('palette.searchFor', { words });
  const onClick = () => void navigate({ to: '/search', search: { q: words } });
  return [{ group: t('keys.search'), actions: [{ id: 'search for', label, keywords: [query], onClick }] }];
}

/** @param isAsked whether the steps stand for the commands that ask something first */
function useActions(isAsked: boolean): SpotlightActionGroupData[] {
  const { t, locale } = useI18n();
  const navigate = useNavigate();
  const commands = useCommands();
  const { keys: mode } = usePreferences();
  const { toggleColorScheme } = useMantineColorScheme();
  const changeMe = useChangeMe();
  const saved = useSavedViews();
  const mayWatch = useMay('board.watch');
  const mayReport = useMay('reports.read');
  const offered = bindings.filter(
    ({ command }) => command !== 'palette' && commands[command] && !(isAsked && steppedCommands.has(command)),
  );
  return [
    {
      group: t('palette.actions'),
      actions: [
        ...offered.map(({ command }) => ({
          id: command,
          label: t(`keys.${command}`),
          rightSection: <kbd dir="ltr">{shownOf(command, mode)}</kbd>,
          onClick: () => commands[command]?.(),
        })),
        { id: 'theme', label: t('palette.theme'), onClick: toggleColorScheme },
        ...locales
          .filter((one) => one !== locale)
          .map((one) => ({
            id: one,
            label: t('palette.language', { language: t(`language.${one}`) }),
            onClick: () => changeMe({ locale: one }),
          })),
      ],
    },
    {
      group: t('palette.go'),
      actions: [
        ...viewNames.map((view) => ({
          id: view,
          label: t(`view.${view}`),
          onClick: () => void navigate({ to: '/inbox/$view', params: { view } }),
        })),
        ...saved.map(({ id, name }) => ({
          id: `saved ${id}`,
          label: name,
          onClick: () => void navigate({ to: '/inbox/$view', params: { view: `v-${id}` } }),
        })),
        ...(mayReport
          ? [{ id: 'reports', label: t('shell.reports'), onClick: () => void navigate({ to: '/reports' }) }]
          : []),
        ...(mayWatch ? (['/monitor', '/monitor/wall'] as const) : []).map((to) => ({
          id: to,
          label: t(to === '/monitor' ? 'shell.monitor' : 'shell.wall'),
          onClick: () => void navigate({ to }),
        })),
        ...(['mine', 'channels'] as const).map((section) => ({
          id: `settings ${section}`,
          label: t(`settings.${section}`),
          onClick: () => void navigate({ to: '/settings/$section', params: { section } }),
        })),
      ],
    },
  ];
}
