import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { AttributeKindView, CustomerAttributeView } from '#contract';
import { segments } from '../../../api/segments.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { TwoNames } from '../../../ui/two-names.js';
import { wordsOf } from '../../../ui/field-words.js';
import { FormEnd } from '../../../ui/form-end.js';
import { useAction } from '../../../ui/use-action.js';
import { CountField } from '../count-field.js';
import { ChoicesEditor } from '../fields/choices-editor.js';
import { attributeKinds, isChosen, toDraft, toForm, withProvinces, type AttributeInForm } from './attribute-draft.js';

interface Props {
  attribute: CustomerAttributeView | null;
  onDone: () => void;
  onCancel: () => void;
}

/** One attribute of customers: what it is called and what it holds. */
export function AttributeForm({ attribute, onDone, onCancel }: Props) {
  const { t, locale } = useI18n();
  const [form, setForm] = useState(() => toForm(attribute));
  const change = (part: Partial<AttributeInForm>) => setForm((known) => ({ ...known, ...part }));
  const save = useMutation({
    mutationFn: (wish: { isRetired?: boolean }) => {
      const { key, kind, ...terms } = toDraft(form);
      return attribute
        ? segments.changeAttribute(attribute.id, { ...terms, ...wish, version: attribute.version })
        : segments.addAttribute({ key, kind, ...terms });
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
        <h2>{attribute ? <bdi>{wordsOf(attribute.name, locale)}</bdi> : t('attribute.add')}</h2>
      </div>
      <Stack maw={640}>
        <Names form={form} change={change} isNew={attribute === null} />
        {isChosen(form.kind) && <ChoicesEditor choices={form.choices} onChange={(choices) => change({ choices })} />}
        {form.kind === 'region' && (
          <Button variant="default" onClick={() => change({ choices: withProvinces(form.choices) })}>
            {t('attribute.provinces')}
          </Button>
        )}
        <CountField
          label={t('attribute.position')}
          value={form.position}
          most={1000}
          onChange={(position) => change({ position })}
        />
        <FormEnd error={save.error} isSaving={save.isPending} onCancel={onCancel}>
          {attribute && (
            <Ending attribute={attribute} onRetire={(isRetired) => save.mutate({ isRetired })} onDone={onDone} />
          )}
        </FormEnd>
      </Stack>
    </form>
  );
}

interface NamesProps {
  form: AttributeInForm;
  change: (part: Partial<AttributeInForm>) => void;
  isNew: boolean;
}

function Names({ form, change, isNew }: NamesProps) {
  const { t } = useI18n();
  return (
    <>
      <TwoNames
        labels={{ en: t('attribute.name_en'), fa: t('attribute.name_fa') }}
        value={form.name}
        most={100}
        onChange={(name) => change({ name })}
      />
      <TextInput
        label={t('attribute.key')}
        description={t('attribute.keyHint')}
        dir="ltr"
        required
        maxLength={40}
        disabled={!isNew}
        value={form.key}
        onChange={(event) => change({ key: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('attribute.kind')}
        disabled={!isNew}
        value={form.kind}
        onChange={(event) => change({ kind: event.currentTarget.value as AttributeKindView })}
        data={attributeKinds.map((value) => ({ value, label: t(`attribute.kinds.${value}`) }))}
      />
    </>
  );
}

interface EndingProps {
  attribute: CustomerAttributeView;
  onRetire: (isRetired: boolean) => void;
  onDone: () => void;
}

/** One that customers have values of is retired, not deleted: the hub says so. */
function Ending({ attribute, onRetire, onDone }: EndingProps) {
  const { t, locale } = useI18n();
  const remove = useAction(() => segments.removeAttribute(attribute.id), onDone);
  const removeIfSure = () => {
    if (window.confirm(t('attribute.removeSure', { name: wordsOf(attribute.name, locale) }))) {
      remove.mutate(undefined);
    }
  };
  return (
    <>
      <Button variant="light" onClick={() => onRetire(!attribute.isRetired)}>
        {t(attribute.isRetired ? 'attribute.revive' : 'attribute.retire')}
      </Button>
      <Button variant="light" color="red" loading={remove.isPending} onClick={removeIfSure}>
        {t('attribute.remove')}
      </Button>
    </>
  );
}
