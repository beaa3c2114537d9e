import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ConversationView, SuggestionReason, SuggestionView } from '#contract';
import { keys } from '../../api/keys.js';
import { people } from '../../api/people.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useLive } from '../../live/live-context.js';
import { notify } from '../../ui/notify.js';
import { PersonAvatar } from '../../ui/person-avatar.js';
import { useAction } from '../../ui/use-action.js';
import { useCustomerName } from '../../ui/use-customer-name.js';
import { useCustomerAction } from './use-customer-action.js';

interface Props {
  view: ConversationView;
  onCompare: (customer: string) => void;
}

/** Who may be the same person and why, and which addresses are hardly one person's. Nothing shows where there is nothing to say. */
export function Suggestions({ view, onCompare }: Props) {
  const { t } = useI18n();
  const id = view.customer.id;
  const suggested = useQuery({
    queryKey: keys.suggestions(id),
    queryFn: ({ signal }) => people.suggestions(id, signal),
  }).data;
  if (!suggested || suggested.people.length + suggested.shared.length === 0) {
    return null;
  }
  return (
    <section
      className="people-suggested"
      aria-label={suggested.people.length > 0 ? t('people.suggestions') : t('customer.identities')}
    >
      {suggested.people.length > 0 && <h2>{t('people.suggestions')}</h2>}
      <ul className="suggestions">
        {suggested.people.map((suggestion) => (
          <Suggestion key={suggestion.customer.id} view={view} suggestion={suggestion} onCompare={onCompare} />
        ))}
        {suggested.shared.map((mailbox) => (
          <RoleMailbox key={mailbox.identityId} view={view} mailbox={mailbox} />
        ))}
      </ul>
    </section>
  );
}

function Suggestion({ view, suggestion, onCompare }: Props & { suggestion: SuggestionView }) {
  const { t } = useI18n();
  const { cache } = useLive();
  const { customer, reasons } = suggestion;
  const name = useCustomerName()(customer);
  const dismiss = useAction(
    () => people.dismissSuggestion(view.customer.id, customer.id),
    () => {
      cache.refetch(keys.everySuggestion);
      notify(t('people.notSameNoted', { name }));
    },
  );
  return (
    <li>
      <div className="suggestion-who">
        <PersonAvatar name={name} size={26} />
        <bdi className="one-line">{name}</bdi>
      </div>
      <Reasons reasons={reasons} />
      <div className="suggestion-acts">
        <Button size="compact-sm" aria-label={t('people.compareWith', { name })} onClick={() => onCompare(customer.id)}>
          {t('people.compare')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          loading={dismiss.isPending}
          aria-label={t('people.notSameAs', { name })}
          onClick={() => dismiss.mutate(undefined)}
        >
          {t('people.notSame')}
        </Button>
      </div>
    </li>
  );
}

/** Why two may be one, in words. */
export function Reasons({ reasons }: { reasons: readonly SuggestionReason[] }) {
  const { t } = useI18n();
  return (
    <ul className="suggestion-why">
      {reasons.map(({ kind, address }) => (
        <li key={`${kind} ${address}`}>{t(`people.reason.${kind}`, { address: address ?? '' })}</li>
      ))}
    </ul>
  );
}

function RoleMailbox({
  view,
  mailbox: { identityId, address },
}: {
  view: ConversationView;
  mailbox: { identityId: string; address: string };
}) {
  const { t } = useI18n();
  const share = useCustomerAction(view, () => people.share(view.customer.id, identityId, true));
  return (
    <li>
      <p className="people-hint">{t('people.roleMailbox', { address })}</p>
      <Button size="compact-sm" variant="default" loading={share.isPending} onClick={() => share.mutate(undefined)}>
        {t('people.markShared')}
      </Button>
    </li>
  );
}
