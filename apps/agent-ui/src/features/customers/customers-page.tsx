import { Button, Loader, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../../api/keys.js';
import { people, type CustomerFilter } from '../../api/people.js';
import { useTexts } from '../../i18n/use-texts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useCommands } from '../../ui/commands.js';
import { IconPlus, IconSearch } from '../../ui/icons.js';
import { Empty, Failed } from '../../ui/states.js';
import { CustomerRow } from './customer-row.js';
import './customers.css';

interface Props {
  filter: CustomerFilter;
  onFilter: (filter: CustomerFilter) => void;
}

/** Everybody the reader may read, the newest first. */
export function CustomersPage(props: Props) {
  const isSpoken = useTexts('customers');
  return isSpoken ? <Page {...props} /> : <Loader className="customers-wait" />;
}

function Page({ filter, onFilter }: Props) {
  const { t } = useI18n();
  return (
    <main className="customers" id="content" tabIndex={-1}>
      <div className="customers-head">
        <h1>{t('customers.title')}</h1>
        <Button leftSection={<IconPlus size={16} />} onClick={() => useCommands.getState().newConversation?.()}>
          {t('customers.new')}
        </Button>
      </div>
      <Filters filter={filter} onFilter={onFilter} />
      <List filter={filter} />
    </main>
  );
}

/** How long somebody pauses who has typed what they look for, in milliseconds. */
const pauseMs = 200;

function Filters({ filter, onFilter }: Props) {
  const { t, format } = useI18n();
  const [typed, setTyped] = useState(filter.search);
  const look = useDebouncedCallback((search: string) => onFilter({ ...filter, search: search.trim() }), pauseMs);
  return (
    <search className="customers-filters">
      <TextInput
        type="search"
        className="customers-find"
        aria-label={t('customers.find')}
        placeholder={t('customers.find')}
        leftSection={<IconSearch size={18} aria-hidden />}
        dir={typed ? 'auto' : undefined}
        maxLength={200}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          look(event.currentTarget.value);
        }}
      />
      <NativeSelect
        aria-label={t('customers.tier')}
        value={filter.tier === undefined ? '' : String(filter.tier)}
        onChange={({ currentTarget: { value } }) => onFilter({ ...filter, tier: value ? Number(value) : undefined })}
        data={[
          { value: '', label: t('customers.anyTier') },
          ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((tier) => ({
            value: String(tier),
            label: t('customers.tierNamed', { tier: format.number(tier) }),
          })),
        ]}
      />
      <label className="customers-only">
        <input
          type="checkbox"
          checked={filter.blocked === 'yes'}
          onChange={(event) => onFilter({ ...filter, blocked: event.currentTarget.checked ? 'yes' : undefined })}
        />
        {t('customers.blockedOnly')}
      </label>
    </search>
  );
}

function List({ filter }: { filter: CustomerFilter }) {
  const { t } = useI18n();
  const answer = useInfiniteQuery({
    queryKey: keys.customerList(filter),
    queryFn: ({ pageParam, signal }) => people.list(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    // What was found before stays while one types on.
    placeholderData: keepPreviousData,
  });
  if (answer.isPending) {
    return <Loader className="customers-wait" />;
  }
  if (answer.isError) {
    return <Failed error={answer.error} retry={() => void answer.refetch()} />;
  }
  const rows = answer.data.pages.flatMap((page) => page.rows);
  if (rows.length === 0) {
    return <Empty>{t('customers.nothing')}</Empty>;
  }
  return (
    <>
      <ul className="customers-list" aria-label={t('customers.title')}>
        {rows.map((row) => (
          <CustomerRow key={row.id} row={row} />
        ))}
      </ul>
      {answer.hasNextPage && (
        <Button variant="default" loading={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>
          {t('customers.more')}
        </Button>
      )}
    </>
  );
}
