import { ActionIcon, Menu } from '@mantine/core';
import type { ConversationView, MessageView } from '#contract';
import { hub } from '../../api/hub.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useLive } from '../../live/live-context.js';
import { IconDots } from '../../ui/icons.js';
import { notify } from '../../ui/notify.js';
import { useAction } from '../../ui/use-action.js';

/** What can be done with one message. */
export function MessageMenu({ message, view }: { message: MessageView; view: ConversationView }) {
  const { t, format } = useI18n();
  const { cache } = useLive();
  const move = useAction(
    (ticketId: string) => hub.moveMessage(view.id, message, ticketId),
    (moved) => cache.putMessages(view.id, [moved]),
  );
  const copy = async () => {
    await navigator.clipboard.writeText(message.body);
    notify(t('common.copied'));
  };
  const elsewhere = view.tickets.filter(({ id, state }) => id !== message.ticketId && state !== 'closed');
  const reason = message.ticketReason as keyof typeof reasons | null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon className="message-options" size="md" aria-label={t('message.options')}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {reason && reason in reasons && <Menu.Label>{t(`reason.${reason}`)}</Menu.Label>}
        {'clipboard' in navigator && <Menu.Item onClick={() => void copy()}>{t('message.copyText')}</Menu.Item>}
        {message.mail?.hasSource && (
          <Menu.Item component="a" href={`/api/messages/${message.id}/raw`} download>
            {t('mail.download')}
          </Menu.Item>
        )}
        {elsewhere.length > 0 && <Menu.Label>{t('message.moveTo')}</Menu.Label>}
        {elsewhere.map((ticket) => (
          <Menu.Item key={ticket.id} onClick={() => move.mutate(ticket.id)}>
            {t('message.moveToTicket', { number: format.digits(ticket.number), subject: ticket.subject })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Why a message joined its ticket, in the words of the rule that decided. */
const reasons = {
  reference: true,
  agent_wrote_last: true,
  only_open: true,
  reopened: true,
  most_recent: true,
  new_ticket: true,
  agent_chose: true,
};
