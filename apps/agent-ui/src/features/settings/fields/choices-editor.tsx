import { Button, CloseButton, Switch, TextInput } from '@mantine/core';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconPlus } from '../../../ui/icons.js';
import type { FieldInForm } from './field-draft.js';

type Choice = FieldInForm['choices'][number];

interface Props {
  choices: Choice[];
  onChange: (choices: Choice[]) => void;
}

/** What tickets choose from, in the order in which it is offered. */
export function ChoicesEditor({ choices, onChange }: Props) {
  const { t, format } = useI18n();
  const set = (place: number, part: Partial<Choice>) =>
    onChange(choices.map((choice, index) => (index === place ? { ...choice, ...part } : choice)));
  const add = () => onChange([...choices, { value: '', name: { en: '', fa: '' }, retired: false }]);
  return (
    <fieldset className="fields-choices">
      <legend>{t('fieldSet.choices')}</legend>
      {choices.map(({ value, name, retired }, place) => {
        const number = format.number(place + 1);
        return (
          // Choices have no other name than their place while they are written.
          <fieldset key={place} className="fields-choice" aria-label={t('fieldSet.choice', { number })}>
            <TextInput
              aria-label={t('fieldSet.choiceEn', { number })}
              placeholder={t('fieldSet.english')}
              dir="ltr"
              maxLength={100}
              value={name.en}
              onChange={(event) => set(place, { name: { ...name, en: event.currentTarget.value } })}
            />
            <TextInput
              aria-label={t('fieldSet.choiceFa', { number })}
              placeholder={t('fieldSet.persian')}
              dir="rtl"
              maxLength={100}
              value={name.fa}
              onChange={(event) => set(place, { name: { ...name, fa: event.currentTarget.value } })}
            />
            <TextInput
              aria-label={t('fieldSet.value', { number })}
              placeholder={t('fieldSet.valueShort')}
              maxLength={60}
              value={value}
              onChange={(event) => set(place, { value: event.currentTarget.value })}
            />
            <Switch
              label={t('fieldSet.choiceRetired')}
              checked={retired}
              onChange={(event) => set(place, { retired: event.currentTarget.checked })}
            />
            <CloseButton
              aria-label={t('fieldSet.removeChoice', { number })}
              onClick={() => onChange(choices.filter((_, index) => index !== place))}
            />
          </fieldset>
        );
      })}
      <Button variant="default" leftSection={<IconPlus size={16} />} onClick={add}>
        {t('fieldSet.addChoice')}
      </Button>
    </fieldset>
  );
}
