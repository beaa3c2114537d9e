import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { SavedView } from '#contract';
import type { ListFilter } from '../../../api/hub.js';
import { keys } from '../../../api/keys.js';
import { views } from '../../../api/views.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { notify, unnotify } from '../../../ui/notify.js';
import { useAction } from '../../../ui/use-action.js';

/** Moving and removing saved views. What is removed comes back under its own address when that is taken back. */
export function useViewActs(filter: ListFilter) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const renew = () => void queries.invalidateQueries({ queryKey: keys.views });
  const order = useAction((ids: string[]) => views.order(ids), renew);
  const restore = useAction(({ id, name, filter: of, sort, sharedWith }: SavedView) =>
    views.add({ id, name, filter: of, sort, sharedWith }),
  );
  const takeBack = (view: SavedView) => {
    unnotify(view.id);
    restore.mutate(view, {
      onSuccess: () => {
        renew();
        void navigate({ to: '/inbox/$view', params: { view: `v-${view.id}` } });
      },
    });
  };
  const removal = useAction(
    (view: SavedView) => views.remove(view.id),
    (_, view) => {
      queries.setQueryData<SavedView[]>(keys.views, (known) => known?.filter(({ id }) => id !== view.id));
      if (filter.view === `v-${view.id}`) {
        void navigate({ to: '/inbox/$view', params: { view: 'mine' } });
      }
      notify(
        <span className="alert">
          {t('views.removed', { name: view.name })}
          <Button size="compact-sm" variant="light" onClick={() => takeBack(view)}>
            {t('views.undo')}
          </Button>
        </span>,
        'undo',
        view.id,
      );
    },
  );
  return {
    move: (section: readonly SavedView[], from: number, to: number) => {
      const moved = section[from];
      if (moved) {
        const placed = section.toSpliced(from, 1).toSpliced(to, 0, moved);
        const others = (known: SavedView[]) => known.filter(({ id }) => placed.every((view) => view.id !== id));
        queries.setQueryData<SavedView[]>(keys.views, (known) => known && [...others(known), ...placed]);
        order.mutate(placed.map(({ id }) => id));
      }
    },
    remove: (view: SavedView) => removal.mutate(view),
  };
}
