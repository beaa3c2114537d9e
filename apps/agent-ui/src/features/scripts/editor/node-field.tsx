import type { ReactNode } from 'react';
import { useI18n } from '../../../i18n/use-i18n.js';
import type { Mapping, Path } from '../document/script-words.js';
import { CasesField } from './cases-field.js';
import { useEditor } from './editor-context.js';
import { IntentsField } from './intents-field.js';
import { MessageField } from './message-field.js';
import type { FieldName, FieldSpec } from './node-fields.js';
import { OptionsField } from './options-field.js';
import { RetryField, TimeoutField } from './patience-fields.js';
import { ValuesField } from './values-field.js';
import { ChoiceField, DurationText, LineField, SwitchField, VariableField, WordsField } from './written-fields.js';

interface Props {
  spec: FieldSpec;
  id: string;
  node: Mapping;
}

/** One field of a node, by its shape. */
export function NodeField({ spec, id, node }: Props) {
  const { t } = useI18n();
  const isShown = shownBeside[spec.name]?.(node) ?? true;
  const path: Path = ['nodes', id, spec.name];
  return isShown && shapes[spec.shape]({ spec, path, label: t(`script.field_${spec.name}`) });
}

interface ShapeProps {
  spec: FieldSpec;
  path: Path;
  label: string;
}

const shapes: Record<FieldSpec['shape'], (props: ShapeProps) => ReactNode> = {
  message: ({ spec, ...props }) => <MessageField {...props} optional={'optional' in spec} />,
  options: ({ path }) => <OptionsField path={path} />,
  intents: ({ path }) => <IntentsField path={path} />,
  cases: ({ path }) => <CasesField path={path} />,
  retry: ({ path }) => <RetryField path={path} />,
  timeout: ({ path }) => <TimeoutField path={path} />,
  values: ({ path, label }) => <ValuesField path={path} label={label} />,
  words: (props) => <OwnWords {...props} />,
  line: ({ spec, ...props }) => <LineField {...props} numbers={spec.name === 'min' || spec.name === 'max'} />,
  lines: ({ path, label }) => <LineField path={path} label={label} lines />,
  variable: ({ path, label }) => <VariableField path={path} label={label} />,
  duration: ({ path, label }) => <DurationText path={path} label={label} />,
  count: ({ path, label }) => <LineField path={path} label={label} numbers dir="ltr" />,
  share: ({ path, label }) => <LineField path={path} label={label} numbers dir="ltr" />,
  switch: ({ path, label }) => <SwitchField path={path} label={label} />,
  place: (props) => <OwnPlace {...props} />,
  choice: (props) => <OwnChoice {...props} />,
};

function OwnWords({ path, label }: ShapeProps) {
  return <WordsField path={path} label={label} description={useI18n().t('script.oneALine')} />;
}

function OwnPlace({ spec, path, label }: ShapeProps) {
  const { t } = useI18n();
  const { known } = useEditor();
  return (
    spec.shape === 'place' && (
      <ChoiceField
        path={path}
        label={label}
        choices={known[spec.place]}
        none={spec.optional && t(`script.none_${spec.place}`)}
      />
    )
  );
}

function OwnChoice({ spec, path, label }: ShapeProps) {
  const { t } = useI18n();
  return (
    spec.shape === 'choice' && (
      <ChoiceField
        path={path}
        label={label}
        none={spec.optional && t('script.usual')}
        choices={spec.choices.map((value) => ({ value, label: t(`script.choice_${value}` as 'script.choice_text') }))}
      />
    )
  );
}

const unbounded: readonly unknown[] = ['yes_no', 'email', 'phone', 'national_id_ir'];
const patterned: readonly unknown[] = ['text', 'digits', 'order_no'];

/** Some fields mean something only beside another; what is written is shown all the same. */
const shownBeside: Partial<Record<FieldName, (node: Mapping) => boolean>> = {
  ref: (node) => node['source'] === 'http',
  currency: (node) => node['type'] === 'money' || 'currency' in node,
  pattern: (node) => patterned.includes(node['type']) || 'pattern' in node,
  min: (node) => !unbounded.includes(node['type']) || 'min' in node,
  max: (node) => !unbounded.includes(node['type']) || 'max' in node,
};
