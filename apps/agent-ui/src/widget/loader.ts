import { chatFile } from 'virtual:chat-file';
import { addStyles } from './add-styles.js';
import { createLauncher, labelLauncher } from './launcher.js';
import launcherCss from './launcher.css?inline';
import { chooseLocale, directionOf, type Locale } from './locale.js';
import type { Chat, ChatModule, HeardMessage, PeykChat, Shell } from './peyk-chat.js';
import { forgetChannel, storageKeys, tryStorage } from './storage-keys.js';

/** Puts the launcher on the page. The chat itself is loaded by the first click, or at once for a visitor who has talked before. */
function embed(script: HTMLScriptElement): void {
  const listeners = new Set<(message: HeardMessage) => void>();
  const shell = createShell(script, (message) => listeners.forEach((listener) => listener(message)));
  const { channel, launcher } = shell;
  const takeOff = keepOnPage(shell);
  let chat: Chat | null = null;
  let loading: Promise<void> | null = null;
  let isGone = false;

  async function load(): Promise<void> {
    launcher.setAttribute('aria-busy', 'true');
    try {
      const module = (await import(/* @vite-ignore */ `${shell.hub}/${chatFile}`)) as ChatModule;
      chat = isGone ? null : module.startChat(shell);
    } catch {
      loading = null;
      labelLauncher(launcher, shell.locale, 'failed');
    }
    launcher.removeAttribute('aria-busy');
  }

  const api: PeykChat = {
    open() {
      loading ??= load();
      void loading.then(() => chat?.open());
    },
    close: () => chat?.close(),
    setLocale(wanted) {
      speak(shell, chooseLocale([wanted]));
      chat?.setLocale(shell.locale);
    },
    shutdown() {
      isGone = true;
      chat?.shutdown();
      takeOff();
      forgetChannel(channel);
      delete window.PeykChat;
    },
    on(_event, listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  window.PeykChat = api;
  window.dispatchEvent(new Event('peyk-chat:ready'));
  launcher.addEventListener('click', () => (chat ? chat.toggle() : api.open()));

  if (shell.place === 'page') {
    api.open();
  } else if (tryStorage(() => localStorage.getItem(storageKeys(channel).visitor))) {
    loading = load();
  }
}

function createShell({ dataset, src }: HTMLScriptElement, hear: Shell['hear']): Shell {
  const host = document.createElement('peyk-chat');
  const shell: Shell = {
    hub: new URL(src).origin,
    channel: dataset['channel'] ?? decodeURIComponent(location.pathname.split('/').pop() ?? ''),
    locale: 'en',
    place: 'page' in dataset ? 'page' : 'corner',
    root: host.attachShadow({ mode: 'open' }),
    launcher: createLauncher(),
    hear,
  };
  host.setAttribute('place', shell.place);
  addStyles(shell.root, launcherCss);
  shell.root.append(shell.launcher);
  speak(shell, chooseLocale([dataset['locale'], document.documentElement.lang, ...navigator.languages]));
  return shell;
}

function speak(shell: Shell, locale: Locale): void {
  shell.locale = locale;
  shell.launcher.lang = locale;
  shell.launcher.dir = directionOf(locale);
  labelLauncher(shell.launcher, locale);
}

/** Puts the widget into the body as soon as there is one, and again when the page swaps its whole body, as some routers do. */
function keepOnPage({ root: { host } }: Shell): () => void {
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

const script = document.currentScript;
if (script instanceof HTMLScriptElement && !window.PeykChat) {
  embed(script);
}
