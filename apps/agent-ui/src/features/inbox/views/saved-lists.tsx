import { ActionIcon } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { SavedView } from '#contract';
import type { ListFilter } from '../../../api/hub.js';
import { useSavedViews } from '../../../api/views.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { IconPlus } from '../../../ui/icons.js';
import { ViewCountBadge } from '../view-count.js';
import './saved-lists.css';
import { useViewActs } from './use-view-acts.js';
import { toGroup, type Draft } from './view-draft.js';
import { ViewMenu } from './view-menu.js';

const ViewEditor = lazy(async () => ({ default: (await import('./view-editor.js')).ViewEditor }));

const blank: Draft = {
  id: null,
  version: 0,
  name: '',
  group: { kind: 'all', members: [] },
  sort: 'newest',
  sharedWith: 'me',
};

/** Views that the reader saved, and those that are shared with them. */
export function SavedLists({ filter }: { filter: ListFilter }) {
  const { t } = useI18n();
  const isSpoken = useTexts('views');
  const all = useSavedViews();
  const [draft, setDraft] = useState<Draft | null>(null);
  if (!isSpoken) {
    return null;
  }
  const mine = all.filter(({ sharedWith }) => sharedWith === 'me');
  const shared = all.filter(({ sharedWith }) => sharedWith !== 'me');
  const edit = (view: SavedView, isCopy: boolean) =>
    setDraft(draftOf(view, isCopy ? t('views.copyOf', { name: view.name }) : null));
  return (
    <>
      <div className="views-section">
        <h2>{t('views.mine')}</h2>
        <ActionIcon
          variant="subtle"
          size={26}
          aria-label={t('views.add')}
          title={t('views.add')}
          onClick={() => setDraft(blank)}
        >
          <IconPlus size={16} />
        </ActionIcon>
      </div>
      {mine.length === 0 && <p className="views-hint">{t('views.none')}</p>}
      <Lines views={mine} filter={filter} onEdit={edit} />
      {shared.length > 0 && (
        <div className="views-section">
          <h2>{t('views.shared')}</h2>
        </div>
      )}
      <Lines views={shared} filter={filter} onEdit={edit} />
      <Suspense>{draft && <ViewEditor draft={draft} onClose={() => setDraft(null)} />}</Suspense>
    </>
  );
}

/** A copy has another name, and is its maker's own. */
function draftOf({ id, version, name, filter, sort, sharedWith }: SavedView, copyName: string | null): Draft {
  const group = toGroup(filter);
  return copyName === null
    ? { id, version, name, group, sort, sharedWith }
    : { id: null, version: 0, name: copyName, group, sort, sharedWith: 'me' };
}

interface LinesProps {
  views: readonly SavedView[];
  filter: ListFilter;
  onEdit: (view: SavedView, isCopy: boolean) => void;
}

function Lines({ views, filter, onEdit }: LinesProps) {
  const { move, remove } = useViewActs(filter);
  return views.map((view, index) => (
    <div key={view.id} className="saved-view">
      <Link
        to="/inbox/$view"
        params={{ view: `v-${view.id}` }}
        search={{}}
        className="view"
        aria-current={filter.view === `v-${view.id}` ? 'true' : undefined}
      >
        <bdi className="one-line">{view.name}</bdi>
        <ViewCountBadge of={`v-${view.id}`} />
      </Link>
      <ViewMenu
        view={view}
        onEdit={() => onEdit(view, false)}
        onCopy={() => onEdit(view, true)}
        onUp={index > 0 ? () => move(views, index, index - 1) : null}
        onDown={index < views.length - 1 ? () => move(views, index, index + 1) : null}
        onRemove={() => remove(view)}
      />
    </div>
  ));
}
