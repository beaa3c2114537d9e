import { addStyles } from './add-styles.js';
import { startChat } from './chat.js';
import { createLauncher, labelLauncher } from './launcher.js';
import launcherCss from './launcher.css?inline';
import { directionOf } from './locale.js';
import type { Chat, Shell } from './peyk-chat.js';
import { paint } from './paint.js';
import type { Still } from './still-chat.js';

/** What the console wants to see: settings that nobody has saved yet. */
interface Shown extends Still {
  isOpen: boolean;
}

let shown: { chat: Chat; host: Element } | null = null;

/** Shows the chat as it would look, in place of the one before. */
function show({ isOpen, ...still }: Shown): void {
  shown?.chat.leave();
  shown?.host.remove();
  const shell = createShell(still);
  document.documentElement.lang = shell.locale;
  document.documentElement.dir = directionOf(shell.locale);
  document.body.append(shell.root.host);
  const chat = startChat(shell);
  if (isOpen) {
    chat.open();
  }
  shown = { chat, host: shell.root.host };
}

function createShell(still: Still): Shell {
  const { colour, side, locale } = still.session;
  const host = document.createElement('peyk-chat');
  const launcher = createLauncher();
  const root = host.attachShadow({ mode: 'open' });
  launcher.lang = locale;
  launcher.dir = directionOf(locale);
  launcher.dataset['side'] = side;
  paint(launcher, colour);
  labelLauncher(launcher, locale);
  addStyles(root, launcherCss);
  root.append(launcher);
  const silent = (): void => undefined;
  return { hub: '', channel: 'preview', locale, place: 'corner', root, launcher, still, tell: silent, end: silent };
}

// Whoever types in the settings beside it keeps the cursor. The frame is inert, but its process hears of that a moment late.
HTMLElement.prototype.focus = () => undefined;
HTMLDialogElement.prototype.showModal = function show(this: HTMLDialogElement) {
  this.toggleAttribute('open', true);
};

// Only the hub's own pages may frame this one; what a frame below it might say is not for it.
addEventListener('message', ({ data, source }: MessageEvent<Shown>) => {
  if (source === parent) {
    show(data);
  }
});
parent.postMessage('peyk-preview:ready', '*');
