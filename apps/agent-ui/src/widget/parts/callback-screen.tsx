import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { VisitorCallbackWay, VisitorStanding } from '#contract';
import type { ChatState } from '../chat-state.js';
import type { ChatStore } from '../chat-store.js';
import { Sheet, TextField, Ways } from './fields.js';
import { partWordsOf } from './part-words.js';
import { generalText, problemText } from './use-form.js';

interface Props {
  store: ChatStore;
  state: ChatState;
  done: () => void;
}

const nothing: NonNullable<VisitorStanding['callback']> = { ways: [], asked: null };

/** How to be reached when it is one's turn, instead of waiting here. */
export function CallbackScreen({ store, state: { standing, locale }, done }: Props): JSX.Element {
  const words = partWordsOf(locale);
  const { ways, asked } = standing?.callback ?? nothing;
  const [{ way, phone }, setWish] = useState(() => asked ?? beginning(standing));
  const [code, setCode] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const fault = /^phone_(.+)/.exec(code ?? '')?.[1];

  const send = async (wanted: VisitorCallbackWay | null): Promise<void> => {
    setIsBusy(true);
    const refusal = await store.callBack({ way: wanted, phone });
    setIsBusy(false);
    setCode(refusal);
    if (!refusal) {
      done();
    }
  };
  return (
    <div class="screen">
      <Sheet
        title={words.callback}
        submit={words.callbackSend}
        problem={code === null || fault ? null : generalText(code, words)}
        isBusy={isBusy}
        onSubmit={() => void send(way)}
      >
        <p class="hint">{words.callbackMore}</p>
        {ways.length > 1 && (
          <Ways
            label={words.callback}
            ways={ways}
            way={way}
            labels={{ call: words.wayCall, sms: words.waySms }}
            choose={(next) => setWish({ way: next, phone })}
          />
        )}
        <TextField
          name="phone"
          label={words.phone}
          value={phone}
          problem={fault && problemText('phone', fault, words)}
          onInput={(value) => {
            setWish({ way, phone: value });
            setCode(null);
          }}
        />
      </Sheet>
      {asked && (
        <button type="button" class="link" disabled={isBusy} onClick={() => void send(null)}>
          {words.callbackCancel}
        </button>
      )}
    </div>
  );
}

/** The first way, and a number that they gave here before. */
function beginning(standing: ChatState['standing']): { way: VisitorCallbackWay; phone: string } {
  const { callback, wish } = standing ?? {};
  return { way: callback?.ways[0] ?? 'call', phone: wish?.way === 'sms' ? wish.address : '' };
}
