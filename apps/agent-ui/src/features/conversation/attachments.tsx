import type { AttachmentView } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconFile } from '../../ui/icons.js';
import './attachments.css';

interface Props {
  attachments: readonly AttachmentView[];
  /** Its messenger does not hand out a file of this size. */
  isTooLarge?: boolean;
}

/** Files that came or went with a message. Pictures show, in a box that is there before they are. */
export function Attachments({ attachments, ...how }: Props) {
  if (attachments.length === 0) {
    return null;
  }
  return (
    <div className="attachments">
      {attachments.map((attachment) => (
        <Attachment key={attachment.id} attachment={attachment} {...how} />
      ))}
    </div>
  );
}

const shown = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

interface OneProps extends Omit<Props, 'attachments'> {
  attachment: AttachmentView;
}

function Attachment({ attachment, isTooLarge }: OneProps) {
  const { t, format } = useI18n();
  const { name, state, url, mediaType, bytes } = attachment;
  if (state !== 'stored') {
    return (
      <span className="attachment">
        <IconFile size={18} aria-hidden />
        <bdi className="one-line">{name}</bdi>
        <span className="attachment-size">{t(`attachment.${isTooLarge ? 'tooLarge' : state}`)}</span>
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
  if (mediaType.startsWith('audio/')) {
    return (
      // oxlint-disable-next-line jsx-a11y/media-has-caption -- what somebody said comes without captions
      <audio
        className="attachment-voice"
        controls
        preload="none"
        src={url}
        aria-label={t('attachment.voice', { name })}
        dir="ltr"
      />
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
