import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Formats } from './formats.js';
import { Icon } from './icons.js';
import type { Line } from './timeline.js';
import type { Words } from './words.js';

/** Where a visitor's files are, and what opens them. */
export interface FileAccess {
  hub: string;
  channel: string;
  token: () => string | null;
}

interface Props {
  file: Line['attachments'][number];
  access: FileAccess;
  words: Words;
  formats: Formats;
}

/** A file of a message. It is fetched with the visitor's token in a header, so no address ever opens it by itself. */
export function AttachmentLink({ file, access, words, formats }: Props): JSX.Element {
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const size = formats.bytes(file.bytes);
  if (file.url === '') {
    return (
      <span class="file">
        <Icon name="file" />
        <bdi class="file-name">{file.name}</bdi>
        <small>{size}</small>
      </span>
    );
  }
  const download = (): void => {
    setState('busy');
    saveFile(file, access).then(
      () => setState('idle'),
      () => setState('failed'),
    );
  };
  return (
    <button type="button" class="file" aria-busy={state === 'busy'} onClick={download}>
      <span class="unseen">{words.download} </span>
      <Icon name="file" />
      <bdi class="file-name">{file.name}</bdi>
      <small>{state === 'failed' ? words.fileFailed : size}</small>
    </button>
  );
}

/** Fetches something of the visitor's and gives it to the browser to keep. */
export async function saveFile(
  { name, url }: { name: string; url: string },
  { hub, token }: FileAccess,
): Promise<void> {
  const response = await fetch(new URL(url, hub), {
    credentials: 'omit',
    headers: { authorization: `Bearer ${token() ?? ''}` },
  });
  if (!response.ok) {
    throw new Error(`The hub answered ${String(response.status)}`);
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
