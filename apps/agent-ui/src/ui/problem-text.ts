import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../api/problem.js';
import { sayForHub } from '../i18n/hub-words.js';

/** Codes that readers hear about in the console's words. Other problems speak in the hub's. */
const told = [
  'unreachable',
  'wrong_credentials',
  'unauthenticated',
  'forbidden',
  'not_found',
  'stale',
  'already_taken',
  'illegal_transition',
  'too_many',
  'file_too_large',
  'too_large',
  'storage_away',
  'already_theirs',
  'address_taken',
  'several_owners',
  'unverified_address',
  'shared_address',
  'same_person',
  'not_merged',
  'merge_moved',
  'withheld',
] as const;

/** Says in the reader's language what went wrong. */
export function useProblemText(): (error: unknown) => string {
  const { t } = useTranslation();
  return useCallback(
    (error) => {
      const code = told.find((one) => isProblem(error, one));
      if (code) {
        return t(`problem.${code}`, { detail: sayForHub((error as Error).message) });
      }
      return isProblem(error) && error.message ? sayForHub(error.message) : t('problem.other');
    },
    [t],
  );
}
