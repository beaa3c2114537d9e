import { Button } from '@mantine/core';
import type { AccountLinkView } from '#contract';
import { wholeLink } from '../../../api/accounts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { notify } from '../../../ui/notify.js';

interface Props {
  link: AccountLinkView;
  name: string;
  email: string;
}

/** A one-time link, shown this once: it was mailed, or it is passed on by hand. */
export function LinkShown({ link, name, email }: Props) {
  const { t, format } = useI18n();
  const address = wholeLink(link);
  const copy = async () => {
    await navigator.clipboard.writeText(address);
    notify(t('common.copied'));
  };
  return (
    <section className="team-link" aria-label={t('accounts.team.linkFor', { name })}>
      <p>{link.mailed ? t('accounts.team.linkMailed', { email }) : t('accounts.team.linkByHand', { name })}</p>
      <code dir="ltr">{address}</code>
      {'clipboard' in navigator && (
        <Button variant="default" size="xs" onClick={() => void copy()}>
          {t('accounts.team.copy')}
        </Button>
      )}
      <p className="settings-hint">{t('accounts.team.linkOnce', { until: format.dateTime(link.expiresAt) })}</p>
    </section>
  );
}
