import { Button, Progress } from '@mantine/core';
import './bulk.css';

interface Props {
  sentence: string;
  /** How much of it is done, from 0 to 1; null: all. */
  share: number | null;
  acts: { label: string; run: () => void }[];
}

/** How far an act on many tickets is, and what can be done about it. Words to readers lie outside of the desk and know nothing but this. */
export function RunWords({ sentence, share, acts }: Props) {
  return (
    <div className="bulk-words">
      <p>{sentence}</p>
      {share !== null && <Progress size="sm" value={share * 100} aria-label={sentence} />}
      {acts.length > 0 && (
        <div className="bulk-words-acts">
          {acts.map(({ label, run }) => (
            <Button key={label} size="compact-sm" variant="light" onClick={run}>
              {label}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}
