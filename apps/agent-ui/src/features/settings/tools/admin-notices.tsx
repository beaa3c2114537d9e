import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { keys } from '../../../api/keys.js';
import { webhooks } from '../../../api/webhooks.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { toldAlarms, useChannelStatus } from './channel-status.js';
import './tools.css';

/** What Peyk switched off by itself and which channels alarm, above whatever an administrator came to set. */
export function AdminNotices() {
  const { t } = useI18n();
  const isSpoken = useTexts('channels');
  const list = useQuery({ queryKey: keys.webhooks, queryFn: ({ signal }) => webhooks.list(signal) });
  const status = useChannelStatus(true);
  const off = (list.data ?? []).filter((webhook) => webhook.off !== null);
  const alarmed = [...status.values()].filter((one) => toldAlarms(one).length > 0);
  if (!isSpoken || (off.length === 0 && alarmed.length === 0)) {
    return null;
  }
  return (
    <output className="settings-problem tools-notices">
      {off.map(({ id, name }) => (
        <span key={id}>
          <Link to="/settings/$section" params={{ section: 'webhooks' }}>
            {t('webhooks.noticeOff', { name })}
          </Link>
        </span>
      ))}
      {alarmed.length > 0 && (
        <span>
          <Link to="/settings/$section" params={{ section: 'channels' }}>
            {t('tools.noticeAlarms', { count: alarmed.length })}
          </Link>
        </span>
      )}
    </output>
  );
}
