import { CloseButton } from '@mantine/core';
import type { FieldValue, TicketFieldView, TicketView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { FieldInput } from './field-input.js';
import { shownValue, wordsOf } from '../../../ui/field-words.js';
import { useTicketFields } from './use-properties.js';

interface Props {
  ticket: TicketView;
  onSet: (key: string, value: FieldValue | null) => void;
}

/** What the ticket's queue asks for, and what is left from elsewhere: it is shown, and can only be taken away. */
export function FieldList({ ticket, onSet }: Props) {
  const { t, locale } = useI18n();
  const fields = useTicketFields() ?? [];
  const asked = fields.filter(
    ({ isRetired, queueIds }) => !isRetired && (queueIds === null || queueIds.includes(ticket.queueId)),
  );
  const former = Object.keys(ticket.fields).filter((key) => !asked.some((field) => field.key === key));
  if (asked.length + former.length === 0) {
    return null;
  }
  const isClosed = ticket.state === 'closed';
  return (
    <fieldset className="props-fields" aria-label={t('props.fields')}>
      {asked.map((field) => (
        <FieldInput
          // What somebody else set meanwhile is shown instead of what was typed before.
          key={`${field.key} ${JSON.stringify(ticket.fields[field.key] ?? null)}`}
          field={field}
          label={
            field.requiredToSolve
              ? t('props.required', { name: wordsOf(field.name, locale) })
              : wordsOf(field.name, locale)
          }
          value={ticket.fields[field.key] ?? null}
          isDisabled={isClosed}
          onSet={(value) => onSet(field.key, value)}
        />
      ))}
      {former.map((key) => (
        <FormerField
          key={key}
          name={key}
          field={fields.find((field) => field.key === key)}
          value={ticket.fields[key] as FieldValue}
          onClear={isClosed ? null : () => onSet(key, null)}
        />
      ))}
    </fieldset>
  );
}

interface FormerProps {
  name: string;
  field: TicketFieldView | undefined;
  value: FieldValue;
  onClear: (() => void) | null;
}

function FormerField({ name: key, field, value, onClear }: FormerProps) {
  const { t, locale, format } = useI18n();
  const name = field ? wordsOf(field.name, locale) : key;
  return (
    <div className="props-row props-wide">
      <span className="props-label">{t('props.former', { name })}</span>
      <bdi>{shownValue(field, value, { locale, format, yes: t('props.yes'), no: t('props.no') })}</bdi>
      {onClear && <CloseButton size="sm" aria-label={t('props.clear', { name })} onClick={onClear} />}
    </div>
  );
}
