import { CloseButton } from '@mantine/core';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconFile } from '../../ui/icons.js';
import type { Composing } from './use-composer.js';

/** Files that go along, and those still on their way up. */
export function ComposerFiles({ composing: { draft, change, uploads, fileProblem } }: { composing: Composing }) {
  const { t, format } = useI18n();
  if (draft.attachments.length + uploads.uploading.length === 0) {
    return null;
  }
  return (
    <>
      <ul className="composer-files">
        {draft.attachments.map(({ id, name, bytes }) => (
          <li key={id} className="attachment">
            <IconFile size={16} aria-hidden />
            <bdi className="one-line">{name}</bdi>
            <span className="attachment-size">{format.bytes(bytes)}</span>
            <CloseButton
              size="sm"
              aria-label={t('composer.removeFile', { name })}
              onClick={() => change({ attachments: draft.attachments.filter((one) => one.id !== id) })}
            />
          </li>
        ))}
        {uploads.uploading.map(({ id, name, share, cancel }) => (
          <li key={id} className="attachment" data-uploading>
            <bdi className="one-line">{name}</bdi>
            <progress value={share} aria-label={t('composer.uploading', { name, percent: Math.round(share * 100) })} />
            <CloseButton size="sm" aria-label={t('composer.removeFile', { name })} onClick={cancel} />
          </li>
        ))}
      </ul>
      <output className="composer-hint" data-tone="bad">
        {fileProblem &&
          t(`composer.files_${fileProblem.kind}`, {
            name: fileProblem.name,
            size: format.bytes(fileProblem.most),
            count: fileProblem.most,
          })}
      </output>
    </>
  );
}
