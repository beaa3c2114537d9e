import { Menu, useMantineColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { AgentStatus } from '#contract';
import { hub } from '../api/hub.js';
import { useMay, useMe } from '../api/queries.js';
import { LoadSummary } from '../features/routing/load-summary.js';
import { locales, type Locale } from '../i18n/i18n.js';
import { useI18n } from '../i18n/use-i18n.js';
import { useChangeMe } from '../live/use-change-me.js';
import { IconCheck, IconLanguage, IconMoon, IconSettings, IconSkill } from '../ui/icons.js';
import { useAction } from '../ui/use-action.js';
import { AccountButton } from './account-button.js';

const statuses: readonly AgentStatus[] = ['online', 'busy', 'away'];

/** Who is signed in, whether they take work and how much of it they have, and how they like the console. */
export function AccountMenu({ startsOpen }: { startsOpen: boolean }) {
  const { t } = useI18n();
  const me = useMe();
  const mayReview = useMay('quality.review');
  const navigate = useNavigate();
  const changeMe = useChangeMe();
  const signOut = useAction(
    () => hub.signOut(),
    () => void navigate({ to: '/login' }),
  );
  return (
    <Menu position="right-end" width={230} withinPortal={false} defaultOpened={startsOpen}>
      <Menu.Target>
        <AccountButton />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <bdi>{me.name}</bdi> · {t('status.label')}
        </Menu.Label>
        {statuses.map((status) => (
          <Menu.Item
            key={status}
            leftSection={<span className="status-dot" data-status={status} />}
            rightSection={status === me.status && <IconCheck size={16} />}
            onClick={() => changeMe({ status })}
          >
            {t(`status.${status}`)}
          </Menu.Item>
        ))}
        <LoadSummary />
        <Menu.Divider />
        <LookItems onLocale={(locale) => changeMe({ locale })} />
        <Menu.Item
          leftSection={<IconSettings size={16} />}
          onClick={() => void navigate({ to: '/settings/$section', params: { section: 'mine' } })}
        >
          {t('settings.mine')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconSkill size={16} />}
          onClick={() => void navigate({ to: '/quality/$part', params: { part: mayReview ? 'samples' : 'mine' } })}
        >
          {t('shell.quality')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => signOut.mutate(undefined)}>{t('shell.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The account's language comes back as the page's own: the desk follows it. */
function LookItems({ onLocale }: { onLocale: (locale: Locale) => void }) {
  const { t, locale } = useI18n();
  const { toggleColorScheme } = useMantineColorScheme();
  return (
    <>
      {locales
        .filter((one) => one !== locale)
        .map((one) => (
          <Menu.Item key={one} lang={one} leftSection={<IconLanguage size={16} />} onClick={() => onLocale(one)}>
            {t(`language.${one}`)}
          </Menu.Item>
        ))}
      <Menu.Item leftSection={<IconMoon size={16} />} onClick={toggleColorScheme}>
        {t('palette.theme')}
      </Menu.Item>
    </>
  );
}
