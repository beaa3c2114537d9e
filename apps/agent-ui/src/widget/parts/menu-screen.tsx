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
      {hasTalked && <Download access={access} locale={locale} words={words} />}
      {standing !== null && standing.ways.length > 0 && (
        <button type="button" class="entry" onClick={toAway}>
          {words.elsewhere}
        </button>
      )}
      <Sound channel={access.channel} words={words} />
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
const pathOf = ({ channel }: FileAccess): string => `/api/chat/${channel}/transcript`;

function Download({ access, locale, words }: PartProps): JSX.Element {
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const download = (): void => {
    setState('busy');
    const url = `${pathOf(access)}?locale=${locale}&timeZone=${encodeURIComponent(zone())}`;
    saveFile({ name: 'chat.html', url }, access).then(
      () => setState('idle'),
      () => setState('failed'),
    );
  };
  return (
    <>
      <button type="button" class="entry" aria-busy={state === 'busy'} onClick={download}>
        {words.download}
      </button>
      <output class="problem">{state === 'failed' ? words.failed : ''}</output>
    </>
  );
}

type Mailing =
  'idle' | 'busy' | 'sent' | 'missing' | 'email_invalid' | 'mail_refused' | 'nobody_answered' | 'too_many' | 'failed';

/** Mails what was said to the visitor. */
function MailForm({ access, locale, words }: PartProps): JSX.Element {
  const [to, setTo] = useState('');
  const [state, setState] = useState<Mailing>('idle');
  const send = async (): Promise<void> => {
    setState('busy');
    setState(to.trim() === '' ? 'missing' : await mail(access, { to, locale, timeZone: zone() }));
  };
  const ofField: Partial<Record<Mailing, string>> = { missing: words.missing, email_invalid: words.emailWrong };
  const ofAll: Partial<Record<Mailing, string>> = {
    mail_refused: words.mailRefused,
    nobody_answered: words.nobodyAnswered,
    too_many: words.tooMany,
    failed: words.failed,
  };
  if (state === 'sent') {
    return <output>{words.mailed}</output>;
  }
  return (
    <Sheet
      title={words.mail}
      submit={words.mailSend}
      problem={ofAll[state] ?? null}
      isBusy={state === 'busy'}
      onSubmit={() => void send()}
    >
      <TextField name="email" label={words.email} value={to} problem={ofField[state]} onInput={setTo} />
    </Sheet>
  );
}

async function mail(access: FileAccess, wish: { to: string; locale: string; timeZone: string }): Promise<Mailing> {
  try {
    const response = await fetch(access.hub + pathOf(access), {
      method: 'POST',
      credentials: 'omit',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${access.token() ?? ''}` },
      body: JSON.stringify(wish),
    });
    const problem = response.ok ? null : ((await response.json()) as { code: Mailing });
    const known: Mailing[] = ['email_invalid', 'mail_refused', 'nobody_answered', 'too_many'];
    return problem === null ? 'sent' : known.includes(problem.code) ? problem.code : 'failed';
  } catch {
    return 'failed';
  }
}
