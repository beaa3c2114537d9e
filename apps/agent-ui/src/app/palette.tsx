import '@mantine/spotlight/styles.css';
import { useMantineColorScheme } from '@mantine/core';
import { createSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { viewNames } from '../features/inbox/view-list.js';
import { locales } from '../i18n/i18n.js';
import { useI18n } from '../i18n/use-i18n.js';
import { useChangeMe } from '../live/use-change-me.js';
import { bindings, useCommands } from '../ui/commands.js';

const [store, palette] = createSpotlight();

/** Everything that can be done from here, by typing. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const actions = useActions();
  useEffect(() => palette.open(), []);
  return (
    <Spotlight
      store={store}
      actions={actions}
      // The key is listened for by its place: the Persian layout has another letter there.
      shortcut={null}
      onSpotlightClose={onClose}
      nothingFound={t('palette.nothing')}
      searchProps={{ placeholder: t('palette.placeholder'), 'aria-label': t('palette.placeholder') }}
      attributes={{ content: { 'aria-label': t('palette.label') } }}
      highlightQuery
      scrollable
      maxHeight={420}
    />
  );
}

function useActions(): SpotlightActionGroupData[] {
  const { t, locale } = useI18n();
  const navigate = useNavigate();
  const commands = useCommands();
  const { toggleColorScheme } = useMantineColorScheme();
  const changeMe = useChangeMe();
  const offered = bindings.filter(({ command }) => command !== 'palette' && commands[command]);
  return [
    {
      group: t('palette.actions'),
      actions: [
        ...offered.map(({ command, shows }) => ({
          id: command,
          label: t(`keys.${command}`),
          rightSection: <kbd dir="ltr">{shows}</kbd>,
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
        ...(['mine', 'channels'] as const).map((section) => ({
          id: `settings ${section}`,
          label: t(`settings.${section}`),
          onClick: () => void navigate({ to: '/settings/$section', params: { section } }),
        })),
      ],
    },
  ];
}
