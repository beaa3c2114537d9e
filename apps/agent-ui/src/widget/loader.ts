import { chatFile } from 'virtual:chat-file';
import { addStyles } from './add-styles.js';
import { createLauncher, labelLauncher } from './launcher.js';
import launcherCss from './launcher.css?inline';
import { chooseLocale, directionOf, type Locale } from './locale.js';
import type { Chat, ChatModule, HeardMessage, PeykChat } from './peyk-chat.js';
import { forgetChannel, storageKeys, tryStorage } from './storage-keys.js';

/** Puts the launcher on the page. The chat itself is loaded by the first click, or at once for a visitor who has talked before. */
function embed(script: HTMLScriptElement): void {
  const { channel: named, locale: wished, page } = script.dataset;
  const hub = new URL(script.src).origin;
  const place = page === undefined ? 'corner' : 'page';
  const channel = named ?? decodeURIComponent(location.pathname.split('/').pop() ?? '');
  const host = document.createElement('peyk-chat');
  const root = host.attachShadow({ mode: 'open' });
  const launcher = createLauncher();
  const listeners = new Set<(message: HeardMessage) => void>();
  let locale = chooseLocale([wished, document.documentElement.lang, ...navigator.languages]);
  let chat: Chat | null = null;
  let loading: Promise<Chat | null> | null = null;
  let isGone = false;

  function speak(wanted: Locale): void {
    locale = wanted;
    launcher.lang = locale;
    launcher.dir = directionOf(locale);
    labelLauncher(launcher, locale);
    chat?.setLocale(locale);
  }

  async function load(): Promise<Chat | null> {
    launcher.setAttribute('aria-busy', 'true');
    try {
      const module = (await import(/* @vite-ignore */ `${hub}/${chatFile}`)) as ChatModule;
      const hear = (message: HeardMessage): void => listeners.forEach((listener) => listener(message));
      chat = isGone ? null : module.startChat({ hub, channel, locale, place, root, launcher, hear });
    } catch {
      loading = null;
      labelLauncher(launcher, locale, 'failed');
    }
    launcher.removeAttribute('aria-busy');
    return chat;
  }

  /** Loads the chat once; a load that failed may be tried again. */
  function ready(): Promise<Chat | null> {
    loading ??= load();
    return loading;
  }

  const api: PeykChat = {
    open: () => void ready().then((loaded) => loaded?.open()),
    close: () => chat?.close(),
    setLocale: (wanted) => speak(chooseLocale([wanted])),
    shutdown() {
      isGone = true;
      chat?.shutdown();
      keeper.disconnect();
      host.remove();
      forgetChannel(channel);
      delete window.PeykChat;
    },
    on(_event, listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  // A page that swaps its whole body, as some routers do, would lose the chat.
  const keeper = new MutationObserver(() => {
    if (!host.isConnected) {
      document.body?.append(host);
    }
  });

  addStyles(root, launcherCss);
  host.setAttribute('place', place);
  root.append(launcher);
  speak(locale);
  launcher.addEventListener('click', () => (chat ? chat.toggle() : api.open()));
  keeper.observe(document.documentElement, { childList: true });
  document.body?.append(host);
  window.PeykChat = api;
  window.dispatchEvent(new Event('peyk-chat:ready'));

  if (place === 'page') {
    api.open();
  } else if (tryStorage(() => localStorage.getItem(storageKeys(channel).visitor))) {
    void ready();
  }
}

const script = document.currentScript ?? document.querySelector('script[data-channel][src*="/widget.js"]');
if (script instanceof HTMLScriptElement && !window.PeykChat) {
  embed(script);
}
