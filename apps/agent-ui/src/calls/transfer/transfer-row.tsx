import { useI18n } from '../../i18n/use-i18n.js';
import { IconInbox } from '../../ui/icons.js';
import { PersonAvatar } from '../../ui/person-avatar.js';
import { canHave, type NamedChoice } from './transfer-choices.js';

interface Props {
  choice: NamedChoice;
  isChosen: boolean;
  onChoose: () => void;
}

/** One who can have the call, or cannot and why. */
export function TransferRow({ choice, isChosen, onChoose }: Props) {
  const { t } = useI18n();
  const { kind, name, state } = choice;
  const isThere = canHave(choice);
  return (
    <label className="transfer-row" data-away={!isThere || undefined}>
      <input type="radio" name="transfer" checked={isChosen} disabled={!isThere} onChange={onChoose} />
      {kind === 'agent' ? <PersonAvatar name={name} size={26} /> : <IconInbox size={18} aria-hidden />}
      <span className="one-line">
        <bdi>{name}</bdi>
      </span>
      <span className="transfer-state" data-tone={isThere ? 'good' : undefined}>
        {t(`transfer.state_${state}`)}
      </span>
    </label>
  );
}
