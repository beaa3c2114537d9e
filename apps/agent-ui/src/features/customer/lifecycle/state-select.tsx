import { NativeSelect } from '@mantine/core';
import type { TicketView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useStateChoices, type StateChoice } from './use-state-choices.js';

interface Props {
  ticket: TicketView;
  onChange: (change: StateChoice['change']) => void;
}

/** The state of a ticket, or one of the organisation's own names that stand for it. */
export function StateSelect({ ticket, onChange }: Props) {
  const { t } = useI18n();
  const choices = useStateChoices(ticket);
  const choose = (wanted: string) => {
    const choice = choices.find(({ value }) => value === wanted);
    if (choice) {
      onChange(choice.change);
    }
  };
  return (
    <NativeSelect
      size="xs"
      label={t('ticket.stateLabel')}
      value={ticket.stateNameId ?? ticket.state}
      disabled={ticket.state === 'closed'}
      onChange={(event) => choose(event.currentTarget.value)}
      data={choices.map(({ value, label }) => ({ value, label }))}
    />
  );
}
