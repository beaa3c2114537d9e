import { Switch } from '@mantine/core';
import type { AgentDraft } from '../../../api/team.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { CountField } from '../count-field.js';

interface Props {
  draft: AgentDraft;
  change: (part: Partial<AgentDraft>) => void;
}

/** What a piece of work takes of the budget; the hub weighs it so. */
const units = { voice: 100, chat: 30, async: 5 };

/** How much somebody takes at the same time. */
export function CapacityFields({ draft: { caps, capUnits }, change }: Props) {
  const { t, format } = useI18n();
  return (
    <fieldset className="form-part">
      <legend>{t('team.capacity')}</legend>
      <p className="settings-hint">
        {t('team.capacityHint', {
          voice: format.digits(units.voice),
          chat: format.digits(units.chat),
          mail: format.digits(units.async),
        })}
      </p>
      <Switch
        mt={12}
        label={t('team.takesCalls')}
        checked={caps.voice > 0}
        onChange={(event) => change({ caps: { ...caps, voice: event.currentTarget.checked ? 1 : 0 } })}
      />
      <div className="team-caps">
        <CountField
          label={t('team.capChat')}
          value={caps.chat}
          most={50}
          onChange={(chat) => change({ caps: { ...caps, chat } })}
        />
        <CountField
          label={t('team.capAsync')}
          value={caps.async}
          most={500}
          onChange={(mails) => change({ caps: { ...caps, async: mails } })}
        />
        <CountField
          label={t('team.capUnits')}
          value={capUnits}
          most={1000}
          onChange={(wanted) => change({ capUnits: wanted })}
        />
      </div>
      <p className="team-example" aria-live="polite">
        {t('team.capacityExample', {
          chats: format.digits(Math.min(caps.chat, Math.floor(capUnits / units.chat))),
          mails: format.digits(Math.min(caps.async, Math.floor(capUnits / units.async))),
        })}
      </p>
    </fieldset>
  );
}
