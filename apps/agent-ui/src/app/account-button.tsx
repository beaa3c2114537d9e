import type { ComponentProps } from 'react';
import { useMe } from '../api/queries.js';
import { useI18n } from '../i18n/use-i18n.js';
import { PersonAvatar } from '../ui/person-avatar.js';

/** Who is signed in, as the rail shows it. The menu behind it comes a moment later and tells it the rest. */
export function AccountButton(props: ComponentProps<'button'>) {
  const { t } = useI18n();
  const me = useMe();
  return (
    <button
      type="button"
      aria-haspopup="menu"
      {...props}
      className="rail-item"
      aria-label={`${t('shell.account')}: ${me.name}, ${t(`status.${me.status}`)}`}
    >
      <PersonAvatar name={me.name} size={34}>
        <span className="status-dot rail-status" data-status={me.status} />
      </PersonAvatar>
    </button>
  );
}
