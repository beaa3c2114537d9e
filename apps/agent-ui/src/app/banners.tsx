import { CloseButton } from '@mantine/core';
import { Suspense, useEffect, useState } from 'react';
import { useMe } from '../api/queries.js';
import { useI18n } from '../i18n/use-i18n.js';
import { useLiveState } from '../live/live-state.js';
import { IconAlert } from '../ui/icons.js';
import { late } from '../ui/late.js';
import { usePreferences } from '../ui/preferences.js';
import { useSoundState } from '../ui/sound.js';

const AwayBanner = late(async () => ({ default: (await import('../features/routing/away-banner.js')).AwayBanner }));

const UpdateBanner = late(async () => ({ default: (await import('./update-banner.js')).UpdateBanner }));

const SilentBanner = late(async () => ({ default: (await import('./silent-banner.js')).SilentBanner }));

const patienceMs = 2_000;

/** What an agent must know about the console itself. */
export function Banners() {
  const { t } = useI18n();
  const me = useMe();
  const isLost = useIsLost();
  const storage = useLiveState((state) => state.storage);
  const isSilent = useSoundState(({ missed }) => missed) && usePreferences.getState().sound;
  const [isHidden, setHidden] = useState(false);
  // A browser takes its own machine for secure: what goes no further than that nobody reads on the way.
  const { isSecureContext } = window;
  return (
    <output className="banners">
      {isLost && <Banner tone="bad" text={t('banner.reconnecting')} />}
      {storage === 'down' && <Banner tone="bad" text={t('banner.storage')} />}
      <Suspense>
        <AwayBanner />
      </Suspense>
      {me.permissions.includes('system.manage') && <SilentBanner />}
      {isSilent && <Banner text={t('banner.silent')} />}
      <UpdateBanner />
      {me.insecure && !isSecureContext && me.role === 'admin' && !isHidden && (
        <Banner text={t('banner.insecure')} onClose={() => setHidden(true)} />
      )}
    </output>
  );
}

function Banner({ text, tone, onClose }: { text: string; tone?: 'bad'; onClose?: () => void }) {
  const { t } = useI18n();
  return (
    <span className="banner" data-tone={tone}>
      <IconAlert size={17} aria-hidden />
      <span className="banner-text">{text}</span>
      {onClose && <CloseButton size="sm" aria-label={t('banner.dismiss')} onClick={onClose} />}
    </span>
  );
}

/** Short drops are not worth a word. */
function useIsLost(): boolean {
  const isDown = useLiveState(({ link }) => link === 'down');
  const [isLost, setLost] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLost(isDown), isDown ? patienceMs : 0);
    return () => clearTimeout(timer);
  }, [isDown]);
  return isLost && isDown;
}
