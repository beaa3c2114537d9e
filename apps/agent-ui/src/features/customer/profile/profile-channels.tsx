import type { ConversationView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { ChannelMark } from '../../../ui/channel-mark.js';
import { channelsOf } from './profile-facts.js';

export function ProfileChannels({ view }: { view: ConversationView }) {
  const { t, format } = useI18n();
  const channels = channelsOf(view.ways);
  return (
    <section aria-labelledby="profile-channels">
      <h2 id="profile-channels">{t('profile.channels')}</h2>
      {channels.length === 0 && <p className="customer-none">{t('profile.noChannels')}</p>}
      <ul className="profile-channels">
        {channels.map(({ id, kind, name, usedAt }) => (
          <li key={id}>
            <ChannelMark kind={kind} />
            <bdi>{name}</bdi>
            {usedAt !== null && <small>{t('profile.used', { when: format.dateTime(usedAt) })}</small>}
          </li>
        ))}
      </ul>
    </section>
  );
}
