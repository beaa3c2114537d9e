import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { keys } from '../api/keys.js';
import { system } from '../api/system.js';
import { useI18n } from '../i18n/use-i18n.js';
import { useTexts } from '../i18n/use-texts.js';
import { IconAlert } from '../ui/icons.js';

const lookAgainMs = 30_000;

/** Tells who manages the system that a part of it does not do its work any more. */
export function SilentBanner() {
  const { history } = useRouter();
  const { t, format } = useI18n();
  const isSpoken = useTexts('system');
  const alarm = useQuery({
    queryKey: keys.systemAlarm,
    queryFn: ({ signal }) => system.alarm(signal),
    refetchInterval: lookAgainMs,
    retry: false,
  });
  const count = alarm.data?.silent.length ?? 0;
  if (count === 0 || !isSpoken) {
    return null;
  }
  return (
    <span className="banner" data-tone="bad">
      <IconAlert size={17} aria-hidden />
      <span className="banner-text">{t('system.banner', { count, amount: format.number(count) })}</span>
      <Button size="compact-sm" variant="default" onClick={() => history.push('/settings/system')}>
        {t('system.bannerMore')}
      </Button>
    </span>
  );
}
