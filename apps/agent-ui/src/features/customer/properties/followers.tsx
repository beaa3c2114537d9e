import { Button, CloseButton, NativeSelect } from '@mantine/core';
import type { TicketPropertiesView } from '#contract';
import { useAgents, useMe } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';

interface Props {
  followers: TicketPropertiesView['followers'];
  onFollow: (agent: string, follows: boolean) => void;
}

/** Who wants to know of this ticket though it is not theirs. */
export function Followers({ followers, onFollow }: Props) {
  const { t } = useI18n();
  const me = useMe();
  const agents = useAgents();
  const isMine = followers.some(({ id }) => id === me.id);
  const others = agents.filter(({ id }) => id !== me.id && !followers.some((one) => one.id === id));
  return (
    <div className="props-row">
      <span className="props-label">{t('props.followers')}</span>
      {followers.map(({ id, name, why }) => (
        <span key={id} className="chip" title={why === 'mentioned' ? t('props.mentioned') : undefined}>
          <bdi>{id === me.id ? t('common.you') : name}</bdi>
          <CloseButton size="sm" aria-label={t('props.removeFollower', { name })} onClick={() => onFollow(id, false)} />
        </span>
      ))}
      {!isMine && (
        <Button size="compact-xs" variant="light" onClick={() => onFollow(me.id, true)}>
          {t('props.follow')}
        </Button>
      )}
      {others.length > 0 && (
        <NativeSelect
          size="xs"
          aria-label={t('props.addFollower')}
          value=""
          onChange={({ currentTarget }) => currentTarget.value && onFollow(currentTarget.value, true)}
          data={[
            { value: '', label: t('props.addFollower') },
            ...others.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
    </div>
  );
}
