import { Button, NativeSelect } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { ScriptFileView } from '#contract';
import { scriptKeys, scripts } from '../../../api/scripts.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useAction } from '../../../ui/use-action.js';
import { wordOf, type Path } from '../document/script-words.js';
import { ScriptFile, useScriptFiles } from '../script-file.js';
import { usePlace } from './written-fields.js';

const another = '+';

/** The picture or file that goes with a text: one of those there are, or one from this computer. */
export function MediaField({ path }: { path: Path }) {
  const { t } = useI18n();
  const { value, error, readOnly, put } = usePlace(path);
  const files = useScriptFiles();
  const picker = useRef<HTMLInputElement>(null);
  const { upload, remove } = useFileActs((name) => put(name, null));
  const name = wordOf(value);
  const chosen = files.find((file) => file.name === name);
  const isGone = name !== '' && chosen === undefined;
  return (
    <div className="script-media">
      <NativeSelect
        label={t('script.media')}
        description={t('script.mediaHint')}
        disabled={readOnly || upload.isPending}
        error={error}
        value={name}
        onChange={({ currentTarget }) =>
          currentTarget.value === another ? picker.current?.click() : put(currentTarget.value, null)
        }
        data={[
          { value: '', label: t('script.noMedia') },
          ...(isGone ? [{ value: name, label: name }] : []),
          ...files.map((file) => ({ value: file.name, label: file.name })),
          { value: another, label: t('script.newMedia') },
        ]}
      />
      <input
        ref={picker}
        type="file"
        hidden
        aria-label={t('script.newMedia')}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          currentTarget.value = '';
          if (file) {
            upload.mutate(file);
          }
        }}
      />
      {chosen && <ScriptFile name={name} />}
      {chosen && !chosen.isPinned && !readOnly && (
        <Button
          variant="subtle"
          color="red"
          size="compact-xs"
          loading={remove.isPending}
          onClick={() => remove.mutate(name)}
        >
          {t('script.removeMedia')}
        </Button>
      )}
    </div>
  );
}

/** A new file is named at once, one that was removed no more. Whatever is checked by names is checked anew. */
function useFileActs(write: (name: string) => void) {
  const client = useQueryClient();
  const done = (name: string) => {
    write(name);
    void client.invalidateQueries({ queryKey: scriptKeys.files });
    void client.invalidateQueries({ queryKey: scriptKeys.checks });
  };
  const upload = useAction(scripts.uploadFile, (file: ScriptFileView) => done(file.name));
  const remove = useAction(scripts.removeFile, () => done(''));
  return { upload, remove };
}
