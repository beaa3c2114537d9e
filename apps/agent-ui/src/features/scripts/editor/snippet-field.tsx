import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { parseDocument, stringify } from 'yaml';
import { useI18n } from '../../../i18n/use-i18n.js';
import { setValue } from '../document/edit-document.js';
import { valueAt, type Path } from '../document/script-words.js';
import { useEditor } from './editor-context.js';

/** A part of the script as text, for what no form shows. It is taken when it can be read. */
export function SnippetField({ path, label }: { path: Path; label: string }) {
  const { t } = useI18n();
  const { script, edit, mayEdit } = useEditor();
  const value = valueAt(script.root, path);
  const stored = value === undefined ? '' : stringify(value, { lineWidth: 0 });
  const [typed, setTyped] = useState<string | null>(null);
  const document = typed === null ? null : parseDocument(typed);
  const problem = document?.errors[0];
  const take = () => {
    if (document && !problem) {
      edit(setValue(path, document.toJS()));
      setTyped(null);
    }
  };
  return (
    <>
      <Textarea
        label={label}
        className="script-code"
        dir="ltr"
        spellCheck={false}
        autosize
        minRows={3}
        maxRows={24}
        readOnly={!mayEdit}
        error={problem?.message.split('\n', 1)[0]}
        value={typed ?? stored}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {typed !== null && (
        <Button size="xs" mt={6} disabled={problem !== undefined} onClick={take}>
          {t('script.take')}
        </Button>
      )}
    </>
  );
}
