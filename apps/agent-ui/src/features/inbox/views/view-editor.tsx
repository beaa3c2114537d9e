import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { v7 as uuid } from 'uuid';
import type { SavedView } from '#contract';
import { keys } from '../../../api/keys.js';
import { useMe } from '../../../api/queries.js';
import { views } from '../../../api/views.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Dialog } from '../../../ui/dialog.js';
import { useAction } from '../../../ui/use-action.js';
import { asksForDone, fromGroup, isComplete, sorts, type Draft } from './view-draft.js';
import './view-editor.css';
import { ViewGroup } from './view-group.js';
import { ViewPreviewBox } from './view-preview.js';
import { ViewSharing } from './view-sharing.js';

/** A saved view: what it is called, what it asks, how it is sorted, who sees it; and what it shows while it is written. */
export function ViewEditor({ draft: begun, onClose }: { draft: Draft; onClose: () => void }) {
  const { t } = useI18n();
  const { role } = useMe();
  const [draft, setDraft] = useState(begun);
  const put = (change: Partial<Draft>) => setDraft((now) => withOrder({ ...now, ...change }));
  const save = useSave(draft, onClose);
  const isDone = isComplete(draft.group) && draft.sharedWith.length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isDone) {
      save.mutate(undefined);
    }
  };
  return (
    <Dialog title={draft.id === null ? t('views.newTitle') : t('views.editTitle')} size="lg" onClose={onClose}>
      <form className="view-editor" onSubmit={submit}>
        <div className="view-editor-head">
          <TextInput
            label={t('views.name')}
            required
            data-autofocus
            maxLength={100}
            value={draft.name}
            onChange={(event) => put({ name: event.currentTarget.value })}
          />
          <NativeSelect
            label={t('views.sortBy')}
            value={draft.sort}
            onChange={(event) => put({ sort: event.currentTarget.value as Draft['sort'] })}
            data={sorts.map((value) => ({
              value,
              label: t(`view.sort.${value}`),
              disabled: value !== 'newest' && asksForDone(draft.group),
            }))}
          />
        </div>
        <ViewGroup group={draft.group} onChange={(group) => put({ group })} />
        {role !== 'agent' && <ViewSharing value={draft.sharedWith} onChange={(sharedWith) => put({ sharedWith })} />}
        <ViewPreviewBox filter={isComplete(draft.group) ? fromGroup(draft.group) : null} sort={draft.sort} />
        <div className="view-editor-acts">
          <Button type="submit" loading={save.isPending} disabled={!isDone}>
            {t('views.save')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What may be done by now is sorted by its last message: the hub has no other order for it. */
function withOrder(draft: Draft): Draft {
  return asksForDone(draft.group) ? { ...draft, sort: 'newest' } : draft;
}

function useSave(draft: Draft, onClose: () => void) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { id, version, group, ...rest } = draft;
  const written = { ...rest, name: draft.name.trim(), filter: fromGroup(group) };
  return useAction(
    () => (id === null ? views.add({ ...written, id: uuid() }) : views.change(id, { ...written, version })),
    (saved: SavedView) => {
      queries.setQueryData<SavedView[]>(
        keys.views,
        (known) => known && [...known.filter((one) => one.id !== saved.id), saved],
      );
      void queries.invalidateQueries({ queryKey: keys.views });
      void queries.invalidateQueries({ queryKey: keys.list({ view: `v-${saved.id}`, queue: null }) });
      onClose();
      void navigate({ to: '/inbox/$view', params: { view: `v-${saved.id}` } });
    },
  );
}
