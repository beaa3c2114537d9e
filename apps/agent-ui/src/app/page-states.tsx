import { Button } from '@mantine/core';
import { Link, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { isProblem } from '../api/problem.js';
import { useI18n } from '../i18n/use-i18n.js';
import { Empty, Failed } from '../ui/states.js';

/** What browsers say when a part of the page is not served any more, because the hub was renewed while the page was open. */
const outdated = /dynamically imported module|module script failed|preload CSS/i;

/** Browsers that know of no lost link say nothing when it is back. */
const againMs = 10_000;
/** A proxy answers so for a hub that is being renewed. */
const inBetween = new Set([0, 502, 503, 504]);

export function PageFailed({ error }: { error: unknown }) {
  const router = useRouter();
  useAgain(isProblem(error) && inBetween.has(error.status));
  if (error instanceof Error && outdated.test(error.message)) {
    return (
      <main>
        <Renewed />
      </main>
    );
  }
  return (
    <main>
      <Failed error={error} retry={() => void router.invalidate()} />
    </main>
  );
}

/** Where it is only the link that is missing, nobody has to press anything for the page to come. */
function useAgain(isLost: boolean): void {
  const router = useRouter();
  useEffect(() => {
    if (!isLost) {
      return undefined;
    }
    const again = () => void router.invalidate();
    const timer = setInterval(() => navigator.onLine && again(), againMs);
    window.addEventListener('online', again);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', again);
    };
  }, [isLost, router]);
}

function Renewed() {
  const { t } = useI18n();
  return (
    <Empty
      action={
        <Button variant="default" onClick={() => location.reload()}>
          {t('shell.reload')}
        </Button>
      }
    >
      {t('shell.renewed')}
    </Empty>
  );
}

export function NotFound() {
  const { t } = useI18n();
  return (
    <main>
      <Empty action={<Link to="/">{t('shell.toInbox')}</Link>}>{t('shell.notFound')}</Empty>
    </main>
  );
}
