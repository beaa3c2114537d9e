import type { JSX } from 'preact';
import type { ChatState } from './chat-state.js';
import type { Formats } from './formats.js';
import type { View } from './part-screen.js';
import { useParts } from './use-parts.js';

interface Props {
  state: ChatState;
  formats: Formats;
  go: (view: View) => void;
}

/** Above the box: that nobody is there and how they will be answered, or their place in line. Most visitors never read any of it. */
export function StandingStrip({ state: { standing, locale }, formats, go }: Props): JSX.Element {
  const speaks = standing && (!standing.isOpen || standing.queue || standing.callback);
  const { parts } = useParts(Boolean(speaks));
  const said = speaks && parts ? parts.tellStanding(standing, locale, formats) : null;
  return (
    <div class="standing">
      <output>{said?.text}</output>
      {said?.link && (
        <button type="button" class="link" onClick={() => said.view && go(said.view)}>
          {said.link}
        </button>
      )}
    </div>
  );
}
