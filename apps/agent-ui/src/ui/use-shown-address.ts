import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { IdentityView } from '#contract';

/** What a browser is known by that nobody signed in at: a number that says nothing to people. */
const anonymous = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/u;

/** An address as people read it: visitors whom no site named go by what they are. */
export function useShownAddress(): (identity: Pick<IdentityView, 'kind' | 'address'>) => string {
  const { t } = useTranslation();
  return useCallback(
    ({ kind, address }) => (kind === 'web' && anonymous.test(address) ? t('identity.web') : address),
    [t],
  );
}
