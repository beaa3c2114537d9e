import { useI18n } from '../../../i18n/use-i18n.js';
import type { Path } from '../document/script-words.js';
import { problemsAt, problemsExactlyAt, useEditor } from './editor-context.js';

/** What is wrong at a place, or `exactly` there and not inside of it. */
export function PlaceProblems({ path, exactly = false }: { path: Path; exactly?: boolean }) {
  const { locale } = useI18n();
  const { problems } = useEditor();
  const found = exactly ? problemsExactlyAt(problems, path) : problemsAt(problems, path);
  return (
    found.length > 0 && (
      <ul className="script-problems">
        {found.map((problem) => (
          <li
            key={`${problem.code}${problem.path.join('.')}`}
            data-tone={problem.severity === 'error' ? 'bad' : 'warn'}
          >
            {problem.text[locale]}
          </li>
        ))}
      </ul>
    )
  );
}
