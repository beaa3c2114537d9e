import { useQuery } from '@tanstack/react-query';
import type { ScriptFileView } from '#contract';
import { scriptFileUrl, scriptKeys, scripts } from '../../api/scripts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconAttach } from '../../ui/icons.js';

const none: ScriptFileView[] = [];

/** The pictures and files that scripts may send. */
export function useScriptFiles(): ScriptFileView[] {
  return useQuery({ queryKey: scriptKeys.files, queryFn: ({ signal }) => scripts.files(signal) }).data ?? none;
}

/** A file as the customer sees it: a picture is shown, anything else is named. What is not there is named too. */
export function ScriptFile({ name }: { name: string }) {
  const { format } = useI18n();
  const file = useScriptFiles().find((one) => one.name === name);
  if (file?.mediaType.startsWith('image/')) {
    return <img className="script-picture" src={scriptFileUrl(name)} alt={name} />;
  }
  return (
    <span className="script-file">
      <IconAttach size={15} aria-hidden />
      {file ? (
        <a href={scriptFileUrl(name)} download={name}>
          <bdi>{name}</bdi>
        </a>
      ) : (
        <bdi>{name}</bdi>
      )}
      {file && <small>{format.bytes(file.bytes)}</small>}
    </span>
  );
}
