import type { JSX, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { FileAccess } from './attachment-link.js';
import type { ChatState } from './chat-state.js';
import type { ChatStore } from './chat-store.js';
import type { Formats } from './formats.js';
import { Icon } from './icons.js';
import { useTray } from './use-tray.js';
import type { Words } from './words.js';

interface Props {
  store: ChatStore;
  state: ChatState;
  words: Words;
  formats: Formats;
  access: FileAccess;
  box: RefObject<HTMLTextAreaElement | null>;
}

const mostLetters = 10_000;
const mostHeightPx = 132;

/**
 * Where the visitor writes. Enter sends, Shift and Enter begins a line; an input method's own Enter does neither. Files are chosen,
 * pasted, or dropped anywhere on the chat.
 */
export function Composer({ store, state, words, formats, access, box }: Props): JSX.Element {
  const [text, setWritten] = useState(store.draft);
  const setText = (next: string): void => {
    setWritten(next);
    store.keepDraft(next);
  };
  const limits = state.standing?.files ?? null;
  const { tray, FileChips, add } = useTray(limits, access);
  const isOff = state.link === 'refused';
  const ready = tray?.ready ?? [];
  const isEmpty = text.trim() === '' && ready.length === 0;

  useLayoutEffect(() => fitHeight(box.current), [text, box]);
  useDrop(box, add);

  const send = (): void => {
    if (!isEmpty && !isOff && !tray?.isBusy) {
      store.write(text.trim(), ready.length > 0 ? { files: ready } : {});
      tray?.clear();
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
  const onPaste = (event: ClipboardEvent): void => {
    if (event.clipboardData?.files.length && add(event.clipboardData.files)) {
      event.preventDefault();
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
      {tray && FileChips && (
        <FileChips tray={tray} locale={state.locale} formats={formats} maxBytes={limits?.maxBytes ?? 0} />
      )}
      <div class="composer-row">
        {limits && <Paperclip words={words} add={add} />}
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
          onPaste={onPaste}
        />
        <button type="submit" class="send" aria-label={words.send} disabled={isOff || isEmpty || tray?.isBusy === true}>
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}

function Paperclip({ words, add }: { words: Words; add: (files: Iterable<File>) => boolean }): JSX.Element {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          add([...(currentTarget.files ?? [])]);
          currentTarget.value = '';
        }}
      />
      <button
        type="button"
        class="tool"
        aria-label={words.attach}
        title={words.attach}
        onClick={() => picker.current?.click()}
      >
        <Icon name="attach" />
      </button>
    </>
  );
}

/** Takes files that are dropped anywhere on the panel which the box is in. */
function useDrop(box: RefObject<HTMLElement | null>, add: (files: Iterable<File>) => boolean): void {
  useEffect(() => {
    const panel = box.current?.closest('dialog');
    const show = (isOver: boolean) => (event: Event) => {
      event.preventDefault();
      panel?.toggleAttribute('data-drop', isOver);
    };
    const drop = (event: DragEvent): void => {
      show(false)(event);
      add([...(event.dataTransfer?.files ?? [])]);
    };
    const listeners = { dragover: show(true), dragleave: show(false), drop: drop as (event: Event) => void };
    Object.entries(listeners).forEach(([name, listen]) => panel?.addEventListener(name, listen));
    return () => Object.entries(listeners).forEach(([name, listen]) => panel?.removeEventListener(name, listen));
  }, [box, add]);
}

/** As high as what is written, up to a few lines. */
function fitHeight(area: HTMLTextAreaElement | null): void {
  if (area) {
    area.style.height = 'auto';
    area.style.height = `${String(Math.min(area.scrollHeight, mostHeightPx))}px`;
  }
}
