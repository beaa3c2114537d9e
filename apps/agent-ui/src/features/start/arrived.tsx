import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { startQuery } from '../../api/start.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconClock, IconDone } from '../../ui/icons.js';

const lookAgainMs = 2_000;

/** Whether a message has come, looked at again until one has. */
export function Arrived() {
  const { t } = useI18n();
  const view = useQuery({
    ...startQuery,
    refetchInterval: ({ state }) => (state.data?.hub?.message ? false : lookAgainMs),
  });
  const message = view.data?.hub?.message;
  return (
    <output className="start-arrived" data-tone={message ? 'good' : undefined}>
      {message ? <IconDone size={20} aria-hidden /> : <IconClock size={20} aria-hidden />}
      <span>{t(message ? 'start.arrived' : 'start.waiting')}</span>
      {message && (
        <Link to="/inbox/$view/$conversation" params={{ view: 'open', conversation: message.conversation }}>
          {t('start.openIt')}
        </Link>
      )}
    </output>
  );
}
