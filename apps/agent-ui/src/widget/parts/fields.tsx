import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

interface Props {
  name: string;
  label: string;
  /** Said behind the label. */
  hint?: string | undefined;
  value: string;
  problem: string | undefined;
  onInput: (value: string) => void;
}

/** How browsers help with a field, and on which side it is written. The type brings the right keyboard on phones. */
const kinds: Record<string, object> = {
  name: { type: 'text', autocomplete: 'name', dir: 'auto' },
  email: { type: 'email', autocomplete: 'email', dir: 'ltr' },
  phone: { type: 'tel', autocomplete: 'tel', dir: 'ltr' },
};

/** One line of a form, with what is wrong with it right below. */
export function TextField({ name, label, hint, value, problem, onInput }: Props): JSX.Element {
  const id = useId();
  const shared = {
    id,
    name,
    value,
    ...faultOf(id, problem),
  };
  const kind = kinds[name];
  return (
    <div class="field">
      <label for={id}>
        {label} {hint && <small>({hint})</small>}
      </label>
      {kind ? (
        <input {...shared} {...kind} maxLength={320} onInput={({ currentTarget }) => onInput(currentTarget.value)} />
      ) : (
        <textarea
          {...shared}
          dir="auto"
          rows={3}
          maxLength={name === 'message' ? 10_000 : 2_000}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
        />
      )}
      <Problem id={id} text={problem} />
    </div>
  );
}

interface TickProps {
  label: string;
  isTicked: boolean;
  problem: string | undefined;
  onTick: (isTicked: boolean) => void;
}

export function Tick({ label, isTicked, problem, onTick }: TickProps): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label class="tick">
        <input
          type="checkbox"
          name="consent"
          checked={isTicked}
          {...faultOf(id, problem)}
          onChange={({ currentTarget }) => onTick(currentTarget.checked)}
        />
        <span dir="auto">{label}</span>
      </label>
      <Problem id={id} text={problem} />
    </div>
  );
}

/** One of several ways, each with its label. */
export function Ways<Way extends string>(props: {
  label: string;
  ways: readonly Way[];
  way: Way | null;
  labels: Record<Way, string>;
  choose: (way: Way) => void;
}): JSX.Element {
  return (
    <div class="ways" role="radiogroup" aria-label={props.label}>
      {props.ways.map((one) => (
        <label key={one} class="tick">
          <input type="radio" name="peyk-way" checked={one === props.way} onChange={() => props.choose(one)} />
          {props.labels[one]}
        </label>
      ))}
    </div>
  );
}

/** How a field is told apart that something is wrong with, and where that is said. */
function faultOf(id: string, problem: string | undefined): object {
  const isWrong = problem !== undefined;
  return { 'aria-invalid': isWrong, 'aria-describedby': isWrong ? `${id}-problem` : undefined };
}

function Problem({ id, text }: { id: string; text: string | undefined }): JSX.Element | null {
  return text === undefined ? null : (
    <p class="problem" id={`${id}-problem`}>
      {text}
    </p>
  );
}

/** A form of the chat: submits by the button or by Enter, says below what did not work, and puts the cursor on what is wrong. */
export function Sheet(props: {
  title: string;
  children: ComponentChildren;
  problem: string | null;
  submit: string;
  isBusy: boolean;
  onSubmit: () => void;
}): JSX.Element {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!props.isBusy) {
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    }
  }, [props.isBusy]);
  return (
    <form
      ref={form}
      class="sheet"
      noValidate
      aria-label={props.title}
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      <h3>{props.title}</h3>
      {props.children}
      <output class="problem">{props.problem ?? ''}</output>
      <button type="submit" class="main" disabled={props.isBusy}>
        {props.submit}
      </button>
    </form>
  );
}
