import { Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useLayoutEffect, useState } from 'react';
import { useMe } from '../api/queries.js';
import { openDesk, useSession } from '../api/session-state.js';
import { useI18n } from '../i18n/use-i18n.js';
import { useChangeLocale } from '../i18n/use-locale.js';
import { LiveProvider } from '../live/live-context.js';
import { useCommand } from '../ui/commands.js';
import { KeySequence } from '../ui/key-sequence.js';
import { late } from '../ui/late.js';
import { adoptPreferences } from '../ui/preferences.js';
import { useShortcuts } from '../ui/use-shortcuts.js';
import { Banners } from './banners.js';
import './desk.css';
import { Rail } from './rail.js';
import { useRecentConversations } from './recent-conversations.js';
import { useAlerts } from './use-alerts.js';

const Palette = lazy(async () => ({ default: (await import('./palette.js')).Palette }));
const Offers = late(async () => ({ default: (await import('../features/routing/offers.js')).Offers }));
const LiveCall = late(async () => ({ default: (await import('../features/calls/live-call.js')).LiveCall }));
const OwnNews = late(async () => ({ default: (await import('../features/inbox/own-news.js')).OwnNews }));
const FollowDrafts = late(async () => ({
  default: (await import('../features/conversation/drafts/follow-drafts.js')).FollowDrafts,
}));
const FollowBulk = late(async () => ({ default: (await import('../features/inbox/bulk/follow-bulk.js')).FollowBulk }));
const FollowHeld = late(async () => ({
  default: (await import('../features/conversation/held/follow-held.js')).FollowHeld,
}));
const FollowOutbox = late(async () => ({
  default: (await import('../features/conversation/held/follow-outbox.js')).FollowOutbox,
}));
const Steering = late(async () => ({ default: (await import('./steering-alerts.js')).SteeringAlerts }));
const UnsentBanner = late(async () => ({
  default: (await import('../features/conversation/held/unsent-banner.js')).UnsentBanner,
}));
const SignInAgain = lazy(async () => ({ default: (await import('./sign-in-again.js')).SignInAgain }));
const NewConversation = lazy(async () => ({
  default: (await import('../features/customers/new-conversation.js')).NewConversation,
}));
const KeyHelp = lazy(async () => ({ default: (await import('./key-help.js')).KeyHelp }));
const WithKeyTexts = lazy(async () => ({ default: (await import('../i18n/with-key-texts.js')).WithKeyTexts }));

/** The frame around everything an agent does: the rail, what must be said to everyone, and the page. */
export function Desk() {
  const { t } = useI18n();
  const news = useAlerts();
  useShortcuts();
  useSearchKey();
  const isOver = useSession((session) => session.isOver);
  const { id } = useMe();
  useLayoutEffect(() => openDesk(id), [id]);
  useOwnLocale();
  useOwnPreferences();
  useRecentConversations();
  return (
    <LiveProvider news={news}>
      <a className="desk-skip" href="#content">
        {t('shell.skip')}
      </a>
      <div className="desk">
        <Rail />
        <div className="desk-page">
          <div>
            <Banners />
            <Suspense>
              {isOver && <SignInAgain />}
              <UnsentBanner />
              <LiveCall />
            </Suspense>
          </div>
          <Outlet />
        </div>
      </div>
      <Suspense>
        <Offers />
        <OwnNews />
        <FollowBulk />
        <FollowHeld />
        <FollowOutbox />
        <FollowDrafts />
        <Steering />
      </Suspense>
      <OnDemand />
    </LiveProvider>
  );
}

function useSearchKey(): void {
  const navigate = useNavigate();
  useCommand('goInbox', () => void navigate({ to: '/inbox/$view', params: { view: 'mine' } }));
  useCommand('goUnassigned', () => void navigate({ to: '/inbox/$view', params: { view: 'unassigned' } }));
  useCommand('goCustomers', () => void navigate({ to: '/customers' }));
  useCommand('goSearch', () => void navigate({ to: '/search' }));
  useCommand('search', () => void navigate({ to: '/search' }));
  useCommand('goSettings', () => void navigate({ to: '/settings/$section', params: { section: 'mine' } }));
}

/** Loaded when first asked for. */
function OnDemand() {
  const [opened, setOpened] = useState<'palette' | 'help' | 'conversation' | null>(null);
  useCommand('palette', () => setOpened('palette'));
  useCommand('help', () => setOpened('help'));
  useCommand('newConversation', () => setOpened('conversation'));
  const close = () => setOpened(null);
  return (
    <Suspense>
      <KeySequence />
      {opened === 'conversation' && <NewConversation onClose={close} />}
      {opened && opened !== 'conversation' && (
        <WithKeyTexts>{opened === 'palette' ? <Palette onClose={close} /> : <KeyHelp onClose={close} />}</WithKeyTexts>
      )}
    </Suspense>
  );
}

/** An agent who signs in elsewhere finds the console in their own language. */
function useOwnLocale(): void {
  const { locale: own } = useMe();
  const changeLocale = useChangeLocale();
  useEffect(() => void changeLocale(own), [own, changeLocale]);
}

/** They go with the account; a copy in the browser paints the next page. */
function useOwnPreferences(): void {
  const { id, preferences } = useMe();
  useLayoutEffect(() => adoptPreferences(id, preferences), [id, preferences]);
}
