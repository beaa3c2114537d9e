import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { VisitorField, VisitorWay } from '#contract';
import type { ChatState } from '../chat-state.js';
import type { ChatStore } from '../chat-store.js';
import { Sheet, TextField, Tick, Ways } from './fields.js';
import { partWordsOf, type PartWords } from './part-words.js';
import { useForm } from './use-form.js';

interface Props {
  store: ChatStore;
  state: ChatState;
}

/** What is asked before the first message. */
export function BeforeScreen({ store, state }: Props): JSX.Element {
  const words = partWordsOf(state.locale);
  const form = useForm(store, words);
  return (
    <div class="screen">
      <Sheet
        title={words.before}
        submit={words.begin}
        problem={form.problem}
        isBusy={form.isBusy}
        onSubmit={() => void form.send({ kind: 'before' })}
      >
        {state.standing?.form?.map((field) =>
          field.name === 'consent' ? (
            <Tick
              key={field.name}
              label={field.label}
              isTicked={form.values.consent === 'yes'}
              problem={form.problemOf('consent')}
              onTick={(isTicked) => form.put('consent', isTicked ? 'yes' : '')}
            />
          ) : (
            <TextField
              key={field.name}
              name={field.name}
              label={labelOf(field, words)}
              hint={field.isRequired ? undefined : words.optional}
              value={form.values[field.name] ?? ''}
              problem={form.problemOf(field.name)}
              onInput={(value) => form.put(field.name, value)}
            />
          ),
        )}
      </Sheet>
    </div>
  );
}

function labelOf({ name, label }: VisitorField, words: PartWords): string {
  return name === 'name' || name === 'email' || name === 'phone' ? words[name] : label;
}

/** How to be answered after leaving the chat. */
export function AwayScreen({ store, state, done }: Props & { done: () => void }): JSX.Element {
  const words = partWordsOf(state.locale);
  const form = useForm(store, words);
  const ways = state.standing?.ways ?? [];
  const [way, setWay] = useState<VisitorWay | null>(state.standing?.wish?.way ?? ways[0] ?? null);
  const [link, setLink] = useState<string | null>(null);
  const isSilent = state.timeline.messages.length === 0 && state.timeline.waiting.length === 0;

  const submit = async (): Promise<void> => {
    const outcome = await form.send({ kind: 'away', way });
    if (outcome.ok && outcome.link) {
      setLink(outcome.link);
    } else if (outcome.ok) {
      done();
    }
  };
  if (link) {
    return (
      <div class="screen">
        <p>{words.wayTelegram}</p>
        <a class="main" href={link} target="_blank" rel="noopener noreferrer" onClick={done}>
          {words.openTelegram}
        </a>
      </div>
    );
  }
  return (
    <div class="screen">
      <Sheet
        title={words.away}
        submit={words.keep}
        problem={form.problem}
        isBusy={form.isBusy}
        onSubmit={() => void submit()}
      >
        <p class="hint">{words.awayMore}</p>
        <Ways
          label={words.away}
          ways={ways}
          way={way}
          labels={{ email: words.wayEmail, sms: words.waySms, telegram: words.wayTelegram }}
          choose={setWay}
        />
        {(way === 'email' || way === 'sms') && <AddressField way={way} words={words} form={form} />}
        {isSilent && (
          <TextField
            name="message"
            label={words.message}
            value={form.values.message ?? ''}
            problem={form.problemOf('message')}
            onInput={(value) => form.put('message', value)}
          />
        )}
      </Sheet>
    </div>
  );
}

function AddressField(props: {
  way: 'email' | 'sms';
  words: PartWords;
  form: ReturnType<typeof useForm>;
}): JSX.Element {
  const { way, words, form } = props;
  const name = way === 'email' ? 'email' : 'phone';
  return (
    <TextField
      key={name}
      name={name}
      label={words[name]}
      value={form.values[name] ?? ''}
      problem={form.problemOf(name)}
      onInput={(value) => form.put(name, value)}
    />
  );
}
