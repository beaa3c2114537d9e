import { Button, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { OwnSessionView } from '#contract';
import { accounts } from '../../../api/accounts.js';
import { keys } from '../../../api/keys.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Ltr } from '../../../ui/ltr.js';
import { notify } from '../../../ui/notify.js';
import { Failed } from '../../../ui/states.js';
import { useAction } from '../../../ui/use-action.js';
import { Part } from './parts.js';

/** Where the reader is signed in, and the way out of each. */
export function Sessions() {
  const { t } = useI18n();
  const queries = useQueryClient();
  const list = useQuery({ queryKey: keys.ownSessions, queryFn: ({ signal }) => accounts.sessions(signal) });
  const refresh = () => void queries.invalidateQueries({ queryKey: keys.ownSessions });
  const endOthers = useAction(accounts.endOtherSessions, () => {
    notify(t('accounts.sessions.othersEnded'), 'good');
    refresh();
  });
  return (
    <Part title={t('accounts.sessions.title')}>
      {list.isError && <Failed error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Skeleton height={60} mb={12} />}
      {list.data && (
        <ul className="sessions">
          {list.data.map((session) => (
            <Session key={session.id} session={session} onEnded={refresh} />
          ))}
        </ul>
      )}
      {list.data && list.data.length > 1 && (
        <div className="mine-more">
          <p className="settings-hint">{t('accounts.sessions.strange')}</p>
          <Button variant="default" size="xs" mt={8} loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {t('accounts.sessions.endOthers')}
          </Button>
        </div>
      )}
    </Part>
  );
}

function Session({ session, onEnded }: { session: OwnSessionView; onEnded: () => void }) {
  const { t, format } = useI18n();
  const { device, address, via, begunAt, lastSeenAt, isThis } = session;
  const name = t('accounts.sessions.on', {
    browser: device.browser ?? t('accounts.sessions.unknownBrowser'),
    system: device.system ?? t('accounts.sessions.unknownSystem'),
  });
  const end = useAction(accounts.endSession, () => {
    notify(t('accounts.sessions.ended'), 'good');
    onEnded();
  });
  return (
    <li>
      <div>
        <span className="mine-label">{name}</span>
        {isThis && <span className="chip">{t('accounts.sessions.this')}</span>}
        <p className="settings-hint">
          {t('accounts.sessions.seen', { when: format.dateTime(lastSeenAt) })}
          {' · '}
          {t('accounts.sessions.begun', { when: format.dateTime(begunAt) })}
          {address !== '' && (
            <>
              {' · '}
              <Ltr>{address}</Ltr>
            </>
          )}
          {via !== null && (
            <>
              {' · '}
              {t('accounts.sessions.via', { name: via })}
            </>
          )}
        </p>
      </div>
      {!isThis && (
        <Button
          variant="subtle"
          color="red"
          size="xs"
          aria-label={t('accounts.sessions.endOf', { device: name })}
          loading={end.isPending}
          onClick={() => end.mutate(session.id)}
        >
          {t('accounts.sessions.end')}
        </Button>
      )}
    </li>
  );
}
