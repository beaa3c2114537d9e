import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ChatState } from './chat-state.js';
import type { ChatStore } from './chat-store.js';
import type { FileAccess } from './attachment-link.js';
import { Composer } from './composer.js';
import { Icon } from './icons.js';
import { directionOf } from './locale.js';
import { MessageLog } from './message-log.js';
import { PartScreen, type View } from './part-screen.js';
import type { Shell } from './peyk-chat.js';
import { StandingStrip } from './standing-strip.js';
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
  const [chosen, setView] = useState<View>('chat');
  const view = viewOf(state, chosen);
  const access: FileAccess = useMemo(
    () => ({ hub: shell.hub, channel: shell.channel, token: () => store.token }),
    [shell, store],
  );
  const go = (next: View): void => {
    setView(next);
    if (next === 'chat' && !isPhone) {
      requestAnimationFrame(() => box.current?.focus());
    }
  };
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
      <Head
        name={store.name}
        words={words}
        isMenu={view === 'menu'}
        toggleMenu={hasMore(state) || view === 'menu' ? () => go(view === 'menu' ? 'chat' : 'menu') : null}
        close={shell.place === 'corner' ? close : null}
      />
      <LinkStrip link={state.link} words={words} />
      {view === 'chat' ? (
        <>
          <MessageLog store={store} state={state} words={words} formats={formats} access={access} />
          <StandingStrip state={state} formats={formats} go={setView} />
          <Composer store={store} state={state} words={words} formats={formats} access={access} box={box} />
        </>
      ) : (
        <PartScreen
          key={view}
          view={view}
          store={store}
          state={state}
          words={words}
          access={access}
          takesFocus={!isPhone && takesFocus()}
          go={go}
        />
      )}
    </dialog>
  );
}

interface HeadProps {
  name: string;
  words: Words;
  isMenu: boolean;
  /** Null where there is nothing more to offer. */
  toggleMenu: (() => void) | null;
  /** Null where the chat is the whole page. */
  close: (() => void) | null;
}

function Head({ name, words, isMenu, toggleMenu, close }: HeadProps): JSX.Element {
  return (
    <header>
      <div class="titles">
        <h2 id="peyk-title">
          <bdi>{name || words.title}</bdi>
        </h2>
        <p>{words.subtitle}</p>
      </div>
      {toggleMenu && (
        <button
          type="button"
          class="close"
          aria-label={words.more}
          title={words.more}
          aria-expanded={isMenu}
          onClick={toggleMenu}
        >
          <Icon name="more" />
        </button>
      )}
      {close && (
        <button type="button" class="close" aria-label={words.close} title={words.close} onClick={close}>
          <Icon name="close" />
        </button>
      )}
    </header>
  );
}

/** What is asked first comes before everything else, while nothing has been said. */
function viewOf({ standing, timeline }: ChatState, chosen: View): View {
  const isSilent = timeline.messages.length === 0 && timeline.waiting.length === 0;
  return (chosen === 'chat' || chosen === 'away') && standing?.form && isSilent ? 'before' : chosen;
}

function hasMore({ standing, timeline }: ChatState): boolean {
  return timeline.messages.length > 0 || (standing !== null && standing.ways.length > 0);
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
    const read = (): void => {
      setIsInFront(!document.hidden);
      if (!document.hidden) {
        store.wake();
      }
    };
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [store]);
  useEffect(() => {
    if (state.isOpen && isInFront) {
      store.looked();
    }
  }, [store, state.isOpen, state.timeline, state.link, isInFront]);
}
