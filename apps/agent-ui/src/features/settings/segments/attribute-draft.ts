import type { AttributeKindView, CustomerAttributeView } from '#contract';
import type { AttributeDraft } from '../../../api/segments.js';

/** An attribute as its form holds it: both languages are there, and choices in a list that may be empty. */
export interface AttributeInForm {
  key: string;
  kind: AttributeKindView;
  name: { en: string; fa: string };
  choices: { value: string; name: { en: string; fa: string }; retired: boolean }[];
  position: number;
}

export const attributeKinds: readonly AttributeKindView[] = [
  'text',
  'number',
  'yes_no',
  'date',
  'birthday',
  'choice',
  'choices',
  'region',
];

export const isChosen = (kind: AttributeKindView) => kind === 'choice' || kind === 'choices' || kind === 'region';

const both = ({ en = '', fa = '' }: CustomerAttributeView['name']) => ({ en, fa });

export function toForm(attribute: CustomerAttributeView | null): AttributeInForm {
  if (!attribute) {
    return { key: '', kind: 'text', name: { en: '', fa: '' }, choices: [], position: 0 };
  }
  const { key, kind, position } = attribute;
  const choices = attribute.choices.map(({ value, name, retired = false }) => ({ value, name: both(name), retired }));
  return { key, kind, position, name: both(attribute.name), choices };
}

/** What the hub is asked for. A choice without a value takes its name, for nobody else reads the value. */
export function toDraft(form: AttributeInForm): AttributeDraft {
  const choices = isChosen(form.kind) ? form.choices : [];
  return {
    ...form,
    choices: choices.map(({ value, name, retired }) => ({
      value: value.trim() || (name.en || name.fa).trim(),
      name,
      ...(retired && { retired }),
    })),
  };
}

/** The provinces of Iran, in the order of the Persian alphabet. */
const provinces: readonly (readonly [value: string, fa: string])[] = [
  ['East Azerbaijan', 'آذربایجان شرقی'],
  ['West Azerbaijan', 'آذربایجان غربی'],
  ['Ardabil', 'اردبیل'],
  ['Isfahan', 'اصفهان'],
  ['Alborz', 'البرز'],
  ['Ilam', 'ایلام'],
  ['Bushehr', 'بوشهر'],
  ['Tehran', 'تهران'],
  ['Chaharmahal and Bakhtiari', 'چهارمحال و بختیاری'],
  ['South Khorasan', 'خراسان جنوبی'],
  ['Razavi Khorasan', 'خراسان رضوی'],
  ['North Khorasan', 'خراسان شمالی'],
  ['Khuzestan', 'خوزستان'],
  ['Zanjan', 'زنجان'],
  ['Semnan', 'سمنان'],
  ['Sistan and Baluchestan', 'سیستان و بلوچستان'],
  ['Fars', 'فارس'],
  ['Qazvin', 'قزوین'],
  ['Qom', 'قم'],
  ['Kurdistan', 'کردستان'],
  ['Kerman', 'کرمان'],
  ['Kermanshah', 'کرمانشاه'],
  ['Kohgiluyeh and Boyer-Ahmad', 'کهگیلویه و بویراحمد'],
  ['Golestan', 'گلستان'],
  ['Gilan', 'گیلان'],
  ['Lorestan', 'لرستان'],
  ['Mazandaran', 'مازندران'],
  ['Markazi', 'مرکزی'],
  ['Hormozgan', 'هرمزگان'],
  ['Hamadan', 'همدان'],
  ['Yazd', 'یزد'],
];

/** Those that are not among the choices yet, as choices. */
export function withProvinces(choices: AttributeInForm['choices']): AttributeInForm['choices'] {
  const known = new Set(choices.map(({ value }) => value));
  const more = provinces.filter(([value]) => !known.has(value));
  return [...choices, ...more.map(([value, fa]) => ({ value, name: { en: value, fa }, retired: false }))];
}
