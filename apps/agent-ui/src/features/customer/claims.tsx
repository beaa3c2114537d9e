import { Button } from '@mantine/core';
import type { ClaimView, ConversationView } from '#contract';
import { people } from '../../api/people.js';
import { isProblem } from '../../api/problem.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { identityIcons } from '../../ui/channel-mark.js';
import { Ltr } from '../../ui/ltr.js';
import { NamedIcon } from '../../ui/named-icon.js';
import { notify } from '../../ui/notify.js';
import { useCustomerAction } from './use-customer-action.js';

interface Props {
  view: ConversationView;
  /** The address turned out to be another customer's. */
  onTaken: (address: string) => void;
}

/** Addresses that somebody only says are the customer's, for an agent to decide about. */
export function Claims({ view, onTaken }: Props) {
  const { t } = useI18n();
  if (view.customer.claims.length === 0) {
    return null;
  }
  return (
    <section aria-labelledby="customer-claims">
      <h2 id="customer-claims">{t('people.claims')}</h2>
      <p className="people-hint">{t('people.claimsHint')}</p>
      <ul className="claims">
        {view.customer.claims.map((claim) => (
          <Claim key={claim.id} claim={claim} view={view} onTaken={onTaken} />
        ))}
      </ul>
    </section>
  );
}

function Claim({ claim, view, onTaken }: Props & { claim: ClaimView }) {
  const { t, format } = useI18n();
  const { id, kind, address, source, claimedAt } = claim;
  const { confirm, remove } = useDecision(view, claim, onTaken);
  const isBusy = confirm.isPending || remove.isPending;
  return (
    <li className="claim">
      <div className="identity-head">
        <NamedIcon Icon={identityIcons[kind]} size={17} name={t(`identity.${kind}`)} />
        <Ltr className="identity-address one-line">{address}</Ltr>
      </div>
      <p className="claim-from">
        {t(`people.source.${source}`)}
        {' · '}
        {format.dateTime(claimedAt)}
      </p>
      <div className="claim-acts">
        <Button
          size="compact-sm"
          variant="light"
          disabled={isBusy}
          aria-label={t('people.confirmOf', { address })}
          onClick={() => confirm.mutate(id)}
        >
          {t('people.confirm')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={isBusy}
          aria-label={t('people.removeOf', { address })}
          onClick={() => remove.mutate(id)}
        >
          {t('people.remove')}
        </Button>
      </div>
    </li>
  );
}

function useDecision(view: ConversationView, { address }: ClaimView, onTaken: Props['onTaken']) {
  const { t } = useI18n();
  const customer = view.customer.id;
  const confirm = useCustomerAction(
    view,
    async (claim: string) => {
      try {
        return await people.confirm(customer, claim);
      } catch (error) {
        if (isProblem(error, 'address_taken')) {
          onTaken(address);
        }
        throw error;
      }
    },
    () => notify(t('people.confirmed', { address })),
  );
  const remove = useCustomerAction(
    view,
    (claim: string) => people.dismissClaim(customer, claim),
    () => notify(t('people.removed', { address })),
  );
  return { confirm, remove };
}
