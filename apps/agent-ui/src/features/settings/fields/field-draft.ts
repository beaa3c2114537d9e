import type { FieldChoiceView, FieldKind, TicketFieldView } from '#contract';
import type { FieldDraft } from '../../../api/properties.js';

/** A field as its form holds it: both languages are there, and choices in a list that may be empty. */
export interface FieldInForm {
  key: string;
  kind: FieldKind;
  name: { en: string; fa: string };
  choices: { value: string; name: { en: string; fa: string }; retired: boolean }[];
  queueIds: string[] | null;
  requiredToSolve: boolean;
  position: number;
}

export const kinds: readonly FieldKind[] = ['text', 'long_text', 'number', 'checkbox', 'choice', 'choices', 'date'];

/** Whether tickets choose from something. */
export const hasChoices = (kind: FieldKind) => kind === 'choice' || kind === 'choices';

const empty: FieldInForm = {
  key: '',
  kind: 'text',
  name: { en: '', fa: '' },
  choices: [],
  queueIds: null,
  requiredToSolve: false,
  position: 0,
};

const both = ({ en = '', fa = '' }: FieldChoiceView['name']) => ({ en, fa });

export function toForm(field: TicketFieldView | null): FieldInForm {
  if (!field) {
    return empty;
  }
  const { key, kind, queueIds, requiredToSolve, position } = field;
  const choices = field.choices.map(({ value, name, retired = false }) => ({ value, name: both(name), retired }));
  return { key, kind, queueIds, requiredToSolve, position, name: both(field.name), choices };
}

/** What the hub is asked for. A choice without a value takes its name, for nobody else reads the value. */
export function toDraft(form: FieldInForm): FieldDraft {
  const choices = hasChoices(form.kind) ? form.choices : [];
  return {
    ...form,
    choices: choices.map(({ value, name, retired }) => ({
      value: value.trim() || (name.en || name.fa).trim(),
      name,
      ...(retired && { retired }),
    })),
  };
}
