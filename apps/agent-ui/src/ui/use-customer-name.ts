import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { IdentityView, MessageView } from '#contract';

interface Named {
  name: string;
  identities?: readonly Pick<IdentityView, 'kind' | 'address'>[];
}

/** What people call a customer: their name, else the number or address they write from, else that nobody knows. */
export function useCustomerName(): (customer: Named) => string {
  const { t } = useTranslation();
  return useCallback(
    ({ name, identities = [] }) => {
      const speaking = identities.find(({ kind }) => kind === 'phone' || kind === 'email');
      return name || (speaking?.address ?? t('customer.unnamed'));
    },
    [t],
  );
}

/** Who said a message. Customers who brought no name go by what the conversation calls them; bots have none of their own. */
export function useAuthorName(customer: Named): (author: MessageView['author']) => string {
  const { t } = useTranslation();
  const nameOf = useCustomerName();
  return ({ kind, name }) => {
    if (kind === 'system') {
      return t('message.system');
    }
    if (kind === 'bot') {
      return name || t('message.bot');
    }
    return kind === 'customer' ? name || nameOf(customer) : name;
  };
}
