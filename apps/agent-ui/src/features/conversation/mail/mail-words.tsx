import { useId, useMemo, useState } from 'react';
import { useI18n } from '../../../i18n/use-i18n.js';
import { IconDots } from '../../../ui/icons.js';
import { Words } from '../words.js';
import { splitHidden } from './split-hidden.js';

interface Props {
  body: string;
  hidden: readonly (readonly [number, number])[];
}

/** What a mail says. What it repeats of older mails, and its signature, wait behind a button where they stood. */
export function MailWords({ body, hidden }: Props) {
  const stretches = useMemo(() => splitHidden(body, hidden), [body, hidden]);
  return stretches.map((stretch, index) =>
    stretch.hidden ? (
      // oxlint-disable-next-line react/no-array-index-key -- The stretches of one text never change their places.
      <Folded key={index} text={stretch.text} />
    ) : (
      // oxlint-disable-next-line react/no-array-index-key
      <Words key={index} text={stretch.text} />
    ),
  );
}

function Folded({ text }: { text: string }) {
  const { t } = useI18n();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="mail-folded">
      <button
        type="button"
        className="mail-fold"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        <IconDots size={16} aria-hidden />
        {isOpen ? t('mail.hideQuoted') : t('mail.showQuoted')}
      </button>
      {isOpen && (
        <div id={id} className="mail-quoted">
          <Words text={text} />
        </div>
      )}
    </div>
  );
}
