import { useId } from 'react';
import './check-line.css';

interface Props {
  label: string;
  hint: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}

/** Something to tick, and in plain words what it is. */
export function CheckLine({ label, hint, checked, disabled = false, onChange }: Props) {
  const id = useId();
  return (
    <div className="check-line">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        disabled={disabled}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label htmlFor={id}>{label}</label>
      <small id={`${id}-hint`}>{hint}</small>
    </div>
  );
}
