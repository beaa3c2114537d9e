import { Button, Skeleton, TextInput } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconPlus } from '../../../ui/icons.js';
import { Empty, Failed } from '../../../ui/states.js';

interface Props<Row extends { id: string }> {
  title: string;
  intro: string;
  add: string;
  none: string;
  list: UseQueryResult<Row[]>;
  /** What a row is searched by. */
  wordsOf: (row: Row) => string;
  /** A row as a line of the list. */
  line: (row: Row) => ReactNode;
  /** Its form; `row` is null for a new one. */
  form: (row: Row | null, done: () => void) => ReactNode;
  mayAdd: boolean;
  mayOpen: (row: Row) => boolean;
}

const many = 8;

/** A list of kept things and the form of the one that is opened. */
export function KeptList<Row extends { id: string }>(props: Props<Row>) {
  const { t } = useI18n();
  const { title, intro, add, none, list, line, form, mayAdd, mayOpen, wordsOf } = props;
  const [opened, open] = useState<string | null>(null);
  const [search, setSearch] = useState('');
  if (list.isError) {
    return <Failed error={list.error} retry={() => void list.refetch()} />;
  }
  if (!list.data) {
    return <Skeleton height={180} />;
  }
  if (opened !== null) {
    return <div key={opened}>{form(list.data.find(({ id }) => id === opened) ?? null, () => open(null))}</div>;
  }
  const wanted = search.trim().toLocaleLowerCase();
  const shown = list.data.filter((row) => wordsOf(row).toLocaleLowerCase().includes(wanted));
  return (
    <>
      <div className="settings-head">
        <h2>{title}</h2>
        {mayAdd && (
          <Button leftSection={<IconPlus size={17} />} onClick={() => open('')}>
            {add}
          </Button>
        )}
      </div>
      <p className="settings-hint">{intro}</p>
      {list.data.length > many && (
        <TextInput
          aria-label={t('kept.search')}
          placeholder={t('kept.search')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      {list.data.length === 0 && <Empty>{none}</Empty>}
      <ul className="channels">
        {shown.map((row) => (
          <li key={row.id}>
            <button type="button" disabled={!mayOpen(row)} onClick={() => open(row.id)}>
              {line(row)}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
