import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Formats } from './formats.js';
import { Icon } from './icons.js';
import type { Line } from './timeline.js';
import { isolate, type Words } from './words.js';

export interface FileAccess {
  hub: string;
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
  const download = (): void => {
    setState('busy');
    save(file, access).then(
      () => setState('idle'),
      () => setState('failed'),
    );
  };
  return (
    <button
      type="button"
      class="file"
      aria-label={words.file(isolate(file.name), size)}
      aria-busy={state === 'busy'}
      onClick={download}
    >
      <Icon name="file" />
      <bdi class="file-name">{file.name}</bdi>
      <small>{state === 'failed' ? words.fileFailed : size}</small>
    </button>
  );
}

async function save({ name, url }: Props['file'], { hub, token }: FileAccess): Promise<void> {
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
