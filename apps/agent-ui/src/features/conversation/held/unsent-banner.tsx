import { Link, useParams } from '@tanstack/react-router';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { IconAlert } from '../../../ui/icons.js';
import { useOutbox } from '../outbox.js';

/** What could not be sent stands in its own conversation; whoever is elsewhere by then hears of it here, and finds the way back. */
export function UnsentBanner() {
  const { t } = useI18n();
  const isSpoken = useTexts('sending');
  const { conversation } = useParams({ strict: false });
  const unsent = useOutbox(({ waiting }) => waiting);
  const elsewhere = unsent.filter(({ state, person }) => state === 'failed' && person !== conversation);
  const [first] = elsewhere;
  if (!isSpoken || !first) {
    return null;
  }
  return (
    <output className="banner" data-tone="bad">
      <IconAlert size={17} aria-hidden />
      <span className="banner-text">{t('unsent.elsewhere', { count: elsewhere.length })}</span>
      <Link to="/inbox/$view/$conversation" params={{ view: 'all', conversation: first.person }}>
        {t('unsent.show')}
      </Link>
    </output>
  );
}
