import type { JSX } from 'preact';
import { AttachmentLink, type FileAccess } from './attachment-link.js';
import type { Formats } from './formats.js';
import { Icon, type IconName } from './icons.js';
import type { Laid } from './lay-log.js';
import { splitAddresses } from './split-addresses.js';
import type { Line, Mark } from './timeline.js';
import type { Words } from './words.js';

interface Props extends Laid {
  words: Words;
  formats: Formats;
  access: FileAccess;
  retry: (id: string) => void;
}

const icons: Record<Exclude<Mark, 'failed'>, IconName> = {
  waiting: 'waiting',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
};

export function MessageLine({ line, day, opens, closes, words, formats, access, retry }: Props): JSX.Element {
  const author = authorOf(line, words);
  return (
    <>
      {day && <div class="day">{day}</div>}
      <div class="message" data-from={line.from} data-opens={opens} data-mark={line.mark}>
        {opens && author && line.from !== 'me' ? (
          <bdi class="author">{author}</bdi>
        ) : (
          author && <span class="unseen">{author}: </span>
        )}
        {line.body && (
          <div class="bubble" dir="auto">
            {splitAddresses(line.body).map((piece, index) =>
              piece.isAddress ? (
                <a key={index} href={piece.text} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
                  {piece.text}
                </a>
              ) : (
                piece.text
              ),
            )}
          </div>
        )}
        {line.attachments.map((file) => (
          <AttachmentLink key={file.url} file={file} access={access} words={words} formats={formats} />
        ))}
        {closes && line.mark !== 'failed' && (
          // Receipts come and go; the log need not read each of them out.
          <div class="meta" aria-live="off">
            <time dateTime={line.at}>{formats.time(line.at)}</time>
            {line.mark && (
              <span class="mark" data-mark={line.mark} title={words[line.mark]}>
                <Icon name={icons[line.mark]} />
                <span class="unseen">{words[line.mark]}</span>
              </span>
            )}
          </div>
        )}
        {line.mark === 'failed' && (
          <button type="button" class="retry" onClick={() => retry(line.key)}>
            {words.failed}
          </button>
        )}
      </div>
    </>
  );
}

function authorOf({ from, name }: Line, words: Words): string {
  switch (from) {
    case 'me':
      return words.you;
    case 'bot':
      return name || words.bot;
    case 'agent':
    case 'system':
      return name;
  }
}
