import { Button, CloseButton, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconPlus } from '../../../ui/icons.js';
import {
  conditionOps,
  flatten,
  unflatten,
  type ConditionOp,
  type ConditionRow,
  type FlatCondition,
} from '../document/condition.js';
import type { Path } from '../document/script-words.js';
import { PlaceProblems } from './place-problems.js';
import { SnippetField } from './snippet-field.js';
import { usePlace } from './written-fields.js';

/** Tests of variables, all or any of which have to hold; what is deeper is edited as text. */
export function ConditionField({ path, label }: { path: Path; label: string }) {
  const { t } = useI18n();
  const { value, readOnly, put } = usePlace(path);
  const flat = flatten(value);
  if (!flat) {
    return <SnippetField path={path} label={label} />;
  }
  const change = (next: FlatCondition, place: string | null = null) => put(unflatten(next), place);
  const putRow = (at: number, row: ConditionRow) =>
    change({ ...flat, rows: flat.rows.with(at, row) }, [...path, at].join('.'));
  return (
    <fieldset className="script-condition" disabled={readOnly}>
      <legend>{label}</legend>
      <PlaceProblems path={path} />
      {flat.rows.length > 1 && (
        <NativeSelect
          aria-label={t('script.howMany')}
          value={flat.kind}
          onChange={(event) => change({ ...flat, kind: event.currentTarget.value as FlatCondition['kind'] })}
          data={(['all', 'any'] as const).map((kind) => ({ value: kind, label: t(`script.holds_${kind}`) }))}
        />
      )}
      {flat.rows.map((row, at) => (
        <Row
          // oxlint-disable-next-line react/no-array-index-key -- Tests have no names.
          key={at}
          row={row}
          onChange={(next) => putRow(at, next)}
          onRemove={() => change({ ...flat, rows: flat.rows.toSpliced(at, 1) })}
        />
      ))}
      <Button
        size="xs"
        variant="subtle"
        leftSection={<IconPlus size={15} />}
        onClick={() => change({ ...flat, rows: [...flat.rows, { var: 'answer', op: 'eq', value: '' }] })}
      >
        {t('script.addTest')}
      </Button>
    </fieldset>
  );
}

interface RowProps {
  row: ConditionRow;
  onChange: (row: ConditionRow) => void;
  onRemove: () => void;
}

function Row({ row, onChange, onRemove }: RowProps) {
  const { t } = useI18n();
  return (
    <div className="script-test">
      <TextInput
        aria-label={t('script.variable')}
        dir="ltr"
        value={row.var}
        onChange={(event) => onChange({ ...row, var: event.currentTarget.value.trim() })}
      />
      <NativeSelect
        aria-label={t('script.comparison')}
        value={row.op}
        onChange={(event) => onChange({ ...row, op: event.currentTarget.value as ConditionOp })}
        data={conditionOps.map((value) => ({ value, label: t(`script.op_${value}`) }))}
      />
      <Value row={row} onChange={onChange} />
      <CloseButton aria-label={t('script.removeTest')} onClick={onRemove} />
    </div>
  );
}

function Value({ row, onChange }: Omit<RowProps, 'onRemove'>) {
  const { t } = useI18n();
  const [typed, setTyped] = useState<string | null>(null);
  if (row.op === 'exists') {
    return (
      <NativeSelect
        aria-label={t('script.value')}
        value={row.value === 'false' ? 'false' : 'true'}
        onChange={(event) => onChange({ ...row, value: event.currentTarget.value })}
        data={(['true', 'false'] as const).map((value) => ({ value, label: t(`script.yes_${value}`) }))}
      />
    );
  }
  if (row.op === 'in') {
    return (
      <Textarea
        aria-label={t('script.valueLines')}
        placeholder={t('script.oneALine')}
        autosize
        minRows={2}
        value={typed ?? row.value}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          onChange({ ...row, value: event.currentTarget.value });
        }}
        onBlur={() => setTyped(null)}
      />
    );
  }
  return (
    <TextInput
      aria-label={t('script.value')}
      dir={row.value ? 'auto' : undefined}
      value={row.value}
      onChange={(event) => onChange({ ...row, value: event.currentTarget.value })}
    />
  );
}
