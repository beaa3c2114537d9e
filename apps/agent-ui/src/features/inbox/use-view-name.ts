import type { ViewSort } from '#contract';
import { isSaved, type ListFilter } from '../../api/hub.js';
import { useSavedViews } from '../../api/views.js';
import { useI18n } from '../../i18n/use-i18n.js';

/** What a list is called, and by what it is sorted. */
export function useViewName(view: ListFilter['view']): { name: string; sort: ViewSort } {
  const { t } = useI18n();
  const saved = useSavedViews().find(({ id }) => view === `v-${id}`);
  if (isSaved(view)) {
    return { name: saved?.name ?? t('view.saved'), sort: saved?.sort ?? 'newest' };
  }
  return { name: t(`view.${view}`), sort: sorts[view] ?? 'newest' };
}

const sorts: Partial<Record<ListFilter['view'], ViewSort>> = { waiting: 'waiting', overdue: 'deadline' };
