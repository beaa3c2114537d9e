import { Stack } from '@mantine/core';
import { useI18n } from '../../../i18n/use-i18n.js';
import { ChannelField } from '../channel-field.js';
import { keyOf, type Field, type FieldValue, type Values } from '../channel-fields.js';
import { withAddress } from './mail-presets.js';
import { formParts, type FormPart } from './mailbox-form.js';

interface Props {
  fields: readonly Field[];
  values: Values;
  secretsSet: readonly string[];
  errorOf: (field: Field) => string | undefined;
  onChange: (change: (values: Values) => Values) => void;
}

/** Parts that most people leave as they are. */
const folded: readonly FormPart[] = ['looks', 'trust', 'wire', 'limits', 'consent', 'dialling', 'sounds', 'records'];

/** The fields of a form under their headings; short forms have none. */
export function FieldsInParts({ fields, ...rest }: Props) {
  const { t } = useI18n();
  const shown = fields.filter(({ isShown }) => isShown?.(rest.values) ?? true);
  return (
    <>
      <Fields fields={shown.filter(({ part }) => part === undefined)} {...rest} />
      {formParts.map((part) => {
        const ofPart = shown.filter((field) => field.part === part);
        if (ofPart.length === 0) {
          return null;
        }
        return folded.includes(part) ? (
          <details key={part} className="form-part" open={ofPart.some((field) => rest.errorOf(field)) || undefined}>
            <summary>{t(`mailbox.part_${part}`)}</summary>
            <Stack>
              <Fields fields={ofPart} {...rest} />
            </Stack>
          </details>
        ) : (
          <fieldset key={part} className="form-part">
            <legend>{t(`mailbox.part_${part}`)}</legend>
            <Stack>
              <Fields fields={ofPart} {...rest} />
            </Stack>
          </fieldset>
        );
      })}
    </>
  );
}

function Fields({ fields, values, secretsSet, errorOf, onChange }: Props) {
  const put = (field: Field, value: FieldValue) =>
    onChange((all) =>
      field.part === 'account' && field.name === 'address'
        ? withAddress(all, String(value))
        : { ...all, [keyOf(field)]: value },
    );
  return fields.map((field) => (
    <ChannelField
      key={keyOf(field)}
      field={field}
      value={values[keyOf(field)] ?? ''}
      isStored={secretsSet.includes(field.name)}
      error={errorOf(field)}
      onChange={(value) => put(field, value)}
    />
  ));
}
