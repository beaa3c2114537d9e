import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ScriptPage } from '../features/scripts/script-page.js';

export function ScriptRoutePage() {
  const { script } = useParams({ from: '/desk/settings/scripts/$script' });
  const { tab, node } = useSearch({ from: '/desk/settings/scripts/$script' });
  const navigate = useNavigate({ from: '/settings/scripts/$script' });
  return (
    <ScriptPage
      key={script}
      id={script}
      place={{ tab: tab ?? null, node: node ?? null }}
      onPlace={(place) =>
        void navigate({ search: { tab: place.tab ?? undefined, node: place.node ?? undefined }, replace: true })
      }
    />
  );
}
