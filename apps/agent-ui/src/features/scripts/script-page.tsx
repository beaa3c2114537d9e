import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { scriptKeys, scripts } from '../../api/scripts.js';
import { useTexts } from '../../i18n/use-texts.js';
import { Failed } from '../../ui/states.js';
import { ScriptDesk } from './script-desk.js';
import './scripts.css';

/** Where one is on the page of a script: kept in the address. */
export interface ScriptPlace {
  tab: string | null;
  node: string | null;
}

interface Props {
  id: string;
  place: ScriptPlace;
  onPlace: (place: ScriptPlace) => void;
}

/** One script: writing it, trying it, letting it loose, and what came of it. */
export function ScriptPage(props: Props) {
  const isSpoken = useTexts('scripts');
  const script = useQuery({
    queryKey: scriptKeys.one(props.id),
    queryFn: ({ signal }) => scripts.one(props.id, signal),
    refetchOnReconnect: false,
  });
  if (script.isError && !script.data) {
    return (
      <main id="content">
        <Failed error={script.error} retry={() => void script.refetch()} />
      </main>
    );
  }
  if (!script.data || !isSpoken) {
    return (
      <main className="script-page" id="content">
        <Skeleton height={48} m={16} />
        <Skeleton height={420} m={16} />
      </main>
    );
  }
  return <ScriptDesk script={script.data} {...props} />;
}
