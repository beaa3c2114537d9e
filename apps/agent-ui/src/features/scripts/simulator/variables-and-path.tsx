import { useI18n } from '../../../i18n/use-i18n.js';
import { useEditorIfRead } from '../editor/editor-context.js';
import { variableLines, walkedPath } from './simulated-world.js';
import type { Run } from './simulator.js';

/** What the script knows now, and the way it went. */
export function VariablesAndPath({ run: { state } }: { run: Run }) {
  const { t } = useI18n();
  const editor = useEditorIfRead();
  const lines = variableLines(state.vars);
  const path = walkedPath(state['path']);
  return (
    <>
      <details className="script-more" open={lines.length > 0 || undefined}>
        <summary>{t('sim.variables')}</summary>
        {lines.length === 0 && <p className="settings-hint">{t('sim.noVariables')}</p>}
        <dl className="sim-vars">
          {lines.map(({ name, value }) => (
            <div key={name}>
              <dt dir="ltr">{name}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ))}
        </dl>
      </details>
      <details className="script-more" open>
        <summary>{t('sim.path')}</summary>
        <ol className="sim-path">
          {path.map((node, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- One may pass a node several times.
            <li key={at}>
              <button type="button" className="script-goto" onClick={() => editor?.choose(node)}>
                <bdi dir="ltr">{node}</bdi>
              </button>
            </li>
          ))}
        </ol>
      </details>
    </>
  );
}
