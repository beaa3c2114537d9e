import { useQuery } from '@tanstack/react-query';
import { keys } from '../../../api/keys.js';
import { properties } from '../../../api/properties.js';
import './properties.css';

interface Props {
  typed: string;
  /** Those that the ticket has. */
  tags: readonly string[];
  onTake: (tag: string) => void;
}

const shown = 5;

/** Known tags that may be meant, in whatever spelling they are typed: the hub folds both. */
export function TagSuggestions({ typed, tags, onTake }: Props) {
  const search = typed.trim();
  const known = useQuery({
    queryKey: keys.tags(search),
    queryFn: ({ signal }) => properties.tags(search, signal),
    placeholderData: (before) => before,
  }).data;
  const offered = (known ?? []).filter(({ name }) => !tags.includes(name)).slice(0, shown);
  return offered.map(({ key, name }) => (
    <button key={key} type="button" className="chip props-tag" onClick={() => onTake(name)}>
      <bdi>{name}</bdi>
    </button>
  ));
}
