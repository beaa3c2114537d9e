import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useI18n } from '../../i18n/use-i18n.js';
import './levels-of.css';

export interface Levelled {
  id: string;
  level: number;
}

interface Props {
  label: string;
  hint?: string;
  options: readonly { id: string; name: string }[];
  chosen: readonly Levelled[];
  /** What the levels 1 to 5 are called. */
  levelNames: readonly string[];
  /** The name of one option's level, for those who do not see where it stands. */
  levelLabel: (name: string) => string;
  onChange: (chosen: Levelled[]) => void;
}

const many = 12;

/** Any number of a list, each with a level. */
export function LevelsOf({ label, hint, options, chosen, levelNames, levelLabel, onChange }: Props) {
  const { t } = useI18n();
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLocaleLowerCase();
  const shown = options.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
  const set = (id: string, level: number | null) => {
    const others = chosen.filter((one) => one.id !== id);
    onChange(level === null ? others : [...others, { id, level }]);
  };
  return (
    <fieldset className="form-part levels">
      <legend>{label}</legend>
      {hint && <p className="settings-hint">{hint}</p>}
      {options.length > many && (
        <TextInput
          aria-label={t('team.find')}
          placeholder={t('team.find')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <ul>
        {shown.map(({ id, name }) => {
          const level = chosen.find((one) => one.id === id)?.level ?? null;
          return (
            <li key={id}>
              <label>
                <input
                  type="checkbox"
                  checked={level !== null}
                  onChange={(event) => set(id, event.currentTarget.checked ? 1 : null)}
                />
                <bdi>{name}</bdi>
              </label>
              {level !== null && (
                <NativeSelect
                  size="xs"
                  aria-label={levelLabel(name)}
                  value={String(level)}
                  onChange={(event) => set(id, Number(event.currentTarget.value))}
                  data={levelNames.map((text, index) => ({ value: String(index + 1), label: text }))}
                />
              )}
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}
