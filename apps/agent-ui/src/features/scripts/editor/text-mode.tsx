import { useEffect, useRef } from 'react';
import type { ScriptProblemView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import type { Draft } from '../use-draft.js';

/** A line to go to; a new one each time, so that the same line can be gone to twice. */
export interface TextTarget {
  line: number;
}

interface Props {
  draft: Draft;
  problems: readonly ScriptProblemView[];
  target: TextTarget | null;
  mayEdit: boolean;
}

/** The script as text, with what is wrong at its line. */
export function TextMode({ draft, problems, target, mayEdit }: Props) {
  const { t } = useI18n();
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const { source } = draft;
  useEffect(() => {
    if (target && area.current) {
      goToLine(area.current, area.current.value, target.line);
    }
  }, [target]);
  return (
    <div className="script-text">
      <Gutter lines={source.split('\n').length} problems={problems} draft={draft} ref={gutter} />
      <textarea
        ref={area}
        aria-label={t('script.source')}
        dir="ltr"
        wrap="off"
        spellCheck={false}
        readOnly={!mayEdit}
        value={source}
        onChange={({ currentTarget: { value } }) => draft.edit(() => value, 'source')}
        onScroll={(event) => gutter.current?.scrollTo({ top: event.currentTarget.scrollTop })}
      />
    </div>
  );
}

interface GutterProps {
  lines: number;
  problems: readonly ScriptProblemView[];
  draft: Draft;
  ref: React.Ref<HTMLDivElement>;
}

/** Numbers of the lines; a line with something wrong says what when it is pointed at, and the list below says it to all. */
function Gutter({ lines, problems, draft, ref }: GutterProps) {
  const { locale } = useI18n();
  const said = new Map<number, { tone: string; text: string }>();
  draft.read.syntax.forEach(({ line, text }) => said.set(line, { tone: 'bad', text }));
  problems.forEach(({ line, severity, text }) => {
    if (line !== null) {
      const before = said.get(line);
      const tone = severity === 'error' || before?.tone === 'bad' ? 'bad' : 'warn';
      said.set(line, { tone, text: [before?.text, text[locale]].filter(Boolean).join('\n') });
    }
  });
  return (
    <div className="script-gutter" ref={ref} aria-hidden>
      {Array.from({ length: lines }, (_, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- A line is its number.
        <span key={at} data-tone={said.get(at + 1)?.tone} title={said.get(at + 1)?.text}>
          {at + 1}
        </span>
      ))}
    </div>
  );
}

/** Puts the line into the middle and chooses it whole. */
function goToLine(area: HTMLTextAreaElement, source: string, line: number): void {
  const lines = source.split('\n');
  const from = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  area.focus();
  area.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
  const height = area.scrollHeight / Math.max(lines.length, 1);
  area.scrollTop = Math.max(0, (line - 1) * height - area.clientHeight / 2);
}
