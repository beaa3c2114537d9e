import type { OwnRoleView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';

/** What a role is called in the reader's language, or in the other one. */
export function useRoleName(): (role: Pick<OwnRoleView, 'name'>) => string {
  const { locale } = useI18n();
  return ({ name }) => name[locale] ?? name.en ?? name.fa ?? '';
}
