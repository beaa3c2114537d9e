import { render } from 'preact';
import { addStyles } from './add-styles.js';
import { ChatStore } from './chat-store.js';
import { createFormats } from './formats.js';
import { Panel } from './panel.js';
import { directionOf } from './locale.js';
import panelCss from './panel.css?inline';
import type { Chat, Shell } from './peyk-chat.js';
import { VisitorMemory } from './visitor-memory.js';
import { wordsOf } from './words.js';

/** Begins the chat inside what the loader has put on the page. */
export function startChat(shell: Shell): Chat {
  const { root, launcher } = shell;
  const memory = new VisitorMemory(shell.channel);
  const store = new ChatStore(shell, memory, (message) => shell.hear(message));
  const place = document.createElement('div');
  let takesFocus = false;

  function show(isOpen: boolean): void {
    takesFocus = isOpen;
    const hadFocus = root.activeElement !== null;
    launcher.setAttribute('aria-expanded', String(isOpen));
    store.open(isOpen);
    if (!isOpen && hadFocus) {
      launcher.focus();
    }
  }

  function close(): void {
    if (store.state.isOpen && shell.place === 'corner') {
      show(false);
    }
  }

  addStyles(root, panelCss);
  // What is typed here is not for the host page's own keys: to it, every event comes from one unknown element.
  for (const name of ['keydown', 'keyup', 'keypress'] as const) {
    root.addEventListener(name, (event) => event.stopPropagation());
  }
  const stopBadge = followUnread(store, launcher);
  root.append(place);
  render(<Panel store={store} shell={shell} takesFocus={() => takesFocus} close={close} />, place);
  const stopTitle = shell.place === 'page' ? nameThePage(store) : null;
  if (memory.wasOpen && !matchMedia('(max-width: 480px)').matches) {
    show(true);
    takesFocus = false;
  }

  return {
    open: () => show(true),
    close,
    toggle: () => show(!store.state.isOpen),
    setLocale: (locale) => store.speak(locale),
    shutdown() {
      stopBadge();
      stopTitle?.();
      store.close();
      render(null, place);
    },
  };
}

/** Keeps the number of unread messages on the launcher, for eyes and for screen readers. */
function followUnread(store: ChatStore, launcher: HTMLButtonElement): () => void {
  const badge = document.createElement('span');
  badge.className = 'badge';
  badge.setAttribute('aria-hidden', 'true');
  launcher.append(badge);
  const draw = (): void => {
    const { unread, isOpen, locale } = store.state;
    const words = wordsOf(locale);
    const isShown = unread > 0 && !isOpen;
    const count = createFormats(locale).number(unread);
    badge.textContent = isShown ? count : '';
    launcher.title = isShown ? words.unread(count) : words.launcher;
    launcher.setAttribute('aria-label', launcher.title);
  };
  draw();
  return store.watch(draw);
}

/** Where the chat is the whole page, the page has its language and its name. */
function nameThePage(store: ChatStore): () => void {
  const draw = (): void => {
    const { locale } = store.state;
    document.documentElement.lang = locale;
    document.documentElement.dir = directionOf(locale);
    document.title = store.name || wordsOf(locale).title;
  };
  draw();
  return store.watch(draw);
}
