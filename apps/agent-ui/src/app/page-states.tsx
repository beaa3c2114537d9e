import { Link, useRouter } from '@tanstack/react-router';
import { useI18n } from '../i18n/use-i18n.js';
import { Empty, Failed } from '../ui/states.js';

export function PageFailed({ error }: { error: unknown }) {
  const router = useRouter();
  return (
    <main>
      <Failed error={error} retry={() => void router.invalidate()} />
    </main>
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
