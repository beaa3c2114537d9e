import type { AttachmentView } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconFile } from '../../ui/icons.js';
import './attachments.css';

/** Files that came or went with a message. Pictures show, in a box that is there before they are. */
export function Attachments({ attachments }: { attachments: readonly AttachmentView[] }) {
  if (attachments.length === 0) {
    return null;
  }
  return (
    <div className="attachments">
      {attachments.map((attachment) => (
        <Attachment key={attachment.id} attachment={attachment} />
      ))}
    </div>
  );
}

const shown = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

function Attachment({ attachment }: { attachment: AttachmentView }) {
  const { t, format } = useI18n();
  const { name, state, url, mediaType, bytes } = attachment;
  if (state !== 'stored') {
    return (
      <span className="attachment">
        <IconFile size={18} aria-hidden />
        <bdi className="one-line">{name}</bdi>
        <span className="attachment-size">{t(`attachment.${state}`)}</span>
      </span>
    );
  }
  if (shown.includes(mediaType)) {
    return (
      <a className="attachment-picture" href={url} target="_blank" rel="noopener noreferrer">
        <img src={url} alt={t('attachment.image', { name })} loading="lazy" />
      </a>
    );
  }
  const size = format.bytes(bytes);
  return (
    <a className="attachment" href={url} download={name} title={t('attachment.download')}>
      <IconFile size={18} aria-hidden />
      <bdi className="one-line">{name}</bdi>
      <span className="attachment-size">{size}</span>
    </a>
  );
}
