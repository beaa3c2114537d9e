import { askEarly } from '../api/early.js';

/** Where a conversation is open, by its address. */
const opened = /^\/inbox\/[^/]+\/([0-9a-f-]{36})$/u;

/** Sets on its way what an address needs of the hub, before it is known who reads: who that is, and the conversation that is open. */
export function askForPage(path: string): void {
  if (path === '/login' || path === '/setup') {
    return;
  }
  askEarly('/me');
  const [, conversation] = opened.exec(path) ?? [];
  if (conversation !== undefined) {
    askEarly(`/conversations/${conversation}`);
  }
}

/** Fetches the scripts that open conversations beside those that show the list. What does not come is asked for again when it is needed. */
export function loadPage(path: string): void {
  if (path === '/' || path.startsWith('/inbox')) {
    void Promise.allSettled([
      import('../features/conversation/conversation-pane.js'),
      import('../features/customer/customer-panel.js'),
      import('../features/conversation/kept/composer-extras.js'),
      import('../live/place-chips.js'),
    ]);
  }
}
