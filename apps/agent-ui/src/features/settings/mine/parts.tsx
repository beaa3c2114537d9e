import { SegmentedControl, Switch } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import './mine.css';

/** One group of what belongs together. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className="mine-part" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}

interface RowProps {
  label: string;
  hint?: string | undefined;
  /** Names what stands at the end of the line. */
  labelId: string;
  children: ReactNode;
}

/** What it is about at the start of a line, what there is to choose at its end. */
export function Row({ label, hint, labelId, children }: RowProps) {
  return (
    <div className="mine-row">
      <div>
        <span id={labelId} className="mine-label">
          {label}
        </span>
        {hint && <p className="settings-hint">{hint}</p>}
      </div>
      {children}
    </div>
  );
}

interface OneOfProps<Value extends string> {
  label: string;
  hint?: string;
  value: Value;
  choices: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}

export function OneOf<Value extends string>({ label, hint, value, choices, onChange }: OneOfProps<Value>) {
  const id = useId();
  return (
    <Row label={label} hint={hint} labelId={id}>
      <SegmentedControl
        aria-labelledby={id}
        size="xs"
        value={value}
        data={choices.map((choice) => ({ ...choice }))}
        onChange={(chosen) => onChange(chosen)}
      />
    </Row>
  );
}

interface OnOffProps {
  label: string;
  hint?: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  children?: ReactNode;
}

export function OnOff({ label, hint, isOn, onChange, children }: OnOffProps) {
  const id = useId();
  return (
    <Row label={label} hint={hint} labelId={id}>
      <div className="mine-end">
        {children}
        <Switch
          size="md"
          aria-labelledby={id}
          checked={isOn}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      </div>
    </Row>
  );
}
