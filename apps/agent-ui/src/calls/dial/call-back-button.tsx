import type { ConversationView, MessageView } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { DialButton } from './dial-button.js';

/** Calls back whoever got nobody; nothing where their number is no longer theirs. */
export function CallBackButton({ message, view }: { message: MessageView; view: ConversationView }) {
  const { t } = useI18n();
  const caller = view.customer.identities.find(({ id }) => id === message.identityId);
  return (
    caller && (
      <DialButton
        view={view}
        identityId={caller.id}
        address={caller.address}
        reason={t('dial.reason_missed')}
        label={t('dial.callBack')}
      />
    )
  );
}
