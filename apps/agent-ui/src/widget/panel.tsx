import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatState, ChatStore } from './chat-store.js';
import { Composer } from './composer.js';
import { Icon } from './icons.js';
import { directionOf } from './locale.js';
import { MessageLog } from './message-log.js';
import type { Shell } from './peyk-chat.js';
import { useChat, useLanguage, useLasting, useMedia } from './use-chat.js';
import { useVisibleArea } from './use-visible-area.js';
import type { Words } from './words.js';

interface Props {
  store: ChatStore;
  shell: Shell;
  /** The visitor just opened it: the cursor goes where they write. A chat that merely stayed open takes no focus. */
  takesFocus: () => boolean;
  close: () => void;
}

const phone = '(max-width: 480px)';
const quietMs = 2_000;

export function Panel({ store, shell, takesFocus, close }: Props): JSX.Element {
  const state = useChat(store);
  const { words, formats } = useLanguage(state.locale);
  const isPhone = useMedia(phone) && shell.place === 'corner';
  const dialog = useRef<HTMLDialogElement>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  useVisibleArea(dialog, isPhone && state.isOpen);
  useLooking(store, state);

  useLayoutEffect(() => {
    const panel = dialog.current;
    if (!panel) {
      return;
    }
    panel.close();
    if (state.isOpen && isPhone) {
      panel.showModal();
      panel.focus();
    } else if (state.isOpen) {
      // show() would move the focus; whether it moves is decided here.
      panel.toggleAttribute('open', true);
      if (takesFocus()) {
        box.current?.focus();
      }
    }
  }, [state.isOpen, isPhone, takesFocus]);

  return (
    <dialog
      ref={dialog}
      class="panel"
      lang={state.locale}
      dir={directionOf(state.locale)}
      data-place={shell.place}
      aria-labelledby="peyk-title"
      tabIndex={-1}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.isComposing && shell.place === 'corner') {
          event.preventDefault();
          close();
        }
      }}
    >
      <header>
        <div class="titles">
          <h2 id="peyk-title">
            <bdi>{store.name || words.title}</bdi>
          </h2>
          <p>{words.subtitle}</p>
        </div>
        {shell.place === 'corner' && (
          <button type="button" class="close" aria-label={words.close} title={words.close} onClick={close}>
            <Icon name="close" />
          </button>
        )}
      </header>
      <LinkStrip link={state.link} words={words} />
      <MessageLog
        store={store}
        state={state}
        words={words}
        formats={formats}
        access={{ hub: shell.hub, token: () => store.token }}
      />
      <Composer store={store} words={words} isOff={state.link === 'refused'} box={box} />
    </dialog>
  );
}

function LinkStrip({ link, words }: { link: ChatState['link']; words: Words }): JSX.Element {
  const isLate = useLasting(link === 'down' || link === 'connecting', quietMs);
  const said = link === 'refused' || (isLate && link !== 'up') ? words[link] : '';
  return <output class="strip">{said}</output>;
}

/** Tells the hub what the visitor had before their eyes: the chat open, its page in front. */
function useLooking(store: ChatStore, state: ChatState): void {
  const [isInFront, setIsInFront] = useState(!document.hidden);
  useEffect(() => {
    const read = (): void => setIsInFront(!document.hidden);
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, []);
  useEffect(() => {
    if (state.isOpen && isInFront) {
      store.looked();
    }
  }, [store, state.isOpen, state.timeline, state.link, isInFront]);
}
