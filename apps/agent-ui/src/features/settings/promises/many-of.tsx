import './promises.css';

interface Props<Value extends string | number> {
  label: string;
  options: { value: Value; label: string }[];
  chosen: readonly Value[];
  onChange: (chosen: Value[]) => void;
}

/** Any number of a few. */
export function ManyOf<Value extends string | number>({ label, options, chosen, onChange }: Props<Value>) {
  return (
    <fieldset className="promises-many">
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="checkbox"
            checked={chosen.includes(option.value)}
            onChange={(event) =>
              onChange(
                event.currentTarget.checked
                  ? [...chosen, option.value]
                  : chosen.filter((value) => value !== option.value),
              )
            }
          />
          <bdi>{option.label}</bdi>
        </label>
      ))}
    </fieldset>
  );
}
