import type { JSX } from 'preact';
import type { Formats } from '../formats.js';
import { Icon } from '../icons.js';
import type { Locale } from '../locale.js';
import { isolate } from '../words.js';
import type { FileTray, TrayFile } from './file-tray.js';
import { partWordsOf, type PartWords } from './part-words.js';

interface Props {
  tray: FileTray;
  locale: Locale;
  formats: Formats;
  /** The most that a file may weigh, in bytes. */
  maxBytes: number;
}

/** The files of the message that is being written: how far each is, or what is wrong with it. */
export function FileChips({ tray, locale, formats, maxBytes }: Props): JSX.Element | null {
  const words = partWordsOf(locale);
  if (tray.list.length === 0) {
    return null;
  }
  return (
    <>
      <ul class="chips">
        {tray.list.map((file) => (
          <li key={file.key} class="chip" data-bad={file.problem !== null}>
            <Icon name="file" />
            <bdi class="file-name">{file.name}</bdi>
            <small>{stateOf(file, words, formats, maxBytes)}</small>
            {file.problem === null && file.sent === null && (
              <progress value={file.share} max={1} aria-label={words.uploading(isolate(file.name), '')} />
            )}
            {(file.problem === 'down' || file.problem === 'busy') && (
              <button type="button" class="link" onClick={() => tray.retry(file.key)}>
                {words.retry}
              </button>
            )}
            <button
              type="button"
              class="chip-off"
              aria-label={words.remove(isolate(file.name))}
              onClick={() => tray.remove(file.key)}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <output class="unseen">{tray.list.map((file) => spokenOf(file, words, formats, maxBytes)).join('; ')}</output>
    </>
  );
}

function stateOf(
  { bytes, share, problem, sent }: TrayFile,
  words: PartWords,
  formats: Formats,
  maxBytes: number,
): string {
  if (problem === null) {
    return sent ? formats.bytes(bytes) : formats.percent(share);
  }
  return problem === 'size' ? words.file_size(formats.bytes(maxBytes)) : words[`file_${problem}`];
}

/** What a screen reader is told once a file is up, or will not be; its progress is not read out. */
function spokenOf(file: TrayFile, words: PartWords, formats: Formats, maxBytes: number): string {
  if (file.problem !== null) {
    return `${isolate(file.name)}: ${stateOf(file, words, formats, maxBytes)}`;
  }
  return file.sent ? words.uploaded(isolate(file.name), formats.bytes(file.bytes)) : isolate(file.name);
}
