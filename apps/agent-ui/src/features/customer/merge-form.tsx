import { Button, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ConversationView } from '#contract';
import { keys } from '../../api/keys.js';
import { people } from '../../api/people.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { Dialog } from '../../ui/dialog.js';
import { Ltr } from '../../ui/ltr.js';
import { PersonAvatar } from '../../ui/person-avatar.js';
import { Empty } from '../../ui/states.js';
import { useCustomerName } from '../../ui/use-customer-name.js';
import { MergeCompare } from './merge-compare.js';
import './merge-form.css';

/** Whom the reader came to merge with: a customer by id, words to look for, or nobody yet. */
export interface MergeWish {
  other?: string;
  search?: string;
}

interface Props {
  view: ConversationView;
  wish: MergeWish;
  onClose: () => void;
}

/** Finds the other customer, shows the two side by side, and makes them one. */
export function MergeForm({ view: { customer }, wish, onClose }: Props) {
  const { t } = useI18n();
  const name = useCustomerName()(customer);
  const [other, setOther] = useState(wish.other ?? null);
  const [search, setSearch] = useState(wish.search ?? '');
  return (
    <Dialog onClose={onClose} title={t('customer.mergeTitle', { name })} size="lg">
      {other === null ? (
        <Stack>
          <p className="merge-intro">{t('customer.mergeIntro')}</p>
          <TextInput
            aria-label={t('customer.search')}
            placeholder={t('customer.search')}
            data-autofocus
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <Found search={search} except={customer.id} onChoose={setOther} />
        </Stack>
      ) : (
        <MergeCompare one={customer.id} other={other} onBack={() => setOther(null)} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface FoundProps {
  search: string;
  except: string;
  onChoose: (customer: string) => void;
}

function Found({ search, except, onChoose }: FoundProps) {
  const { t } = useI18n();
  const [settled] = useDebouncedValue(search.trim(), 250);
  const found = useQuery({
    queryKey: keys.customers(settled),
    queryFn: ({ signal }) => people.find(settled, signal),
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
          <Button
            size="compact-sm"
            variant="light"
            aria-label={t('people.compareWith', { name: nameOf(one) })}
            onClick={() => onChoose(one.id)}
          >
            {t('people.compare')}
          </Button>
        </li>
      ))}
    </ul>
  );
}
