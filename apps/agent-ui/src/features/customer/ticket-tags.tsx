import { CloseButton, TextInput } from '@mantine/core';
import { lazy, Suspense, useState, type FormEvent } from 'react';
import { useI18n } from '../../i18n/use-i18n.js';

const TagSuggestions = lazy(async () => ({
  default: (await import('./properties/tag-suggestions.js')).TagSuggestions,
}));

export function TicketTags({ tags, onChange }: { tags: readonly string[]; onChange: (tags: string[]) => void }) {
  const { t } = useI18n();
  const [typed, setTyped] = useState('');
  const take = (tag: string) => {
    setTyped('');
    if (tag && !tags.includes(tag)) {
      onChange([...tags, tag]);
    }
  };
  const add = (event: FormEvent) => {
    event.preventDefault();
    take(typed.trim());
  };
  return (
    <form className="ticket-tags" onSubmit={add}>
      {tags.map((tag) => (
        <span key={tag} className="chip">
          <bdi>{tag}</bdi>
          <CloseButton
            size="sm"
            aria-label={t('ticket.removeTag', { tag })}
            onClick={() => onChange(tags.filter((one) => one !== tag))}
          />
        </span>
      ))}
      <TextInput
        size="xs"
        aria-label={t('ticket.tags')}
        placeholder={t('ticket.tagHint')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Suspense>{typed.trim() && <TagSuggestions typed={typed} tags={tags} onTake={take} />}</Suspense>
    </form>
  );
}
