import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { FileAccess } from './attachment-link.js';
import type { ChatState } from './chat-state.js';
import type { ChatStore } from './chat-store.js';
import { Icon } from './icons.js';
import { useParts } from './use-parts.js';
import type { Words } from './words.js';

/** What fills the chat: what was said, or one of the screens that are loaded when they are wanted. */
export type View = 'chat' | 'before' | 'away' | 'callback' | 'menu';

interface Props {
  view: Exclude<View, 'chat'>;
  store: ChatStore;
  state: ChatState;
  words: Words;
  access: FileAccess;
  takesFocus: boolean;
  go: (view: View) => void;
}

/** A screen that takes the place of the conversation for a while. */
export function PartScreen({ view, store, state, words, access, takesFocus, go }: Props): JSX.Element {
  const { parts, retry } = useParts(true);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (parts && takesFocus) {
      frame.current?.querySelector<HTMLElement>('.screen :is(input, textarea, button)')?.focus();
    }
  }, [parts, takesFocus]);
  return (
    <div class="part" ref={frame} aria-busy={!parts}>
      {view !== 'before' && (
        <button type="button" class="link back" onClick={() => go('chat')}>
          <Icon name="back" />
          {words.back}
        </button>
      )}
      {retry && (
        <button type="button" class="retry" onClick={retry}>
          {words.partFailed}
        </button>
      )}
      {parts && view === 'before' && <parts.BeforeScreen store={store} state={state} />}
      {parts && view === 'away' && <parts.AwayScreen store={store} state={state} done={() => go('chat')} />}
      {parts && view === 'callback' && <parts.CallbackScreen store={store} state={state} done={() => go('chat')} />}
      {parts && view === 'menu' && <parts.MenuScreen state={state} access={access} toAway={() => go('away')} />}
    </div>
  );
}
