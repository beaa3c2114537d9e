import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { OwnIdentityView } from '#contract';
import { keys } from '../../../api/keys.js';
import { signIn } from '../../../api/sign-in.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { Ltr } from '../../../ui/ltr.js';
import { notify } from '../../../ui/notify.js';
import { Failed } from '../../../ui/states.js';
import { useAction } from '../../../ui/use-action.js';
import { Part } from './parts.js';

/** By which providers the reader comes in. Most people have none, and are shown nothing. */
export function Identities() {
  const { t } = useI18n();
  const isSpoken = useTexts('oidc');
  const list = useQuery({ queryKey: keys.ownIdentities, queryFn: ({ signal }) => signIn.identities(signal) });
  if (!isSpoken || list.data?.length === 0 || list.isPending) {
    return null;
  }
  return (
    <Part title={t('oidc.own.title')}>
      {list.isError && <Failed error={list.error} retry={() => void list.refetch()} />}
      <ul className="sessions">
        {list.data?.map((identity) => (
          <Identity key={identity.id} identity={identity} />
        ))}
      </ul>
    </Part>
  );
}

function Identity({ identity: { id, provider, email, linkedAt, lastUsedAt } }: { identity: OwnIdentityView }) {
  const { t, format } = useI18n();
  const queries = useQueryClient();
  const unlink = useAction(signIn.unlink, () => {
    notify(t('oidc.own.unlinked'), 'good');
    void queries.invalidateQueries({ queryKey: keys.ownIdentities });
  });
  return (
    <li>
      <div>
        <bdi className="mine-label">{provider}</bdi>
        <p className="settings-hint">
          {email !== '' && (
            <>
              <Ltr>{email}</Ltr>
              {' · '}
            </>
          )}
          {t('oidc.own.when', { linked: format.dateTime(linkedAt), used: format.dateTime(lastUsedAt) })}
        </p>
      </div>
      <Button
        variant="subtle"
        color="red"
        size="xs"
        aria-label={t('oidc.own.unlinkOf', { name: provider })}
        loading={unlink.isPending}
        onClick={() => window.confirm(t('oidc.own.sure', { name: provider })) && unlink.mutate(id)}
      >
        {t('oidc.own.unlink')}
      </Button>
    </li>
  );
}
