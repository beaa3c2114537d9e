import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useI18n } from '../../../i18n/use-i18n.js';
import { notify } from '../../../ui/notify.js';

interface Wish<Draft> {
  listKey: readonly unknown[];
  save: (draft: Draft) => Promise<unknown>;
  remove: () => Promise<unknown>;
  /** What is asked before it is removed. */
  sure: string;
  done: () => void;
}

/** Saves or removes one kept thing, and reads its list again. */
export function useKeptSave<Draft>({ listKey, save, remove, sure, done }: Wish<Draft>) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const leave = async () => {
    await queries.invalidateQueries({ queryKey: listKey });
    done();
  };
  const saving = useMutation({
    mutationFn: save,
    onSuccess: async () => {
      notify(t('common.saved'));
      await leave();
    },
  });
  const removing = useMutation({ mutationFn: remove, onSuccess: leave });
  return {
    save: saving.mutate,
    isSaving: saving.isPending,
    error: saving.error ?? removing.error,
    remove: () => {
      if (window.confirm(sure)) {
        removing.mutate();
      }
    },
    isRemoving: removing.isPending,
  };
}
