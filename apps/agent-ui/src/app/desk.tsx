import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useMe } from '../api/queries.js';
import { useI18n } from '../i18n/use-i18n.js';
import { useChangeLocale } from '../i18n/use-locale.js';
import { LiveProvider } from '../live/live-context.js';
import { useCommand } from '../ui/commands.js';
import { useShortcuts } from '../ui/use-shortcuts.js';
import { Banners } from './banners.js';
import './desk.css';
import { Rail } from './rail.js';
import { useAlerts } from './use-alerts.js';

const Palette = lazy(async () => ({ default: (await import('./palette.js')).Palette }));
const Offers = lazy(async () => ({ default: (await import('../features/routing/offers.js')).Offers }));
const KeyHelp = lazy(async () => ({ default: (await import('./key-help.js')).KeyHelp }));

/** The frame around everything an agent does: the rail, what must be said to everyone, and the page. */
export function Desk() {
  const { t } = useI18n();
  const news = useAlerts();
  useShortcuts();
  useOwnLocale();
  return (
    <LiveProvider news={news}>
      <a className="desk-skip" href="#content">
        {t('shell.skip')}
      </a>
      <div className="desk">
        <Rail />
        <div className="desk-page">
          <Banners />
          <Outlet />
        </div>
      </div>
      <Suspense>
        <Offers />
      </Suspense>
      <OnDemand />
    </LiveProvider>
  );
}

/** Loaded when first asked for. */
function OnDemand() {
  const [opened, setOpened] = useState<'palette' | 'help' | null>(null);
  useCommand('palette', () => setOpened('palette'));
  useCommand('help', () => setOpened('help'));
  const close = () => setOpened(null);
  return (
    <Suspense>
      {opened === 'palette' && <Palette onClose={close} />}
      {opened === 'help' && <KeyHelp onClose={close} />}
    </Suspense>
  );
}

/** An agent who signs in elsewhere finds the console in their own language. */
function useOwnLocale(): void {
  const { locale: own } = useMe();
  const changeLocale = useChangeLocale();
  useEffect(() => void changeLocale(own), [own, changeLocale]);
}
