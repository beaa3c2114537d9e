import { Button, Modal, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { ConversationView, CustomerView } from '#contract';
import { hub } from '../../api/hub.js';
import { keys } from '../../api/keys.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useLive } from '../../live/live-context.js';
import { forgetMerge } from '../../live/live-state.js';
import { Ltr } from '../../ui/ltr.js';
import { notify } from '../../ui/notify.js';
import { PersonAvatar } from '../../ui/person-avatar.js';
import { Empty } from '../../ui/states.js';
import { useAction } from '../../ui/use-action.js';
import { useCustomerName } from '../../ui/use-customer-name.js';

/** Makes two customers one, and offers the way back at once. */
export function MergeForm({ view: { id, customer }, onClose }: { view: ConversationView; onClose: () => void }) {
  const { t } = useI18n();
  const nameOf = useCustomerName();
  const [search, setSearch] = useState('');
  const merge = useMerge(id, customer, onClose);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('customer.mergeTitle', { name: nameOf(customer) })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack>
        <p className="merge-intro">{t('customer.mergeIntro')}</p>
        <TextInput
          aria-label={t('customer.search')}
          placeholder={t('customer.search')}
          data-autofocus
          dir={search ? 'auto' : undefined}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Found search={search} except={customer.id} isBusy={merge.isPending} onChoose={(into) => merge.mutate(into)} />
      </Stack>
    </Modal>
  );
}

function useMerge(person: string, customer: CustomerView, onClose: () => void) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const { view = 'mine' } = useParams({ strict: false });
  const { cache } = useLive();
  const nameOf = useCustomerName();
  const refetch = () => cache.refetch(keys.everyConversation, keys.everyList);
  const undo = useAction(
    () => hub.unmerge(customer.id),
    () => {
      forgetMerge(person);
      refetch();
      void navigate({ to: '/inbox/$view/$conversation', params: { view, conversation: person } });
      notify(t('customer.mergeUndone'));
    },
  );
  return useAction(
    (into: CustomerView) => hub.merge(customer.id, into.id),
    (_, into) => {
      refetch();
      onClose();
      notify(
        <span className="merge-done">
          {t('customer.merged', { from: nameOf(customer), into: nameOf(into) })}
          <Button size="compact-sm" variant="light" onClick={() => undo.mutate(undefined)}>
            {t('common.undo')}
          </Button>
        </span>,
        'undo',
      );
    },
  );
}

interface FoundProps {
  search: string;
  except: string;
  isBusy: boolean;
  onChoose: (customer: CustomerView) => void;
}

function Found({ search, except, isBusy, onChoose }: FoundProps) {
  const { t } = useI18n();
  const [settled] = useDebouncedValue(search.trim(), 250);
  const found = useQuery({
    queryKey: keys.customers(settled),
    queryFn: ({ signal }) => hub.customers(settled, signal),
    enabled: settled.length > 1,
  });
  const nameOf = useCustomerName();
  const others = found.data?.rows.filter(({ id }) => id !== except) ?? [];
  if (found.isSuccess && others.length === 0) {
    return <Empty>{t('customer.noneFound')}</Empty>;
  }
  return (
    <ul className="merge-found">
      {others.map((one) => (
        <li key={one.id}>
          <PersonAvatar name={nameOf(one)} size={32} />
          <div className="merge-who">
            <bdi className="one-line">{nameOf(one)}</bdi>
            <Ltr className="one-line">{one.identities.map(({ address }) => address).join(', ')}</Ltr>
          </div>
          <Button size="compact-sm" variant="light" disabled={isBusy} onClick={() => onChoose(one)}>
            {t('customer.mergeInto', { name: nameOf(one) })}
          </Button>
        </li>
      ))}
    </ul>
  );
}
