import { ActionIcon, CloseButton } from '@mantine/core';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconAlert, IconFile, IconRefresh } from '../../ui/icons.js';
import type { FileProblem } from './file-limits.js';
import type { Composing } from './use-composer.js';
import type { Uploading } from './use-uploads.js';

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
        {uploads.uploading.map((one) => (
          <UploadingFile key={one.id} one={one} uploads={uploads} />
        ))}
      </ul>
      <output className="composer-hint" data-tone="bad">
        {fileProblem && <ProblemWords problem={fileProblem} />}
      </output>
    </>
  );
}

/** One that is on its way, or why it is not. */
function UploadingFile({ one, uploads }: { one: Uploading; uploads: Composing['uploads'] }) {
  const { t, format } = useI18n();
  const { file, share, problem } = one;
  return (
    <li className="attachment" data-uploading data-tone={problem === null ? undefined : 'bad'}>
      {problem === null ? <IconFile size={16} aria-hidden /> : <IconAlert size={16} aria-hidden />}
      <bdi className="one-line">{file.name}</bdi>
      {problem === null ? (
        <>
          <progress
            value={share}
            aria-label={t('composer.uploading', { name: file.name, percent: Math.round(share * 100) })}
          />
          <span className="attachment-size" aria-hidden>
            {format.bytes(file.size)}
          </span>
        </>
      ) : (
        <span role="alert">{typeof problem === 'string' ? problem : <ProblemWords problem={problem} />}</span>
      )}
      {problem !== null && (
        <ActionIcon
          size="md"
          aria-label={t('common.retry')}
          title={t('common.retry')}
          onClick={() => uploads.retry(one)}
        >
          <IconRefresh size={15} />
        </ActionIcon>
      )}
      <CloseButton
        size="sm"
        aria-label={t('composer.removeFile', { name: file.name })}
        onClick={() => uploads.cancel(one)}
      />
    </li>
  );
}

function ProblemWords({ problem: { kind, name, most } }: { problem: FileProblem }) {
  const { t, format } = useI18n();
  return t(`composer.files_${kind}`, { name, size: format.bytes(most), count: most });
}
