import { Button, NativeSelect, Stack, Switch, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { FieldKind, TicketFieldView } from '#contract';
import { properties } from '../../../api/properties.js';
import { useQueues } from '../../../api/queries.js';
import { latinDigits } from '../../../i18n/latin-digits.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { TwoNames } from '../../../ui/two-names.js';
import { wordsOf } from '../../../ui/field-words.js';
import { FormEnd } from '../../../ui/form-end.js';
import { useAction } from '../../../ui/use-action.js';
import { ChoicesEditor } from './choices-editor.js';
import { hasChoices, kinds, toDraft, toForm, type FieldInForm } from './field-draft.js';

interface Props {
  field: TicketFieldView | null;
  onDone: () => void;
  onCancel: () => void;
}

/** One field: what it is called, what it holds, and which tickets have it. */
export function FieldForm({ field, onDone, onCancel }: Props) {
  const { t, locale } = useI18n();
  const [form, setForm] = useState(() => toForm(field));
  const change = (part: Partial<FieldInForm>) => setForm((known) => ({ ...known, ...part }));
  const save = useMutation({
    mutationFn: (wish: { isRetired?: boolean }) => {
      const { key, kind, ...terms } = toDraft(form);
      return field
        ? properties.changeField(field.id, { ...terms, ...wish, version: field.version })
        : properties.addField({ key, kind, ...terms });
    },
    onSuccess: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({});
  };
  return (
    <form onSubmit={submit}>
      <div className="settings-head">
        <h2>{field ? t('fieldSet.edit', { name: wordsOf(field.name, locale) }) : t('fieldSet.add')}</h2>
      </div>
      <Stack maw={640}>
        <Names form={form} change={change} isNew={field === null} />
        {hasChoices(form.kind) && <ChoicesEditor choices={form.choices} onChange={(choices) => change({ choices })} />}
        <Where form={form} change={change} />
        <FormEnd error={save.error} isSaving={save.isPending} onCancel={onCancel}>
          {field && <Ending field={field} onRetire={(isRetired) => save.mutate({ isRetired })} onDone={onDone} />}
        </FormEnd>
      </Stack>
    </form>
  );
}

interface PartProps {
  form: FieldInForm;
  change: (part: Partial<FieldInForm>) => void;
}

function Names({ form, change, isNew }: PartProps & { isNew: boolean }) {
  const { t } = useI18n();
  return (
    <>
      <TwoNames
        labels={{ en: t('fieldSet.nameEn'), fa: t('fieldSet.nameFa') }}
        value={form.name}
        most={100}
        onChange={(name) => change({ name })}
      />
      <TextInput
        label={t('fieldSet.key')}
        description={t('fieldSet.keyHint')}
        dir="ltr"
        maxLength={40}
        disabled={!isNew}
        value={form.key}
        onChange={(event) => change({ key: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('fieldSet.kind')}
        disabled={!isNew}
        value={form.kind}
        onChange={(event) => change({ kind: event.currentTarget.value as FieldKind })}
        data={kinds.map((value) => ({ value, label: t(`fieldSet.kinds.${value}`) }))}
      />
    </>
  );
}

function Where({ form, change }: PartProps) {
  const { t, format } = useI18n();
  const queues = useQueues();
  const chosen = form.queueIds ?? [];
  const toggle = (id: string, isOn: boolean) =>
    change({ queueIds: isOn ? [...chosen, id] : chosen.filter((one) => one !== id) });
  return (
    <>
      <Switch
        label={t('fieldSet.everywhere')}
        checked={form.queueIds === null}
        onChange={(event) => change({ queueIds: event.currentTarget.checked ? null : [] })}
      />
      {form.queueIds !== null && (
        <fieldset className="fields-queues">
          <legend>{t('fieldSet.queues')}</legend>
          {queues.map(({ id, name }) => (
            <label key={id}>
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                onChange={(event) => toggle(id, event.currentTarget.checked)}
              />
              <bdi>{name}</bdi>
            </label>
          ))}
        </fieldset>
      )}
      <Switch
        label={t('fieldSet.required')}
        checked={form.requiredToSolve}
        onChange={(event) => change({ requiredToSolve: event.currentTarget.checked })}
      />
      <TextInput
        label={t('fieldSet.position')}
        inputMode="numeric"
        value={format.digits(form.position)}
        onChange={(event) => change({ position: Number(latinDigits(event.currentTarget.value).replace(/\D/gu, '')) })}
      />
    </>
  );
}

interface EndingProps {
  field: TicketFieldView;
  onRetire: (isRetired: boolean) => void;
  onDone: () => void;
}

/** One that tickets have values in is retired, not deleted: the hub says so. */
function Ending({ field, onRetire, onDone }: EndingProps) {
  const { t, locale } = useI18n();
  const remove = useAction(() => properties.removeField(field.id), onDone);
  const removeIfSure = () => {
    if (window.confirm(t('fieldSet.removeSure', { name: wordsOf(field.name, locale) }))) {
      remove.mutate(undefined);
    }
  };
  return (
    <>
      <Button variant="light" onClick={() => onRetire(!field.isRetired)}>
        {t(field.isRetired ? 'fieldSet.revive' : 'fieldSet.retire')}
      </Button>
      <Button variant="light" color="red" loading={remove.isPending} onClick={removeIfSure}>
        {t('fieldSet.remove')}
      </Button>
    </>
  );
}
