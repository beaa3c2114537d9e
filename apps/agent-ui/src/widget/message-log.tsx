import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ChatState } from './chat-state.js';
import type { ChatStore } from './chat-store.js';
import type { FileAccess } from './attachment-link.js';
import type { Formats } from './formats.js';
import { Icon } from './icons.js';
import { layLog } from './lay-log.js';
import { MessageLine } from './message-line.js';
import { linesOf, type Line } from './timeline.js';
import { isolate, type Words } from './words.js';

interface Props {
  store: ChatStore;
  state: ChatState;
  words: Words;
  formats: Formats;
  access: FileAccess;
}

const pageSize = 60;
const nearEndPx = 60;

/** What was said. It stays at its end while the visitor is there, and where they are when they have scrolled up. */
export function MessageLog({ store, state, words, formats, access }: Props): JSX.Element {
  const { timeline, typing, isOpen, isLoaded, receipts } = state;
  const log = useRef<HTMLDivElement>(null);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const [shown, setShown] = useState(pageSize);
  const lines = useMemo(() => linesOf(timeline, receipts), [timeline, receipts]);
  const laid = useMemo(() => layLog(lines.slice(-shown), formats.day), [lines, shown, formats]);
  const last = lines.at(-1);
  const isJustWritten = last?.mark === 'waiting';
  const toEnd = (): void => log.current?.scrollTo({ top: log.current.scrollHeight });

  useLayoutEffect(() => {
    if (isAtEnd || isJustWritten) {
      toEnd();
    }
  }, [last?.key, lines.length, typing, isOpen, isAtEnd, isJustWritten]);

  // A keyboard that comes up, a strip that appears: what was at the end stays there.
  useLayoutEffect(() => {
    const resized = new ResizeObserver(() => isAtEnd && toEnd());
    if (log.current) {
      resized.observe(log.current);
    }
    return () => resized.disconnect();
  }, [isAtEnd]);

  const showEarlier = (): void => {
    const fromEnd = (log.current?.scrollHeight ?? 0) - (log.current?.scrollTop ?? 0);
    setShown(shown + pageSize);
    requestAnimationFrame(() => {
      if (log.current) {
        log.current.scrollTop = log.current.scrollHeight - fromEnd;
      }
    });
  };
  const followScroll = ({ currentTarget: at }: { currentTarget: HTMLDivElement }): void =>
    setIsAtEnd(at.scrollHeight - at.scrollTop - at.clientHeight < nearEndPx);

  return (
    <div class="log-frame">
      <div
        class="log"
        role="log"
        aria-label={words.log}
        aria-busy={!isLoaded}
        // What scrolls must be within reach of the keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        ref={log}
        onScroll={followScroll}
      >
        {lines.length > shown && (
          <button type="button" class="earlier" onClick={showEarlier}>
            {words.earlier}
          </button>
        )}
        {isLoaded && lines.length === 0 && <Hello words={words} greeting={store.greeting} />}
        {laid.map((entry) => (
          <MessageLine
            key={entry.line.key}
            {...entry}
            words={words}
            formats={formats}
            access={access}
            retry={(id) => store.retry(id)}
          />
        ))}
        {last?.choices && <Choices line={last} choices={last.choices} store={store} words={words} />}
        {typing !== null && (
          <div class="typing">
            <span class="dots" aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
            {typing ? words.typing(isolate(typing)) : words.someoneTyping}
          </div>
        )}
      </div>
      {!isAtEnd && (
        <button type="button" class="to-end" aria-label={words.newest} title={words.newest} onClick={toEnd}>
          <Icon name="down" />
        </button>
      )}
    </div>
  );
}

/** Answers to what was asked last. Once something else was said they are gone: each is for one question, and for one answer. */
function Choices(props: {
  line: Line;
  choices: NonNullable<Line['choices']>;
  store: ChatStore;
  words: Words;
}): JSX.Element {
  const { line, choices, store, words } = props;
  return (
    <fieldset class="choices">
      <legend class="unseen">{words.choose}</legend>
      {choices.map(({ id, label }) => (
        <button
          key={id}
          type="button"
          class="choice"
          dir="auto"
          onClick={() => store.write(label, { choice: { id, of: line.key } })}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}

function Hello({ words, greeting }: { words: Words; greeting: string }): JSX.Element {
  return (
    <div class="hello">
      <strong dir="auto">{greeting || words.hello}</strong>
      <p>{words.helloMore}</p>
    </div>
  );
}
