import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { saveFile, type FileAccess } from '../attachment-link.js';
import type { ChatState } from '../chat-state.js';
import { isQuiet, keepQuiet } from './attention.js';
import { Sheet, TextField } from './fields.js';
import { partWordsOf, type PartWords } from './part-words.js';

interface Props {
  state: ChatState;
  access: FileAccess;
  /** Leads to the form for those who leave. */
  toAway: () => void;
}

/** What is seldom wanted: a copy of the chat, and an answer somewhere else. */
export function MenuScreen({ state, access, toAway }: Props): JSX.Element {
  const words = partWordsOf(state.locale);
  const { standing, timeline, locale } = state;
  const hasTalked = timeline.messages.length > 0;
  return (
    <div class="screen">
      <h3>{words.more}</h3>
      {hasTalked && (
        <Act
          label={words.download}
          words={words}
          act={() =>
            saveFile(
              {
                name: 'chat.html',
                url: `/api/chat/${access.channel}/transcript?locale=${locale}&timeZone=${encodeURIComponent(zone())}`,
              },
              access,
            )
          }
        />
      )}
      {standing !== null && standing.ways.length > 0 && (
        <button type="button" class="entry" onClick={toAway}>
          {words.elsewhere}
        </button>
      )}
      <Sound channel={access.channel} words={words} />
      {standing?.hasAgreed && (
        <Act label={words.disagree} done={words.kept} words={words} act={() => withdraw(access)} />
      )}
      {hasTalked && standing?.mayMail && <MailForm access={access} locale={locale} words={words} />}
    </div>
  );
}

function Sound({ channel, words }: { channel: string; words: PartWords }): JSX.Element {
  const [isOn, setOn] = useState(() => !isQuiet(channel));
  const toggle = (): void => {
    keepQuiet(channel, isOn);
    setOn(!isOn);
  };
  return (
    <button type="button" class="entry sound" role="switch" aria-checked={isOn} onClick={toggle}>
      {words.sound}
    </button>
  );
}

interface PartProps {
  access: FileAccess;
  locale: ChatState['locale'];
  words: PartWords;
}

const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
interface ActProps {
  label: string;
  /** What stands there instead once it is done; nothing: it can be done again. */
  done?: string;
  words: PartWords;
  act: () => Promise<unknown>;
}

/** Something that is done with one press. */
function Act({ label, done, words, act }: ActProps): JSX.Element {
  const [state, setState] = useState<'idle' | 'busy' | 'failed' | 'done'>('idle');
  const press = (): void => {
    setState('busy');
    act().then(
      () => setState('done'),
      () => setState('failed'),
    );
  };
  const isOver = done && state === 'done';
  return (
    <>
      {!isOver && (
        <button type="button" class="entry" aria-busy={state === 'busy'} onClick={press}>
          {label}
        </button>
      )}
      <output class={isOver ? '' : 'problem'}>{isOver ? done : state === 'failed' ? words.failed : ''}</output>
    </>
  );
}

/** Mails what was said to the visitor. What the hub refuses it for is shown in words where there are some. */
function MailForm({ access, locale, words }: PartProps): JSX.Element {
  const [to, setTo] = useState('');
  const [state, setState] = useState('');
  const send = async (): Promise<void> => {
    setState('busy');
    setState(to.trim() === '' ? 'missing' : await mail(access, { to, locale, timeZone: zone() }));
  };
  const ofField: Record<string, string | undefined> = { missing: words.missing, email_invalid: words.emailWrong };
  const ofAll: Record<string, string | undefined> = {
    '': '',
    busy: '',
    mail_refused: words.mailRefused,
    nobody_answered: words.nobodyAnswered,
    too_many: words.tooMany,
  };
  if (state === 'sent') {
    return <output>{words.mailed}</output>;
  }
  return (
    <Sheet
      title={words.mail}
      submit={words.mailSend}
      problem={ofField[state] ? null : (ofAll[state] ?? words.failed)}
      isBusy={state === 'busy'}
      onSubmit={() => void send()}
    >
      <TextField name="email" label={words.email} value={to} problem={ofField[state]} onInput={setTo} />
    </Sheet>
  );
}

async function mail(access: FileAccess, wish: { to: string; locale: string; timeZone: string }): Promise<string> {
  try {
    const response = await post(access, 'transcript', wish);
    return response.ok ? 'sent' : ((await response.json()) as { code: string }).code;
  } catch {
    return 'failed';
  }
}

async function withdraw(access: FileAccess): Promise<void> {
  if (!(await post(access, 'consent-withdrawals', {})).ok) {
    throw new Error();
  }
}

function post({ hub, channel, token }: FileAccess, what: string, body: object): Promise<Response> {
  return fetch(`${hub}/api/chat/${channel}/${what}`, {
    method: 'POST',
    credentials: 'omit',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token() ?? ''}` },
    body: JSON.stringify(body),
  });
}
