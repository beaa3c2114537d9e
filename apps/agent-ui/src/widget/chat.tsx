import { render } from 'preact';
import { addStyles } from './add-styles.js';
import { ChatStore } from './chat-store.js';
import { createFormats } from './formats.js';
import { Panel } from './panel.js';
import { directionOf } from './locale.js';
import { paint } from './paint.js';
import panelCss from './panel.css?inline';
import type { Chat, HeardMessage, Shell } from './peyk-chat.js';
import { callAttention, placeParts } from './use-parts.js';
import { VisitorMemory } from './visitor-memory.js';
import { wordsOf } from './words.js';

/** Begins the chat inside what the loader has put on the page. */
export function startChat(shell: Shell): Chat {
  const { root, launcher } = shell;
  const memory = new VisitorMemory(shell.channel);
  if (shell.still) {
    memory.become(shell.still.session);
  }
  const place = document.createElement('div');
  let takesFocus = false;
  let [store, stop] = begin();

  /** A store with its panel, and the way to end both. */
  function begin(): [ChatStore, () => void] {
    memory.word = shell.word;
    const begun = new ChatStore(shell, memory, {
      hear: (message) => hear(message, begun, shell),
      identity: (told) => shell.tell('identity', told),
      replaced: beginAnew,
      lost: (what) => (what === 'forgotten' ? shell.end() : followOther()),
    });
    const unwatch = [followUnread(begun, shell), followLooks(begun, [launcher, place], memory)];
    if (shell.place === 'page') {
      unwatch.push(nameThePage(begun));
    }
    render(<Panel store={begun} shell={shell} takesFocus={() => takesFocus} close={close} />, place);
    const end = (): void => {
      unwatch.forEach((one) => one());
      begun.close();
      render(null, place);
    };
    return [begun, end];
  }

  /** Somebody else is there: nothing of the one before stays, in memory or on the screen. */
  function beginAnew(): void {
    const { isOpen } = store.state;
    stop();
    [store, stop] = begin();
    store.open(isOpen);
  }

  /** In another tab somebody else signed in; what this page said of who is there is no longer so. */
  function followOther(): void {
    shell.word = undefined;
    memory.toldWord = undefined;
    beginAnew();
  }

  function show(isOpen: boolean): void {
    const wasOpen = store.state.isOpen;
    const hadFocus = root.activeElement !== null;
    takesFocus = isOpen;
    launcher.setAttribute('aria-expanded', String(isOpen));
    store.open(isOpen);
    if (isOpen !== wasOpen) {
      shell.tell(isOpen ? 'open' : 'close', undefined);
    }
    if (!isOpen && hadFocus) {
      launcher.focus();
    }
  }

  function close(): void {
    if (store.state.isOpen && shell.place === 'corner') {
      show(false);
    }
  }

  function leave(): void {
    launcher.setAttribute('aria-expanded', 'false');
    stop();
    place.remove();
  }

  addStyles(root, panelCss);
  placeParts(root);
  keepKeys(root);
  root.append(place);
  if (memory.wasOpen && !matchMedia('(max-width: 480px)').matches) {
    show(true);
    takesFocus = false;
  }

  return {
    open: () => show(true),
    close,
    toggle: () => show(!store.state.isOpen),
    setLocale: (locale) => store.speak(locale),
    identify() {
      memory.word = shell.word;
      store.identify();
    },
    leave() {
      leave();
      memory.leave();
    },
    shutdown() {
      leave();
      memory.forget();
    },
  };
}

/** What is typed here is not for the host page's own keys: to it, every event comes from one unknown element. */
function keepKeys(root: ShadowRoot): void {
  for (const name of ['keydown', 'keyup', 'keypress'] as const) {
    root.addEventListener(name, (event) => event.stopPropagation());
  }
}

/** The page is told; the visitor is called unless they have the chat before them. */
function hear(message: HeardMessage, store: ChatStore, shell: Shell): void {
  shell.tell('message', message);
  const unread = (): string => {
    const { unread: count, locale } = store.state;
    return count > 0 ? createFormats(locale).number(count) : '';
  };
  if (document.hidden || !store.state.isOpen) {
    callAttention(shell.channel, unread);
  }
}

/** Keeps the number of unread messages on the launcher, for eyes and for screen readers. */
function followUnread(store: ChatStore, shell: Shell): () => void {
  const { launcher } = shell;
  const badge = document.createElement('span');
  let told = 0;
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
    if (unread !== told) {
      told = unread;
      shell.tell('unread', unread);
    }
  };
  draw();
  const unwatch = store.watch(draw);
  return () => {
    unwatch();
    badge.remove();
  };
}

/** The channel's own colour and corner, as soon as they are known. */
function followLooks(store: ChatStore, painted: HTMLElement[], memory: VisitorMemory): () => void {
  const draw = (): void => {
    const { colour, side } = memory.session ?? {};
    if (colour && side) {
      painted.forEach((one) => {
        paint(one, colour);
        one.dataset['side'] = side;
      });
    }
  };
  draw();
  return store.watch(draw);
}

/** Where the chat is the whole page, the page has its language and its name. */
function nameThePage(store: ChatStore): () => void {
  let named = '';
  const draw = (): void => {
    const { locale } = store.state;
    const name = store.name || wordsOf(locale).title;
    document.documentElement.lang = locale;
    document.documentElement.dir = directionOf(locale);
    // Whatever else is written into the title, such as how much is unread, stays there.
    if (name !== named) {
      document.title = named = name;
    }
  };
  draw();
  return store.watch(draw);
}
