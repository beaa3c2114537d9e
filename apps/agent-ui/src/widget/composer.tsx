import type { JSX, RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import type { ChatStore } from './chat-store.js';
import { Icon } from './icons.js';
import type { Words } from './words.js';

interface Props {
  store: ChatStore;
  words: Words;
  isOff: boolean;
  box: RefObject<HTMLTextAreaElement | null>;
}

const mostLetters = 10_000;
const mostHeightPx = 132;

/** Where the visitor writes. Enter sends, Shift and Enter begins a line; an input method's own Enter does neither. */
export function Composer({ store, words, isOff, box }: Props): JSX.Element {
  const [text, setText] = useState('');

  useLayoutEffect(() => fitHeight(box.current), [text, box]);

  const send = (): void => {
    if (text.trim() !== '' && !isOff) {
      store.write(text.trim());
      setText('');
      box.current?.focus();
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    }
  };
  const onInput = ({ currentTarget: { value } }: { currentTarget: HTMLTextAreaElement }): void => {
    setText(value);
    if (value.trim() !== '') {
      store.keystroke();
    }
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={box}
        rows={1}
        value={text}
        dir={text ? 'auto' : undefined}
        maxLength={mostLetters}
        placeholder={words.write}
        aria-label={words.write}
        enterkeyhint="send"
        disabled={isOff}
        onInput={onInput}
        onKeyDown={onKeyDown}
      />
      <button type="submit" class="send" aria-label={words.send} disabled={isOff || text.trim() === ''}>
        <Icon name="send" />
      </button>
    </form>
  );
}

/** As high as what is written, up to a few lines. */
function fitHeight(area: HTMLTextAreaElement | null): void {
  if (area) {
    area.style.height = 'auto';
    area.style.height = `${String(Math.min(area.scrollHeight, mostHeightPx))}px`;
  }
}
