import '@mantine/spotlight/styles.css';
import { useMantineColorScheme } from '@mantine/core';
import { createSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useState, type KeyboardEvent } from 'react';
import { conversationQuery, useMay, useMe } from '../api/queries.js';
import { useSavedViews } from '../api/views.js';
import { viewNames } from '../features/inbox/view-list.js';
import { locales } from '../i18n/i18n.js';
import { useI18n } from '../i18n/use-i18n.js';
import { useChangeMe } from '../live/use-change-me.js';
import { bindings, shownOf, useCommands } from '../ui/commands.js';
import { usePreferences } from '../ui/preferences.js';
import { useCustomerName } from '../ui/use-customer-name.js';
import { usePeople, useTicketByNumber, useTicketsBySaid } from './palette-found.js';
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
  // What comes late comes last: nothing moves under whoever chooses.
  const said = [...useSearchFor(query), ...useTicketsBySaid(query)];
  return [...found, ...useStepRows(open, go), ...useActions(open !== null), ...said];
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
  const mayReview = useMay('quality.review');
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
        {
          id: 'quality',
          label: t('shell.quality'),
          onClick: () => void navigate({ to: '/quality/$part', params: { part: mayReview ? 'samples' : 'mine' } }),
        },
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
