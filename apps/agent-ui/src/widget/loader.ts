import { chatFile } from 'virtual:chat-file';
import { addStyles } from './add-styles.js';
import { createLauncher, labelLauncher } from './launcher.js';
import launcherCss from './launcher.css?inline';
import { chooseLocale, directionOf, type Locale } from './locale.js';
import type { Chat, ChatModule, PeykChat, Shell } from './peyk-chat.js';
import { forgetChannel, tryStorage, visitorKey } from './storage-keys.js';

// There is one loader on a page, so what it holds is held by the file: every byte of it is carried by other people's pages.
const events = new EventTarget();
let shell: Shell;
let chat: Chat | null = null;
let loading: Promise<void> | null = null;

/** Puts the launcher on the page. The chat itself is loaded by the first click, or at once for a visitor who has talked before. */
function embed(script: HTMLScriptElement): void {
  shell = createShell(script);
  const takeOff = keepOnPage(shell.root.host);
  window.PeykChat = {
    open,
    toggle,
    reset,
    on,
    close: () => chat?.close(),
    setLocale(wanted) {
      speak(chooseLocale([wanted]));
      chat?.setLocale(shell.locale);
    },
    identify(word) {
      shell.word = word;
      chat?.identify();
    },
    shutdown() {
      reset();
      takeOff();
      delete window.PeykChat;
    },
  };
  window.dispatchEvent(new Event('peyk-chat:ready'));
  shell.launcher.addEventListener('click', toggle);

  if (shell.place === 'page') {
    open();
  } else if (tryStorage(() => localStorage.getItem(visitorKey(shell.channel)))) {
    loading = load();
  }
}

function open(): void {
  loading ??= load();
  void loading.then(() => chat?.open());
}

function toggle(): void {
  if (chat) {
    chat.toggle();
  } else {
    open();
  }
}

async function load(): Promise<void> {
  const { launcher, hub } = shell;
  launcher.setAttribute('aria-busy', 'true');
  try {
    const module = (await import(/* @vite-ignore */ `${hub}/${chatFile}`)) as ChatModule;
    // It may have been told to end meanwhile.
    if (loading && !chat) {
      chat = module.startChat(shell);
    }
  } catch {
    loading = null;
    labelLauncher(launcher, shell.locale, 'failed');
  }
  launcher.removeAttribute('aria-busy');
}

function end(how: 'leave' | 'shutdown'): void {
  chat?.[how]();
  chat = loading = null;
  shell.word = shell.firstWord;
}

function reset(): void {
  end('shutdown');
  forgetChannel(shell.channel);
}

const on: PeykChat['on'] = (event, listener) => {
  const hear = ({ detail }: CustomEventInit): void => listener(detail as never);
  events.addEventListener(event, hear);
  return () => events.removeEventListener(event, hear);
};

function createShell({ dataset, src }: HTMLScriptElement): Shell {
  const host = document.createElement('peyk-chat');
  const launcher = createLauncher();
  const root = host.attachShadow({ mode: 'open' });
  const { channel, color, identity, locale, page, side } = dataset;
  const place = page === undefined ? 'corner' : 'page';
  const firstWord = identity ? new URL(identity, location.href) : undefined;
  launcher.dataset['side'] = side;
  launcher.hidden = 'hidden' in dataset || place === 'page';
  if (color) {
    launcher.style.setProperty('--peyk', color);
  }
  addStyles(root, launcherCss);
  root.append(launcher);
  shell = {
    hub: new URL(src).origin,
    channel: channel ?? decodeURIComponent(location.pathname.split('/').pop() ?? ''),
    locale: 'en',
    place,
    root,
    launcher,
    firstWord,
    word: firstWord,
    tell: (name, detail) => void events.dispatchEvent(new CustomEvent(name, { detail })),
    end: () => end('leave'),
  };
  speak(chooseLocale([locale, document.documentElement.lang, ...navigator.languages]));
  return shell;
}

function speak(locale: Locale): void {
  const { launcher } = shell;
  shell.locale = locale;
  launcher.lang = locale;
  launcher.dir = directionOf(locale);
  labelLauncher(launcher, locale);
}

/** Puts the widget into the body as soon as there is one, and again when the page swaps its whole body, as some routers do. */
function keepOnPage(host: Element): () => void {
  const place = (): void => {
    if (!host.isConnected) {
      document.body?.append(host);
    }
  };
  const keeper = new MutationObserver(place);
  keeper.observe(document.documentElement, { childList: true });
  place();
  return () => {
    keeper.disconnect();
    host.remove();
  };
}

const script = document.currentScript as HTMLScriptElement | null;
if (script && !window.PeykChat) {
  embed(script);
}
