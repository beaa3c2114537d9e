import { Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { MacroView } from '#contract';
import { kept, keptKeys, type MacroDraft } from '../../../api/kept.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { ActionsEditor } from './actions-editor.js';
import { KeptEnd } from './kept-end.js';
import { OwnerSwitch, QueueScope } from './scope-fields.js';
import { useKeptSave } from './use-kept-save.js';

interface Props {
  macro: MacroView | null;
  overseesAll: boolean;
  onDone: () => void;
}

type Draft = MacroDraft & { personal: boolean };

export function MacroForm({ macro, overseesAll, onDone }: Props) {
  const { t } = useI18n();
  const [draft, setDraft] = useState<Draft>(() => draftOf(macro, !overseesAll));
  const change = (part: Partial<Draft>) => setDraft((known) => ({ ...known, ...part }));
  const keeping = useKeptSave({
    listKey: keptKeys.macros,
    save: ({ personal, ...wish }: Draft) =>
      macro ? kept.changeMacro(macro.id, { ...wish, version: macro.version }) : kept.addMacro({ ...wish, personal }),
    remove: () => kept.removeMacro(macro?.id ?? ''),
    sure: t('kept.removeMacroSure', { name: draft.name }),
    done: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keeping.save({ ...draft, name: draft.name.trim() });
  };
  return (
    <form onSubmit={submit}>
      <Stack maw={640}>
        <TextInput
          label={t('kept.macroName')}
          required
          maxLength={120}
          dir="auto"
          value={draft.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <ActionsEditor
          actions={draft.actions}
          broken={macro?.broken ?? []}
          onChange={(actions) => change({ actions })}
        />
        <QueueScope chosen={draft.queueIds} onChange={(queueIds) => change({ queueIds })} />
        {!macro && (
          <OwnerSwitch personal={draft.personal} isFixed={!overseesAll} onChange={(personal) => change({ personal })} />
        )}
        <KeptEnd
          error={keeping.error}
          isSaving={keeping.isSaving}
          isRemoving={keeping.isRemoving}
          onRemove={macro && keeping.remove}
          onCancel={onDone}
        />
      </Stack>
    </form>
  );
}

function draftOf(macro: MacroView | null, personal: boolean): Draft {
  return macro
    ? { name: macro.name, queueIds: macro.queueIds, actions: macro.actions, personal: macro.personal }
    : { name: '', queueIds: [], actions: [], personal };
}
