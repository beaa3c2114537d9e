import { useId } from 'react';
import type { MergePreview } from '#contract';
import type { Side } from '../../api/people.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { locales } from '../../i18n/i18n.js';
import { readField } from './merge-choices.js';

interface Props {
  conflict: MergePreview['conflicts'][number];
  side: Side;
  onChoose: (side: Side) => void;
}

/** One value that the two do not share: whose stays. In the order of the cards above it. */
export function ConflictField({ conflict, side, onChoose }: Props) {
  const { t } = useI18n();
  const group = useId();
  const valueOf = useValueText();
  const place = readField(conflict.field);
  const label = 'profile' in place ? t(`people.field.${place.profile}`) : place.custom;
  return (
    <fieldset className="merge-conflict">
      <legend>{t('people.keep', { field: label })}</legend>
      {(['from', 'into'] as const).map((one) => (
        <label key={one}>
          <input type="radio" name={group} checked={side === one} onChange={() => onChoose(one)} />
          <bdi>{valueOf(conflict.field, conflict[one])}</bdi>
        </label>
      ))}
    </fieldset>
  );
}

function useValueText(): (field: string, value: unknown) => string {
  const { t, format } = useI18n();
  return (field, value) => {
    const language = field === 'locale' ? locales.find((one) => one === value) : undefined;
    if (language) {
      return t(`language.${language}`);
    }
    if (typeof value === 'number') {
      return format.number(value);
    }
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
}
