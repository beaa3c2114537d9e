interface Choice {
  value: string;
  label: string;
}

interface Props {
  label: string;
  choices: readonly Choice[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** Several of a list, all of them in sight. What was chosen and is not among them any more stays until it is taken out. */
export function ChoiceChips({ label, choices, chosen, onChange }: Props) {
  const lost = chosen.filter((value) => choices.every((choice) => choice.value !== value));
  return (
    <fieldset className="view-choices" aria-label={label}>
      {[...choices, ...lost.map((value) => ({ value, label: '?' }))].map(({ value, label: name }) => (
        <label key={value}>
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={(event) =>
              onChange(event.currentTarget.checked ? [...chosen, value] : chosen.filter((one) => one !== value))
            }
          />
          <bdi>{name}</bdi>
        </label>
      ))}
    </fieldset>
  );
}
