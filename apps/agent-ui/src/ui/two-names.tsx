import { TextInput } from '@mantine/core';

interface Names {
  en: string;
  fa: string;
}

interface Props {
  labels: Names;
  value: Partial<Names>;
  /** How many characters each may have. */
  most: number;
  /** Whether one of them must be there. */
  isNeeded?: boolean;
  onChange: (value: Names) => void;
}

const others = { en: 'fa', fa: 'en' } as const;

/** A name in both languages, each in a field of its own. */
export function TwoNames({ labels, value: { en = '', fa = '' }, most, isNeeded = false, onChange }: Props) {
  const value = { en, fa };
  return (['en', 'fa'] as const).map((language) => (
    <TextInput
      key={language}
      label={labels[language]}
      lang={language}
      dir={language === 'fa' ? 'rtl' : 'ltr'}
      required={isNeeded && value[others[language]] === ''}
      maxLength={most}
      value={value[language]}
      onChange={(event) => onChange({ ...value, [language]: event.currentTarget.value })}
    />
  ));
}
