import { ActionIcon, Button, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { TagView } from '#contract';
import { keys } from '../../../api/keys.js';
import { properties } from '../../../api/properties.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconEdit } from '../../../ui/icons.js';
import { notify } from '../../../ui/notify.js';
import { Empty } from '../../../ui/states.js';
import { useAction } from '../../../ui/use-action.js';

/** The tags that were ever used. One is renamed where it stands; by the name of another the two become one. */
export function TagsList() {
  const { t, format } = useI18n();
  const queries = useQueryClient();
  const tags = useQuery({ queryKey: keys.tags(null), queryFn: ({ signal }) => properties.tags(null, signal) }).data;
  const [opened, setOpened] = useState<string | null>(null);
  const rename = useAction(properties.renameTag, (tag, { from }) => {
    void queries.invalidateQueries({ queryKey: keys.everyTag });
    setOpened(null);
    notify(t('tagSet.renamed', { from, to: tag.name }), 'good');
  });
  const wish = (from: string, to: string) => {
    const isTaken = tags?.some(({ name }) => name === to && name !== from) === true;
    if (!isTaken || window.confirm(t('tagSet.mergeSure', { to }))) {
      rename.mutate({ from, to });
    }
  };
  return (
    <section aria-labelledby="tags">
      <h3 id="tags">{t('tagSet.title')}</h3>
      <p className="settings-hint">{t('tagSet.intro')}</p>
      {tags?.length === 0 && <Empty>{t('tagSet.none')}</Empty>}
      <ul className="fields-tags">
        {tags?.map((tag) => (
          <li key={tag.key}>
            <span className="chip">
              <bdi>{tag.name}</bdi>
            </span>
            <small>
              {t('tagSet.uses', { amount: format.number(tag.uses) })}
              {tag.formerly.length > 0 && ` · ${t('tagSet.formerly', { names: namesOf(tag) })}`}
            </small>
            <ActionIcon aria-label={t('tagSet.rename', { name: tag.name })} onClick={() => setOpened(tag.key)}>
              <IconEdit size={16} />
            </ActionIcon>
            {opened === tag.key && (
              <Rename name={tag.name} isBusy={rename.isPending} onRename={(to) => wish(tag.name, to)} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

const namesOf = ({ formerly }: TagView) => formerly.map(({ name }) => name).join(' · ');

function Rename({ name, isBusy, onRename }: { name: string; isBusy: boolean; onRename: (to: string) => void }) {
  const { t } = useI18n();
  const [typed, setTyped] = useState(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() !== '' && typed.trim() !== name) {
      onRename(typed.trim());
    }
  };
  return (
    <form className="fields-rename" onSubmit={submit}>
      <TextInput
        size="xs"
        aria-label={t('tagSet.newName')}
        maxLength={60}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button type="submit" size="compact-sm" loading={isBusy}>
        {t('tagSet.renameDo')}
      </Button>
    </form>
  );
}
