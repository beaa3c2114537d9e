import { Button, CloseButton } from '@mantine/core';
import { useRef } from 'react';
import type { CannedFileView } from '#contract';
import { kept } from '../../../api/kept.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconAttach } from '../../../ui/icons.js';
import { useAction } from '../../../ui/use-action.js';

interface Props {
  files: CannedFileView[];
  onAdd: (file: CannedFileView) => void;
  onRemove: (id: string) => void;
}

/** Files that go with the text, whoever uses it. */
export function CannedFiles({ files, onAdd, onRemove }: Props) {
  const { t, format } = useI18n();
  const picker = useRef<HTMLInputElement>(null);
  const upload = useAction(kept.uploadFile, onAdd);
  return (
    <fieldset className="form-part">
      <legend>{t('kept.files')}</legend>
      <ul className="replies-files">
        {files.map(({ id, name, bytes }) => (
          <li key={id}>
            <bdi className="one-line">{name}</bdi> <small>{format.bytes(bytes)}</small>
            <CloseButton size="sm" aria-label={t('composer.removeFile', { name })} onClick={() => onRemove(id)} />
          </li>
        ))}
      </ul>
      <input
        ref={picker}
        type="file"
        hidden
        aria-label={t('kept.files')}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = '';
          if (file) {
            upload.mutate(file);
          }
        }}
      />
      <Button
        variant="default"
        size="xs"
        leftSection={<IconAttach size={15} />}
        loading={upload.isPending}
        onClick={() => picker.current?.click()}
      >
        {t('composer.attach')}
      </Button>
    </fieldset>
  );
}
