import { Button, CloseButton, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconPlus } from '../../../ui/icons.js';
import { keepValue, setValue, takeOut } from '../document/edit-document.js';
import { isNodeId, mappingOf, valueAt, wordOf, type Path } from '../document/script-words.js';
import { useEditor } from './editor-context.js';
import { PlaceProblems } from './place-problems.js';

/** Names with a value each; a value is a template. */
export function ValuesField({ path, label }: { path: Path; label: string }) {
  const { t } = useI18n();
  const { script, edit } = useEditor();
  const [name, setName] = useState('');
  const entries = Object.entries(mappingOf(valueAt(script.root, path)));
  const isFree = isNodeId(name) && !entries.some(([key]) => key === name);
  const add = () => {
    if (isFree) {
      edit(setValue(path, { ...mappingOf(valueAt(script.root, path)), [name]: '' }));
      setName('');
    }
  };
  return (
    <fieldset className="form-part">
      <legend>{label}</legend>
      <PlaceProblems path={path} />
      {entries.map(([key, value]) => (
        <div key={key} className="script-value">
          <TextInput
            label={<bdi dir="ltr">{key}</bdi>}
            dir={wordOf(value) ? 'auto' : undefined}
            value={wordOf(value)}
            onChange={(event) => edit(keepValue([...path, key], event.currentTarget.value), [...path, key].join('.'))}
          />
          <CloseButton
            aria-label={t('script.removeEntry', { name: key })}
            onClick={() => edit(takeOut([...path, key]))}
          />
        </div>
      ))}
      <div className="script-value">
        <TextInput
          aria-label={t('script.newValue')}
          placeholder={t('script.newValue')}
          dir={name ? 'ltr' : undefined}
          maxLength={48}
          value={name}
          onChange={(event) => setName(event.currentTarget.value.trim())}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault();
              add();
            }
          }}
        />
        <Button size="xs" variant="light" leftSection={<IconPlus size={15} />} disabled={!isFree} onClick={add}>
          {t('common.add')}
        </Button>
      </div>
    </fieldset>
  );
}
